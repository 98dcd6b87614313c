/** Papers without a question: everything that passes a filter, in an order that no relevance makes. */
import type { EngineReader, Listing } from '../engine/engine.ts';
import { type Filter, NO_FILTER } from '../engine/filter.ts';
import type { Paper, PaperId } from '../paper/paper.ts';

export interface ListRequest {
  readonly filter?: Filter;
  /** By date, papers without one last in either order; or by id, as UTF-8. */
  readonly order: 'newest' | 'oldest' | 'id' | 'id-descending';
  readonly limit: number;
  /** Of an order by date: how many to pass over first. */
  readonly offset?: number;
  /** Of an order by id: where the page before ended, so that nothing is lost or doubled while papers come and go. */
  readonly after?: PaperId;
}

export interface PaperList {
  readonly papers: readonly Paper[];
  /** All that pass, wherever this page begins. */
  readonly total: number;
  readonly hasMore: boolean;
}

/** Works are not folded: this is what is stored. There is no deepest page. */
export async function listPapers(engine: EngineReader, request: ListRequest): Promise<PaperList> {
  const { limit } = request;
  const { docIds, total } = await listing(engine, request);
  const page = await engine.papers([...docIds.subarray(0, limit)]);
  return { papers: page.filter((paper) => paper !== undefined), total, hasMore: docIds.length > limit };
}

/** One more than the page tells whether there is another. */
async function listing(
  engine: EngineReader,
  { filter = NO_FILTER, order, limit, offset = 0, after }: ListRequest,
): Promise<Listing> {
  if (order === 'id' || order === 'id-descending') {
    const direction = order === 'id' ? 'ascending' : 'descending';
    const place = after === undefined ? {} : { after };
    return engine.listById({ filter, order: direction, limit: limit + 1, ...place });
  }
  const depth = offset + limit + 1;
  if (order === 'newest') {
    const { docIds, total } = await engine.newest({ filter, limit: depth });
    return { docIds: docIds.subarray(offset), total };
  }
  const everything = { filter, terms: [], also: [], excluded: [], holdsAll: true };
  const { docIds } = await engine.byDate(everything, { order, limit: depth });
  const { total } = await engine.newest({ filter, limit: 0 });
  return { docIds: docIds.subarray(offset), total };
}
