/** Every mode over one judged collection: runs, scores, times, and which differences are more than luck. */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import { DEFAULT_FUSION, FUSIONS, type FusionName, type FusionStrategy } from '../search/fusion.ts';
import { MODES, type Mode } from '../search/request.ts';
import { Searcher } from '../search/searcher.ts';
import { askQueries, type RankedQuery } from './ask-queries.ts';
import type { JudgedCollection } from './collection.ts';
import { EmbeddingMemo } from './embedding-memo.ts';
import { percentile } from './metrics/percentile.ts';
import { type MeanScores, meanScores, type QueryScores, scoreRun } from './score-run.ts';

export interface EvaluateOptions {
  /** Holds the papers of the collection and no others. */
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  readonly modes?: readonly Mode[];
  /** A named one, or one of one's own. */
  readonly fusion?: FusionName | FusionStrategy;
  readonly isRelatedById?: boolean;
  readonly depth?: number;
  /** Queries answered, over all modes. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ModeResult extends MeanScores {
  readonly mode: Mode;
  /** Its name; null where nothing is fused. */
  readonly fusion: string | null;
  /** Milliseconds of the first ten hits, the embedding of the query included. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface ModeRun {
  readonly result: ModeResult;
  readonly run: readonly RankedQuery[];
  readonly scores: QueryScores;
}

/** One run a mode, in the order of `modes`. */
export async function evaluateCollection(
  { queries, judgments }: Pick<JudgedCollection, 'queries' | 'judgments'>,
  { modes = MODES, fusion = DEFAULT_FUSION, onProgress, ...options }: EvaluateOptions,
): Promise<ModeRun[]> {
  const { engine, embedder, depth, isRelatedById } = options;
  const memo = new EmbeddingMemo(embedder);
  const searcher = new Searcher({ engine, embedder: memo, fusion });
  const { name } = typeof fusion === 'string' ? FUSIONS[fusion] : fusion;
  const runs: ModeRun[] = [];
  for (const mode of modes) {
    const before = runs.length * queries.length;
    const run = await askQueries(queries, {
      searcher,
      memo,
      mode,
      ...(depth !== undefined && { depth }),
      ...(isRelatedById !== undefined && { isRelatedById }),
      onQuery: (done) => onProgress?.(before + done, modes.length * queries.length),
    });
    const scores = scoreRun(run, judgments);
    const times = run.map(({ tookMs }) => tookMs);
    runs.push({
      run,
      scores,
      result: {
        mode,
        fusion: mode === 'hybrid' ? name : null,
        ...meanScores(scores),
        p50Ms: percentile(times, 0.5),
        p95Ms: percentile(times, 0.95),
      },
    });
  }
  return runs;
}
