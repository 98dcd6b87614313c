/** The answer to a question that only restricts: everything that passes, newest first, with nothing ranked. */
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import { namedAlone, type Retrieval } from './retrieve.ts';

export async function listNewest(
  engine: Pick<EngineReader, 'newest'>,
  filter: Filter,
  depth: number,
): Promise<Retrieval> {
  const { docIds, total } = await engine.newest({ filter, limit: depth });
  return {
    ...namedAlone([]),
    total,
    ranking: { docIds, scores: new Float32Array(docIds.length) },
    set: { filter, terms: [], also: [], excluded: [], holdsAll: true },
  };
}
