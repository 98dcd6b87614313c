/** The newest day that has papers, of those known to the day. */
import type { EngineReader } from '../engine/engine.ts';
import { bothFilters, type Filter } from '../engine/filter.ts';
import type { PartialDate } from '../paper/paper.ts';

/** Journals date papers ahead, so what is of the future is not the newest. Undefined where there is none. */
export async function newestDay(
  engine: Pick<EngineReader, 'calendar'>,
  filter: Filter,
  today: PartialDate,
): Promise<PartialDate | undefined> {
  const days = await engine.calendar(bothFilters(filter, { to: today }));
  return days.at(-1)?.day;
}
