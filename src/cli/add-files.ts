/** Files into the index: what `add` does, and `serve --sample` on its first start. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { AppError } from '../fault/app-error.ts';
import type { AddReport } from '../indexer/add-report.ts';
import type { IncomingRow } from '../indexer/store-papers.ts';
import type { Format } from '../ingest/detect-format.ts';
import type { Row } from '../ingest/row.ts';
import { type AtWork, atWork } from './at-work.ts';
import { type OpenedModel, openModel, type Scene } from './open-model.ts';
import { withWriter } from './opening.ts';

export interface AddFilesOptions extends Scene {
  /** A name of a format; recognised when left out. */
  readonly format?: Format;
  readonly strict?: boolean;
  /** Path of vectors that belong to the rows of the one file. */
  readonly vectors?: string;
  /** Waits for another writer. */
  readonly wait?: boolean;
}

/** Every file is looked for before the first is read: a typo in the third must not cost the wait for two. */
export async function addFiles(files: readonly string[], options: AddFilesOptions): Promise<AddReport> {
  const { io, settings, strict = false, wait = false } = options;
  await requireReadable(files);
  const { addPapers } = await import('../indexer/add-papers.ts');
  const model = await openModel(options);
  const { embedder, space } = model;
  try {
    // Before the index is opened, so that what cannot be read or does not fit leaves no empty index behind.
    const rows = await atWork(io, (work) => openRows(files, model, { ...options, ...work }));
    return await withWriter({ io, settings, space, isPatient: wait }, (engine, work) =>
      addPapers(rows, {
        engine,
        embedder,
        strict,
        // One step more than there are workers, so that none waits for the disk.
        embedSizes: { concurrency: settings.threads + 1 },
        ...work,
      }),
    );
  } finally {
    await embedder.close();
  }
}

async function openRows(
  files: readonly string[],
  { space, folder }: OpenedModel,
  options: AddFilesOptions & AtWork,
): Promise<AsyncIterable<IncomingRow>> {
  const { vectors, onProgress, signal } = options;
  const [papersPath] = files;
  if (vectors === undefined || papersPath === undefined) {
    const rows = readFiles(files, options);
    // Standard input may be silent for long, and the index must be locked meanwhile.
    return papersPath === '-' ? rows : begun(rows);
  }
  const { rowsWithVectors } = await import('../indexer/import-vectors.ts');
  return rowsWithVectors(() => rowsOf(papersPath, options), {
    papersPath,
    vectorsPath: vectors,
    model: space,
    ...(folder !== undefined && { modelFolder: folder }),
    onProgress,
    signal,
  });
}

async function* readFiles(
  files: readonly string[],
  options: AddFilesOptions & AtWork,
): AsyncGenerator<IncomingRow> {
  for (const file of files) {
    for await (const row of rowsOf(file, options)) yield { row };
  }
}

/** The same rows, with the first one read already: a source that cannot be read at all says so here. */
async function begun<T>(rows: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await rows.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* rows;
  })();
}

async function* rowsOf(file: string, { io, format, signal }: AddFilesOptions & AtWork): AsyncGenerator<Row> {
  const { readPapers } = await import('../ingest/open-source.ts');
  yield* readPapers(file, { ...(format && { format }), stdin: io.stdin, signal });
}

async function requireReadable(files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (file === '-') continue;
    await access(file, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
      throw new AppError('SOURCE_UNREADABLE', { message: `${file}: ${reason}` }, { cause });
    });
  }
}
