/**
 * Papers out of an index, in the form in which they can be added again: JSON Lines in the order they came, and on
 * request their vectors in the same order.
 */
import type { EngineReader, IndexedPaper } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import { writeVectors } from '../ingest/write-vectors.ts';
import type { OnProgress } from './index-progress.ts';
import { type LineSink, openLineFile } from './line-file.ts';

export interface ExportOptions {
  readonly engine: EngineReader;
  /** Where the lines go when no file is named; resolves when more can be taken. */
  readonly write: (text: string) => Promise<void>;
  /** A file for the lines, gzip when its name ends in `.gz`. It appears when it is whole. */
  readonly out?: string;
  /** A file for the vectors, float16, with its description beside it. */
  readonly vectors?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface ExportReport {
  readonly papers: number;
}

const PROGRESS_EVERY = 1_000;

/**
 * INPUT_INVALID when vectors are wanted and some papers have none yet, or for a file that cannot be written;
 * INTERRUPTED, DISK_FULL.
 */
export async function exportPapers(options: ExportOptions): Promise<ExportReport> {
  const { engine, write, out, vectors } = options;
  if (vectors !== undefined) await requireAllEmbedded(engine);
  const sink: LineSink =
    out === undefined
      ? { write, close: async () => undefined, abandon: async () => undefined }
      : await openLineFile(out);
  const report = { papers: 0 };
  const written = writeLines(sink, report, options);
  try {
    if (vectors === undefined) await drain(written);
    else await writeVectorFile(vectors, engine, written);
    await sink.close();
    return report;
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

async function requireAllEmbedded(engine: EngineReader): Promise<void> {
  const { papers, embedded } = await engine.status();
  if (papers === embedded) return;
  throw new AppError('INPUT_INVALID', {
    message: `${papers - embedded} of ${papers} papers have no vector yet`,
    remedy: 'Run the last `pharos add` again to embed them, or leave out --vectors.',
  });
}

/** Writes each paper, then hands it on. */
async function* writeLines(
  sink: LineSink,
  report: { papers: number },
  { engine, signal, onProgress }: ExportOptions,
): AsyncGenerator<IndexedPaper> {
  const { papers: total } = await engine.status();
  for await (const indexed of engine.scan()) {
    if (signal?.aborted)
      throw new AppError('INTERRUPTED', { message: 'Interrupted; nothing is left half-written' });
    await sink.write(`${JSON.stringify(indexed.paper)}\n`);
    report.papers++;
    if (report.papers % PROGRESS_EVERY === 0) onProgress?.({ stage: 'export', done: report.papers, total });
    yield indexed;
  }
}

async function drain(papers: AsyncIterable<IndexedPaper>): Promise<void> {
  for await (const _ of papers);
}

async function writeVectorFile(
  path: string,
  { space: { name, fingerprint, dimensions } }: EngineReader,
  papers: AsyncIterable<IndexedPaper>,
): Promise<void> {
  await writeVectors(path, {
    dimensions,
    type: 'float16',
    model: { name, fingerprint },
    rows: vectorsOf(papers),
  });
}

async function* vectorsOf(papers: AsyncIterable<IndexedPaper>): AsyncGenerator<Float32Array> {
  for await (const { paper, vector } of papers) {
    if (vector === undefined) {
      // It was changed by another process after the check.
      throw new AppError('INPUT_INVALID', {
        message: `${paper.id} has no vector yet`,
        remedy: 'Export again.',
      });
    }
    yield vector;
  }
}
