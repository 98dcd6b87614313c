/**
 * Gives every stored paper that has no vector its vector, in small durable steps, so that a crash costs seconds of
 * embedding and never a paper. Knows nothing of where the papers came from.
 */
import type { Embedder } from '../embed/embedder.ts';
import type { Engine, EngineStatus } from '../engine/engine.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { PaperId } from '../paper/paper.ts';
import type { OnProgress } from './index-progress.ts';

/** What holds papers that wait for vectors: an engine, or what embeds them anew for another model. */
export interface EmbedTarget extends Pick<Engine, 'unembedded' | 'attachVectors' | 'checkpoint'> {
  status(): Promise<Pick<EngineStatus, 'papers' | 'embedded'>>;
}

export interface EmbedOptions {
  readonly engine: EmbedTarget;
  readonly embedder: Embedder;
  /** Called after each durable step with the papers it embedded. */
  readonly onEmbedded?: (papers: number) => void;
  /** Stops when the steps in flight are durable; rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress;
  readonly sizes?: Partial<EmbedSizes>;
}

export interface EmbedSizes {
  /** Papers sorted by length together: the more, the less padding. */
  readonly window: number;
  /** Papers of one durable step. */
  readonly step: number;
  /** Steps under way at once: one more than there are workers keeps all of them busy. */
  readonly concurrency: number;
  /** Vectors between two checkpoints, so that a server started during a long run starts quickly. */
  readonly checkpointEvery: number;
}

const SIZES: EmbedSizes = { window: 512, step: 16, concurrency: 3, checkpointEvery: 20_000 };

interface PendingText {
  readonly id: PaperId;
  readonly text: string;
}

/** Resolves when no stored paper is without a vector. What was attached before a failure stays. */
export async function embedPending({ sizes, ...options }: EmbedOptions): Promise<void> {
  const { engine, signal, onProgress } = options;
  const { window, step, concurrency, checkpointEvery } = { ...SIZES, ...sizes };
  const { papers, embedded } = await engine.status();
  const total = papers - embedded;
  let done = 0;
  let sinceCheckpoint = 0;
  for (;;) {
    signal?.throwIfAborted();
    const pending = await engine.unembedded(window);
    if (pending.length === 0) return;
    const texts = pending.map((paper) => ({ id: paper.id, text: embeddedText(paper) }));
    await runAll(cut(longestFirst(texts), step), concurrency, async (texts) => {
      signal?.throwIfAborted();
      await embedStep(texts, options);
      done += texts.length;
      onProgress?.({ stage: 'embed', done, total });
    });
    sinceCheckpoint += pending.length;
    if (sinceCheckpoint >= checkpointEvery) {
      await engine.checkpoint();
      sinceCheckpoint = 0;
    }
  }
}

async function embedStep(texts: readonly PendingText[], { engine, embedder, onEmbedded }: EmbedOptions) {
  // The signal is not handed down: what a worker has begun is finished and kept rather than embedded again.
  const vectors = await embedder.embedDocuments(texts.map(({ text }) => text));
  await engine.attachVectors(
    texts.flatMap(({ id }, at) => (vectors[at] ? [{ id, vector: vectors[at] }] : [])),
  );
  onEmbedded?.(texts.length);
}

/** Equal lengths side by side need no padding; the shortest last, so that all workers end a window together. */
function longestFirst(texts: readonly PendingText[]): PendingText[] {
  return [...texts].sort((a, b) => b.text.length - a.text.length);
}

function cut<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < items.length; at += size) pieces.push(items.slice(at, at + size));
  return pieces;
}

/** Runs at most `concurrency` tasks at once. After a failure none is begun, those begun are waited for. */
async function runAll<T>(
  items: readonly T[],
  concurrency: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const lanes = Array.from({ length: Math.min(concurrency, items.length) }, async () => {
    for (const item of queue) {
      if (failed) return;
      await task(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  });
  const failure = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failure) throw failure.reason;
}
