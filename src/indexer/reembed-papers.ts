/**
 * All papers of an index embedded anew by another model, and the index switched over when none is left. What an
 * interrupted run has embedded is kept, so it is gone on with by doing the same again.
 */
import type { Embedder } from '../embed/embedder.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import { asDiskFull } from './disk-full.ts';
import { type EmbedSizes, type EmbedTarget, embedPending } from './embed-pending.ts';
import type { OnProgress } from './index-progress.ts';

export interface ReembedTarget extends EmbedTarget {
  /** Puts the new vectors in the place of the old ones, all at once. */
  switchOver(): Promise<void>;
}

export interface ReembedOptions {
  readonly target: ReembedTarget;
  readonly embedder: Embedder;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress;
  readonly sizes?: Partial<EmbedSizes>;
}

/** Resolves to the number of papers that were embedded. Rejects with INTERRUPTED or what model and index reject with. */
export async function reembedPapers({ target, ...options }: ReembedOptions): Promise<number> {
  let embedded = 0;
  const onEmbedded = (papers: number) => {
    embedded += papers;
  };
  try {
    await embedPending({ ...options, engine: target, onEmbedded });
    options.signal?.throwIfAborted();
    await target.switchOver();
    return embedded;
  } catch (error) {
    if (isAppError(error) && error.code !== 'INTERRUPTED') throw error;
    if (!options.signal?.aborted) throw asDiskFull(error);
    const { papers, embedded: kept } = await target.status();
    const count = (number: number) => number.toLocaleString('en-US');
    const message =
      `Interrupted with ${count(kept)} of ${count(papers)} papers embedded anew; they are kept, ` +
      'and the index is what it was before';
    throw new AppError('INTERRUPTED', { message }, { cause: error });
  }
}
