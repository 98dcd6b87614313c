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
  /** How many are looked at in all; every theme has its share. */
  readonly depth: number;
  readonly signal?: AbortSignal | undefined;
}

/** However many themes there are, each is asked for so many papers. */
const LEAST_A_THEME = 100;
/** What a library holds of the index lies nearest to it and must not use up the depth; but a look has an end. */
const DEEPEST_LOOK = 4_000;

/** Best first, ties by lower docId. */
export async function rankCandidates(
  engine: Pick<EngineReader, 'semantic' | 'vectorsOf'>,
  taste: Taste,
  { filter, owned, depth, signal }: CandidateOptions,
): Promise<Candidate[]> {
  const share = Math.max(LEAST_A_THEME, Math.ceil(depth / Math.max(1, taste.themes.length)));
  const limit = Math.min(DEEPEST_LOOK, share + owned.size);
  const found = new Set<DocId>();
  for (const { centroid } of taste.themes) {
    const { docIds } = await engine.semantic(centroid, { filter, limit });
    for (const docId of docIds) if (!owned.has(docId)) found.add(docId);
  }
  const docIds = [...found].sort((a, b) => a - b);
  const vectors = await engine.vectorsOf(docIds);
  const candidates: Candidate[] = [];
  const look = (at: number) => {
    const [docId, vector] = [docIds[at], vectors[at]];
    if (docId !== undefined && vector) candidates.push({ docId, ...nearnessOf(vector, taste) });
  };
  await inSlices(docIds.length, look, signal);
  return candidates.sort((a, b) => b.score - a.score || a.docId - b.docId);
}
