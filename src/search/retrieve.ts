/**
 * Retrieval in one of the three modes, the same for questions and for related work. The result set is every
 * paper that passes the filter and holds one of the terms or is among the nearest; see
 * docs/decisions/result-set.md.
 */
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { type Filter, NO_FILTER } from '../engine/filter.ts';
import { type DocId, EMPTY_RANKING, type LexicalRanking, type Ranking } from '../engine/ranking.ts';
import type { ResultSet } from '../engine/result-set.ts';
import { freshByBoth, freshByMeaning, freshByWords } from './fresh-ranking.ts';
import type { Candidates, FusionStrategy } from './fusion.ts';
import { type HeadShares, rankHead } from './head-ranking.ts';
import type { Mode } from './request.ts';
import { without } from './without.ts';

/**
 * How many papers are taken for near. More changes nDCG@10 by less than .002 on the mean of six collections;
 * on 100,000 papers HNSW needs 1.1 ms for 200 and 4 ms for 1,000.
 */
export const SEMANTIC_DEPTH = 200;
/** Down to here a hit's rank by words is known on every page; beyond, only where the page reaches deeper. */
const KNOWN_LEXICAL_RANKS = 100;

/** What is looked for. */
export interface Aim {
  readonly mode: Mode;
  readonly terms: readonly WeightedTerm[];
  /** Unit length; needed unless the mode is keyword. */
  readonly vector?: Float32Array | undefined;
}

export interface RetrievalOptions {
  readonly filter: Filter;
  readonly fusion: FusionStrategy;
  /** How much of the head of the ranking is wanted: offset + limit. */
  readonly depth: number;
  /** Papers that are in the result set whatever else they are. They must pass the filter. */
  readonly named?: readonly DocId[];
  /** Papers that are not in the result set. */
  readonly excluded?: readonly DocId[];
  /** Weighs by recency, counted from this day (`dayNumber`). */
  readonly freshOn?: number | undefined;
}

export interface Retrieval {
  /** The first `depth` of the result set at least, best first. */
  readonly ranking: Ranking;
  /** The size of the result set. */
  readonly total: number;
  /** The papers found by words, best first, as far as they are known. */
  readonly lexical: Ranking;
  /** The papers found by meaning, nearest first. */
  readonly nearest: Ranking;
  /** What was fused; absent where one side alone makes the ranking. */
  readonly candidates?: Candidates;
  /** What the scores of the head are sums of, where its papers were compared with each other. */
  readonly headShares?: ReadonlyMap<DocId, HeadShares>;
  /** The result set itself. */
  readonly set: ResultSet;
}

/** Nothing is looked for: the named papers are all there is. */
export function namedAlone(named: readonly DocId[]): Retrieval {
  return {
    ranking: EMPTY_RANKING,
    total: named.length,
    lexical: EMPTY_RANKING,
    nearest: EMPTY_RANKING,
    // They have passed the filter already.
    set: { filter: NO_FILTER, terms: [], also: named, excluded: [] },
  };
}

export async function retrieve(
  engine: EngineReader,
  aim: Aim,
  options: RetrievalOptions,
): Promise<Retrieval> {
  const nearest = await retrieveNearest(engine, aim, options);
  if (aim.mode === 'semantic') {
    const { depth, filter, freshOn, excluded = [] } = options;
    const named = (options.named ?? []).filter((docId) => !nearest.docIds.includes(docId));
    return {
      ranking:
        freshOn === undefined ? nearest : await freshByMeaning(engine, nearest, { today: freshOn, depth }),
      nearest,
      lexical: EMPTY_RANKING,
      total: nearest.docIds.length + named.length,
      set: { filter, terms: [], also: [...nearest.docIds, ...named], excluded },
    };
  }
  return retrieveLexical(engine, { ...aim, nearest }, options);
}

async function retrieveNearest(
  engine: EngineReader,
  { mode, vector }: Aim,
  { filter, excluded = [] }: RetrievalOptions,
): Promise<Ranking> {
  if (mode === 'keyword' || vector === undefined) return EMPTY_RANKING;
  const limit = SEMANTIC_DEPTH + excluded.length;
  return without(await engine.semantic(vector, { filter, limit }), excluded, SEMANTIC_DEPTH);
}

async function retrieveLexical(
  engine: EngineReader,
  aim: Aim & { readonly nearest: Ranking },
  options: RetrievalOptions,
): Promise<Retrieval> {
  const { mode, terms, nearest } = aim;
  const { filter, fusion, depth, named = [], excluded = [] } = options;
  const fused = mode === 'hybrid' ? fusion.lexicalDepth(fusedDepth(options)) + named.length : depth;
  const wanted = Math.max(fused, KNOWN_LEXICAL_RANKS);
  const found = await engine.lexical(terms, {
    filter,
    limit: wanted + excluded.length,
    also: [...nearest.docIds, ...named, ...excluded],
  });
  const lexical = without(found, excluded, wanted);
  const nearestLexicalScores = found.alsoScores.subarray(0, nearest.docIds.length);
  const head = { docIds: lexical.docIds.subarray(0, fused), scores: lexical.scores.subarray(0, fused) };
  const candidates = { lexical: head, nearest, nearestLexicalScores };
  const ranked =
    mode === 'hybrid'
      ? await rankByBoth(engine, { terms, ...candidates }, options)
      : { ranking: await rankByWords(engine, { terms, lexical }, options) };
  return {
    ...ranked,
    total: sizeOfUnion(found, { nearest, named, excluded }),
    lexical,
    nearest,
    set: { filter, terms, also: [...nearest.docIds, ...named], excluded },
  };
}

/** A head that is ranked anew is ranked as a whole, whichever part of it is wanted. */
function fusedDepth({ fusion, depth, freshOn }: RetrievalOptions): number {
  return freshOn === undefined ? Math.max(depth, fusion.head?.size ?? 0) : depth;
}

async function rankByWords(
  engine: EngineReader,
  { terms, lexical }: Pick<Aim, 'terms'> & Pick<Candidates, 'lexical'>,
  { filter, depth, excluded = [], freshOn }: RetrievalOptions,
): Promise<Ranking> {
  if (freshOn === undefined) return lexical;
  return freshByWords(engine, { terms, filter, excluded }, { today: freshOn, depth });
}

async function rankByBoth(
  engine: EngineReader,
  { terms, ...found }: Pick<Aim, 'terms'> & Candidates,
  options: RetrievalOptions,
): Promise<Pick<Retrieval, 'ranking' | 'candidates' | 'headShares'>> {
  const { filter, fusion, depth, named = [], excluded = [], freshOn } = options;
  if (freshOn !== undefined) {
    const words = { terms, filter, excluded };
    const ranking = await freshByBoth(engine, words, { ...found, fusion, today: freshOn, depth });
    return { ranking, candidates: found };
  }
  const candidates = candidatesWithout(named, found);
  const fused = fusion.fuse(candidates, fusedDepth(options));
  const settings = fusion.head;
  if (!settings) return { ranking: fused, candidates };
  const similarities = await engine.similarities([...fused.docIds.subarray(0, settings.size)]);
  const { ranking, shares } = rankHead(fused, candidates, { settings, similarities });
  return { ranking, candidates, headShares: shares };
}

/** Named papers come first anyway; with all the words and the highest similarity they would set the scale for the rest. */
function candidatesWithout(
  named: readonly DocId[],
  { lexical, nearest, nearestLexicalScores }: Candidates,
): Candidates {
  const of = (ranking: Ranking) => without(ranking, named, ranking.docIds.length);
  return {
    lexical: of(lexical),
    nearest: of(nearest),
    nearestLexicalScores: of({ docIds: nearest.docIds, scores: nearestLexicalScores }).scores,
  };
}

/** Papers with a term, or near, or named, but not excluded; `alsoScores` are in this order. */
function sizeOfUnion(
  { total, alsoScores }: LexicalRanking,
  { nearest, named, excluded }: { nearest: Ranking; named: readonly DocId[]; excluded: readonly DocId[] },
): number {
  const near = nearest.docIds.length;
  const hasNoTerm = (at: number) => alsoScores[at] === 0;
  const nearOnly = nearest.docIds.reduce((count, _, at) => count + (hasNoTerm(at) ? 1 : 0), 0);
  const namedOnly = named.filter((docId, at) => hasNoTerm(near + at) && !nearest.docIds.includes(docId));
  const left = excluded.filter((_, at) => !hasNoTerm(near + named.length + at));
  return total + nearOnly + namedOnly.length - left.length;
}
