/** Ids in a filter as those of the papers they name: a paper that came under several goes by one of them. */
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import type { PaperId } from '../paper/paper.ts';

/** The filter itself where no id in it, at whatever depth, is that of a paper which goes by another. */
export async function resolveIds(engine: Pick<EngineReader, 'get'>, filter: Filter): Promise<Filter> {
  const ids = [...new Set(idsIn(filter))];
  if (ids.length === 0) return filter;
  const papers = await engine.get(ids);
  const known = new Map(ids.map((id, at) => [id, papers[at]?.id ?? id]));
  return [...known].every(([id, resolved]) => id === resolved) ? filter : withIds(filter, known);
}

function idsIn({ ids = [], all = [], not = [] }: Filter): PaperId[] {
  return [...ids, ...all.flatMap(idsIn), ...not.flatMap(idsIn)];
}

function withIds(filter: Filter, known: ReadonlyMap<PaperId, PaperId>): Filter {
  const { ids, all, not } = filter;
  const inside = (filters: readonly Filter[]) => filters.map((one) => withIds(one, known));
  return {
    ...filter,
    ...(ids && { ids: ids.map((id) => known.get(id) ?? id) }),
    ...(all && { all: inside(all) }),
    ...(not && { not: inside(not) }),
  };
}
