/**
 * New papers for a library: those nearest to its themes, each with the papers of the library that speak for it.
 * docs/decisions/recommendations.md says what was measured.
 */

import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import { dot } from '../vector/dot.ts';
import { backgroundOf } from './background.ts';
import { type Candidate, rankCandidates } from './rank-candidates.ts';
import { type Library, readLibrary } from './read-library.ts';
import {
  DEFAULT_LISTED,
  type Reason,
  type RecommendAnswer,
  type Recommendation,
  type RecommendNote,
  type RecommendRequest,
  requireLimit,
  type ThemeSummary,
} from './request.ts';
import { themeWords } from './theme-words.ts';
import { findThemes, type Theme } from './themes.ts';

export interface RecommendParts {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  readonly signal?: AbortSignal | undefined;
}

/** Candidates that are compared with the whole library: a thousand, fewer where the library is large. */
const MOST_CANDIDATES = 1_000;
/** Enough for the longest list and what is folded away of it. */
const LEAST_CANDIDATES = 300;
/** Of two vectors, in all: some tenths of a second. */
const COMPARISONS = 1_000_000;
const MOST_EXAMPLES = 3;

/** Everything but since when and the time it took. Rejects as `readLibrary` does, and with INPUT_INVALID for a limit out of range. */
export async function recommend(
  parts: RecommendParts,
  request: RecommendRequest,
  filter: Filter,
): Promise<Omit<RecommendAnswer, 'since' | 'tookMs'>> {
  const { engine, signal } = parts;
  const { limit = DEFAULT_LISTED } = request;
  requireLimit(limit);
  const library = await readLibrary(parts, request);
  const { vectors, unwanted, owned } = library;
  const themes = await findThemes(vectors, { background: await backgroundOf(engine, vectors), signal });
  const taste = { themes, vectors, unwanted };
  const ranked = await rankCandidates(engine, taste, {
    filter,
    owned,
    depth: depthFor(vectors.length),
    signal,
  });
  const best = await foldedHead(engine, ranked, limit);
  const { total } = await engine.newest({ filter, limit: 0 });
  return {
    library: { papers: library.items.length, known: library.known, negatives: unwanted.length },
    themes: await summaries(engine, library, themes),
    total,
    hits: await hitsOf(engine, library, best),
    notes: await notesOn(engine, best.length, total),
  };
}

function depthFor(papers: number): number {
  return Math.max(LEAST_CANDIDATES, Math.min(MOST_CANDIDATES, Math.floor(COMPARISONS / papers)));
}

/** The first `limit` works, each as the paper of it that stands highest. */
async function foldedHead(
  engine: Pick<EngineReader, 'sameWorks'>,
  ranked: readonly Candidate[],
  limit: number,
): Promise<Candidate[]> {
  // One paper in a hundred is folded away.
  const head = ranked.slice(0, 2 * limit);
  const works = await engine.sameWorks(head.map(({ docId }) => docId));
  const folded = new Set<number>();
  const left = head.filter(({ docId }, at) => {
    if (folded.has(docId)) return false;
    for (const other of works[at] ?? []) folded.add(other);
    return true;
  });
  return left.slice(0, limit);
}

async function hitsOf(
  engine: Pick<EngineReader, 'papers'>,
  { items }: Library,
  best: readonly Candidate[],
): Promise<Recommendation[]> {
  const papers = await engine.papers(best.map(({ docId }) => docId));
  const hits = best.flatMap(({ score, theme, nearest }, at) => {
    const paper = papers[at];
    const because = nearest.map(({ at: place, similarity }): Reason => {
      const { name = null, title = '' } = items[place] ?? {};
      return { id: name, title, similarity };
    });
    return paper ? [{ score, theme: theme + 1, paper, because }] : [];
  });
  return hits.map((hit, at) => ({ rank: at + 1, ...hit }));
}

async function summaries(
  engine: Pick<EngineReader, 'statistics'>,
  { items, vectors }: Library,
  themes: readonly Theme[],
): Promise<ThemeSummary[]> {
  const fromMiddle = themes.map(({ centroid, members }) => {
    const near = new Map(members.map((at) => [at, similarity(vectors[at], centroid)]));
    return members
      .toSorted((a, b) => (near.get(b) ?? 0) - (near.get(a) ?? 0))
      .flatMap((at) => items[at] ?? []);
  });
  const words = await themeWords(
    engine,
    fromMiddle.map((members) => members.map(({ text }) => text)),
  );
  return fromMiddle.map((members, at) => ({
    words: words[at] ?? [],
    papers: members.length,
    examples: members.slice(0, MOST_EXAMPLES).map(({ name, title }) => ({ id: name, title })),
  }));
}

function similarity(vector: Float32Array | undefined, centroid: Float32Array): number {
  return vector ? dot(vector, centroid) : 0;
}

async function notesOn(
  engine: Pick<EngineReader, 'status'>,
  found: number,
  total: number,
): Promise<RecommendNote[]> {
  const { papers, embedded } = await engine.status();
  const waiting = papers - embedded;
  const notes: RecommendNote[] = [];
  if (found === 0) {
    const message =
      total === 0
        ? 'No paper of the index is new enough and passes the filters.'
        : 'All papers that are new enough and pass the filters are in the library, or wait to be embedded.';
    notes.push({ code: 'NOTHING_NEW', message });
  }
  if (waiting > 0) {
    const message = `${waiting} papers of the index wait to be embedded and cannot be recommended yet.`;
    notes.push({ code: 'NOT_EMBEDDED', message });
  }
  return notes;
}
