/** Lists that no question makes: what came on a day, what is read now, on which days papers came. Needs no model. */
import type { DayCount, EngineReader } from '../engine/engine.ts';
import { bothFilters, type Filter, NO_FILTER } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import type { PartialDate } from '../paper/paper.ts';
import { type DailyOrder, daily } from './daily.ts';
import type { PaperList } from './paper-list.ts';
import { type Period, readPeriod } from './period.ts';
import { DEFAULT_LISTED, requireLimit } from './request.ts';
import { dayOfToday } from './today.ts';
import { trending, WINDOWS, type Window } from './trending.ts';

export interface ListsOptions {
  readonly engine: EngineReader;
  /** Milliseconds since any fixed moment. */
  readonly clock?: () => number;
  /** `YYYY-MM-DD`. */
  readonly today?: () => PartialDate;
}

interface ListRequest {
  readonly filter?: Filter;
  readonly limit?: number;
}

export interface DailyRequest extends ListRequest {
  /** `2026-11-20`, `2026-W47`, `2026-11` or `2026`; the newest day that has papers, where it is left out. */
  readonly date?: string;
  readonly order?: DailyOrder;
}

export interface TrendingRequest extends ListRequest {
  readonly window?: Window;
}

/** With the time it took, in milliseconds. */
export type TimedList = PaperList & { readonly tookMs: number };

export class Lists {
  readonly #engine: EngineReader;
  readonly #clock: () => number;
  readonly #today: () => PartialDate;

  constructor({ engine, clock = () => performance.now(), today = dayOfToday }: ListsOptions) {
    this.#engine = engine;
    this.#clock = clock;
    this.#today = today;
  }

  /** INPUT_INVALID for a date that is none and a limit out of range. */
  daily({ date, filter = NO_FILTER, limit = DEFAULT_LISTED, order }: DailyRequest = {}): Promise<TimedList> {
    return this.#timed(async () => {
      const period = date === undefined ? undefined : requirePeriod(date);
      return daily(this.#engine, { period, filter, limit: requireLimit(limit), today: this.#today(), order });
    });
  }

  /** INPUT_INVALID for a window that is none and a limit out of range. */
  trending(request: TrendingRequest = {}): Promise<TimedList> {
    const { window = 'week', filter = NO_FILTER, limit = DEFAULT_LISTED } = request;
    return this.#timed(async () => {
      if (!WINDOWS.includes(window)) {
        throw new AppError('INPUT_INVALID', { message: `the window must be one of ${WINDOWS.join(', ')}` });
      }
      return trending(this.#engine, { window, filter, limit: requireLimit(limit), today: this.#today() });
    });
  }

  /** The days between two days, inclusive, that papers are of, ascending. Papers known to a month are of none. */
  calendar({
    from,
    to,
    filter = NO_FILTER,
  }: Partial<Period> & { readonly filter?: Filter } = {}): Promise<DayCount[]> {
    const time = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    return this.#engine.calendar(bothFilters(filter, time));
  }

  async #timed(answer: () => Promise<PaperList>): Promise<TimedList> {
    const startedAt = this.#clock();
    return { ...(await answer()), tookMs: this.#clock() - startedAt };
  }
}

function requirePeriod(text: string): Period {
  const period = readPeriod(text);
  if (period) return period;
  throw new AppError('INPUT_INVALID', {
    message: `${JSON.stringify(text)} is no day, week or month`,
    remedy: 'Write 2026-11-20, 2026-W47, 2026-11 or 2026.',
  });
}
