/**
 * One `add` from rows to a searchable index: store, embed, checkpoint, report. Where the rows come from is the
 * caller's business, what is in the engine decides what is left to do, so an interrupted run is gone on with by
 * doing the same again.
 */
import type { Embedder } from '../embed/embedder.ts';
import type { Engine } from '../engine/engine.ts';
import { isAppError } from '../fault/app-error.ts';
import { type AddReport, AddTally } from './add-report.ts';
import { asDiskFull } from './disk-full.ts';
import { type EmbedSizes, embedPending } from './embed-pending.ts';
import type { OnProgress } from './index-progress.ts';
import { type Incoming, storePapers } from './store-papers.ts';

export interface AddOptions {
  readonly engine: Engine;
  readonly embedder: Embedder;
  /** The first faulty row is fatal. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  readonly batchSize?: number;
  readonly embedSizes?: Partial<EmbedSizes>;
  /** Counted into, for a caller who wants to know what came of an add that was rejected; a new one unless given. */
  readonly tally?: AddTally;
}

/**
 * Rejects with ROW_INVALID (strict), INTERRUPTED, DISK_FULL or whatever source, model and engine reject with.
 * Everything that was acknowledged before is kept and counted as unchanged the next time.
 */
export async function addPapers(rows: AsyncIterable<Incoming>, options: AddOptions): Promise<AddReport> {
  const { tally = new AddTally() } = options;
  try {
    await storePapers(rows, { ...options, tally });
    await embedRest(tally, options);
    await options.engine.checkpoint((done, total) =>
      options.onProgress?.({ stage: 'checkpoint', done, total }),
    );
    return tally.report();
  } catch (error) {
    if (isAppError(error) && error.code !== 'INTERRUPTED') throw error;
    if (options.signal?.aborted) throw tally.interrupted(error);
    throw asDiskFull(error);
  }
}

async function embedRest(tally: AddTally, options: AddOptions): Promise<void> {
  const { engine, embedder, signal, onProgress, embedSizes } = options;
  await embedPending({
    engine,
    embedder,
    signal,
    onEmbedded: (papers) => {
      tally.embedded += papers;
    },
    ...(onProgress && { onProgress }),
    ...(embedSizes && { sizes: embedSizes }),
  });
}
