/**
 * The index a judged collection is evaluated on: made once in a cache folder and found again by what is in it, the
 * papers and the model, so that the second evaluation embeds no paper. Interrupted, it is gone on with.
 */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../config/environment.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { Engine } from '../engine/engine.ts';
import { isAppError } from '../fault/app-error.ts';
import type { IncomingRow } from '../indexer/store-papers.ts';
import type { Paper } from '../paper/paper.ts';
import type { AtWork } from './at-work.ts';
import type { Scene } from './open-model.ts';
import { withWriter } from './opening.ts';

export interface EvaluationIndexOptions extends Scene {
  readonly embedder: Embedder;
  /** Where the indexes of all collections are kept. */
  readonly cacheFolder: string;
  /** Whether an index that is there already is thrown away first. */
  readonly isFresh?: boolean;
  /** Whether the index is thrown away afterwards. */
  readonly isTemporary?: boolean;
}

/** `pharos/evaluate` in the user's cache folder (XDG Base Directory Specification). */
export function defaultCacheFolder({ XDG_CACHE_HOME: cache }: Environment): string {
  return join(cache ? resolve(cache) : join(homedir(), '.cache'), 'pharos', 'evaluate');
}

export async function withEvaluationIndex<T>(
  papers: readonly Paper[],
  options: EvaluationIndexOptions,
  use: (engine: Engine, work: AtWork) => Promise<T>,
): Promise<T> {
  const { cacheFolder, embedder, isFresh = false, isTemporary = false } = options;
  const index = join(cacheFolder, contentKey(papers, embedder));
  const discard = () => rm(index, { recursive: true, force: true });
  if (isFresh) await discard();
  try {
    return await withPapers(papers, index, { options, use }).catch(async (error: unknown) => {
      // It was made by another Pharos, or is broken; all that is in it can be made again.
      if (!isAppError(error, 'INDEX_INCOMPATIBLE', 'INDEX_DAMAGED')) throw error;
      await discard();
      return withPapers(papers, index, { options, use });
    });
  } finally {
    if (isTemporary) await discard();
  }
}

async function withPapers<T>(
  papers: readonly Paper[],
  index: string,
  {
    options: { io, settings, embedder },
    use,
  }: { options: EvaluationIndexOptions; use: (engine: Engine, work: AtWork) => Promise<T> },
): Promise<T> {
  const { addPapers } = await import('../indexer/add-papers.ts');
  const scene = { io, settings: { ...settings, index }, space: embedder.model, isPatient: true };
  return withWriter(scene, async (engine, work) => {
    const embedSizes = { concurrency: settings.threads + 1 };
    await addPapers(asRows(papers), { engine, embedder, embedSizes, ...work });
    return use(engine, work);
  });
}

async function* asRows(papers: readonly Paper[]): AsyncGenerator<IncomingRow> {
  for (const [at, paper] of papers.entries())
    yield { row: { place: { file: 'papers', line: at + 1 }, paper } };
}

/** Two collections with the same papers share an index. */
function contentKey(papers: readonly Paper[], { model }: Embedder): string {
  const hash = createHash('sha256').update(model.fingerprint);
  for (const paper of papers) hash.update(JSON.stringify(paper));
  return hash.digest('hex').slice(0, 24);
}
