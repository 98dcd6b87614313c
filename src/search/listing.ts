/**
 * One page of the list that a question makes: in the order asked for, works folded, without what a cursor says was
 * listed. However it is cut into pages, the pages are parts of one list.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId, Ranking } from '../engine/ranking.ts';
import type { Match } from './answer.ts';
import type { Position } from './cursor.ts';
import type { ExactHit } from './exact-hits.ts';
import { MAX_DEPTH, type Sort } from './request.ts';
import type { Retrieval } from './retrieve.ts';

export interface ListedHit {
  readonly docId: DocId;
  readonly score: number;
  readonly as: Match['exact'];
  /** The other papers of the work; empty where nothing is folded. */
  readonly others: readonly DocId[];
}

export interface ListingOptions {
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
  readonly isFolded: boolean;
  /** They come first, in this order, unless the list is by date. */
  readonly exact: readonly ExactHit[];
  /** Where an earlier page ended; `offset` is 0 then. */
  readonly from?: Position | undefined;
  /** Retrieval whose ranking reaches the depth, or holds everything. */
  readonly retrieve: (depth: number) => Promise<Retrieval>;
}

export interface Listing {
  readonly retrieval: Retrieval;
  readonly hits: readonly ListedHit[];
  /** The papers listed up to the end of this page, those folded into them included. */
  readonly listed: ReadonlySet<DocId>;
  readonly hasMore: boolean;
}

/** One paper in a hundred is folded away; a page that comes out short is asked for again, twice as deep. */
const ROOM_FOR_FOLDED = 5;

export async function listPage(
  engine: Pick<EngineReader, 'sameWorks' | 'byDate'>,
  options: ListingOptions,
): Promise<Listing> {
  const { offset, limit, from, isFolded } = options;
  const skipped = from ? from.listed.size : offset;
  // One more than the page tells whether there is another.
  const wanted = offset + limit + 1;
  let depth = skipped + limit + 1 + (isFolded ? ROOM_FOR_FOLDED : 0);
  for (;;) {
    const { retrieval, entries, isWhole } = await orderedHead(engine, { ...options, depth });
    const unlisted = from ? entries.filter(({ docId }) => isUnlisted(docId, from)) : entries;
    const left = isFolded ? await foldWorks(engine, unlisted, from?.listed) : unlisted;
    if (left.length >= wanted || isWhole || depth > MAX_DEPTH) {
      const hits = left.slice(offset, offset + limit);
      const passed = from ? from.listed : left.slice(0, offset).flatMap(papersOf);
      const listed = new Set([...passed, ...hits.flatMap(papersOf)]);
      const isInReach = (from?.count ?? offset) + hits.length < MAX_DEPTH;
      return { retrieval, hits, listed, hasMore: left.length >= wanted && isInReach };
    }
    depth *= 2;
  }
}

async function orderedHead(
  engine: Pick<EngineReader, 'byDate'>,
  { sort, exact, depth, retrieve }: ListingOptions & { readonly depth: number },
): Promise<{ retrieval: Retrieval; entries: ListedHit[]; isWhole: boolean }> {
  const isByDate = sort === 'date' || sort === 'oldest';
  const retrieval = await retrieve(isByDate ? 1 : depth);
  const ranking = isByDate
    ? await engine.byDate(retrieval.set, { order: sort === 'date' ? 'newest' : 'oldest', limit: depth })
    : retrieval.ranking;
  const named = new Map(exact.map(({ docId, as }) => [docId, as]));
  const entries = isByDate ? entriesOf(ranking, named) : entriesOf(withFirst(ranking, exact), named);
  return { retrieval, entries, isWhole: ranking.docIds.length < depth };
}

/** The exact hits, above every score of the ranking, so that scores fall along the list here too. */
function withFirst({ docIds, scores }: Ranking, exact: readonly ExactHit[]): Ranking {
  if (exact.length === 0) return { docIds, scores };
  const first = new Set(exact.map(({ docId }) => docId));
  const rest = Array.from(docIds.keys()).filter((at) => !first.has(docIds[at] ?? 0));
  const exactScore = (scores[0] ?? 0) + 1;
  return {
    docIds: Uint32Array.from([...first, ...rest.map((at) => docIds[at] ?? 0)]),
    scores: Float32Array.from([...Array.from(first, () => exactScore), ...rest.map((at) => scores[at] ?? 0)]),
  };
}

function entriesOf({ docIds, scores }: Ranking, named: ReadonlyMap<DocId, Match['exact']>): ListedHit[] {
  return Array.from(docIds, (docId, at) => ({
    docId,
    score: scores[at] ?? 0,
    as: named.get(docId) ?? null,
    others: [],
  }));
}

/** Each work once, as the paper of it that stands highest. */
async function foldWorks(
  engine: Pick<EngineReader, 'sameWorks'>,
  entries: readonly ListedHit[],
  listed: ReadonlySet<DocId> = new Set(),
): Promise<ListedHit[]> {
  const works = await engine.sameWorks(entries.map(({ docId }) => docId));
  const folded = new Set<DocId>();
  return entries.flatMap((entry, at) => {
    if (folded.has(entry.docId)) return [];
    const others = (works[at] ?? []).filter((docId) => !listed.has(docId));
    for (const docId of others) folded.add(docId);
    return { ...entry, others };
  });
}

/** Asked before folding: a newcomer must neither stand for an older paper nor tie it to one that was listed. */
function isUnlisted(docId: DocId, { listed, lastDocId }: Position): boolean {
  return docId <= lastDocId && !listed.has(docId);
}

function papersOf({ docId, others }: ListedHit): DocId[] {
  return [docId, ...others];
}
