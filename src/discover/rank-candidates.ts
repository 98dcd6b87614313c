/** The papers of an index that are nearest to a library, its own left out. */
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import type { DocId } from '../engine/ranking.ts';
import { type Nearness, nearnessOf, type Taste } from './nearness.ts';
import { inSlices } from './slices.ts';

export interface Candidate extends Nearness {
  readonly docId: DocId;
}

export interface CandidateOptions {
  readonly filter: Filter;
  readonly owned: ReadonlySet<DocId>;
  /** How many are compared with every paper of the library: those nearest to a theme. */
  readonly depth: number;
  readonly signal?: AbortSignal | undefined;
}

/** However many themes there are, each is asked for so many papers. */
const LEAST_A_THEME = 100;
/** What a theme holds of the index lies nearest to it and must not use up its share; what is beside it, less so. */
const ROOM_A_MEMBER = 2;

/** Best first, ties by lower docId. */
export async function rankCandidates(
  engine: Pick<EngineReader, 'semantic' | 'vectorsOf'>,
  taste: Taste,
  options: CandidateOptions,
): Promise<Candidate[]> {
  const docIds = await nearestToThemes(engine, taste, options);
  const vectors = await engine.vectorsOf(docIds);
  const candidates: Candidate[] = [];
  const look = (at: number) => {
    const [docId, vector] = [docIds[at], vectors[at]];
    if (docId !== undefined && vector) candidates.push({ docId, ...nearnessOf(vector, taste) });
  };
  await inSlices(docIds.length, look, options.signal);
  return candidates.sort((a, b) => b.score - a.score || a.docId - b.docId);
}

async function nearestToThemes(
  engine: Pick<EngineReader, 'semantic'>,
  { themes }: Taste,
  { filter, owned, depth }: CandidateOptions,
): Promise<DocId[]> {
  const share = Math.max(LEAST_A_THEME, Math.ceil(depth / Math.max(1, themes.length)));
  const best = new Map<DocId, number>();
  for (const { centroid, members } of themes) {
    const room = Math.min(owned.size, ROOM_A_MEMBER * members.length);
    const { docIds, scores } = await engine.semantic(centroid, { filter, limit: share + room });
    docIds.forEach((docId, at) => {
      const score = scores[at] ?? 0;
      if (!owned.has(docId) && score > (best.get(docId) ?? -2)) best.set(docId, score);
    });
  }
  return [...best]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, depth)
    .map(([docId]) => docId);
}
