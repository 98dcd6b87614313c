/** Files and sources into the index: what `add` does, and `serve --sample` on its first start. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Engine } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { AddReport, AddTally } from '../indexer/add-report.ts';
import { fetchNamed } from '../indexer/fetch-named.ts';
import type { Incoming, IncomingRow } from '../indexer/store-papers.ts';
import type { Format } from '../ingest/detect-format.ts';
import type { Row } from '../ingest/row.ts';
import { sourceKnowing } from '../sources/by-id.ts';
import { parseSourceSpec, SOURCE_NAMES, type SourceSpec } from '../sources/registry.ts';
import { type AtWork, atWork } from './at-work.ts';
import { type OpenedModel, openModel, type Scene } from './open-model.ts';
import { withWriter } from './opening.ts';
import type { WantedSource } from './source-rows.ts';

export interface AddFilesOptions extends Scene {
  /** A name of a format; recognised when left out. */
  readonly format?: Format;
  readonly strict?: boolean;
  /** Path of vectors that belong to the rows of the one file. */
  readonly vectors?: string;
  /** Published then or later; of others nothing is kept. */
  readonly from?: string;
  /** In one of these. */
  readonly category?: readonly string[];
  /** Sources are harvested from their beginning. */
  readonly anew?: boolean;
  /** False leaves papers that lists only name where they are. */
  readonly fetch?: boolean;
  /** Waits for another writer. */
  readonly wait?: boolean;
  /** Opened by the caller, who closes it; otherwise the one that was set is opened. */
  readonly opened?: OpenedModel;
  readonly tally?: AddTally;
  /**
   * Told why the rows ended before their end, instead of rejecting, where at least one had come: what came is stored
   * and embedded all the same.
   */
  readonly onBrokenOff?: (reason: unknown) => void;
}

/** Every file is looked for before the first is read: a typo in the third must not cost the wait for two. */
export async function addFiles(files: readonly string[], options: AddFilesOptions): Promise<AddReport> {
  const inputs = await inputsOf(files, options);
  const { opened } = options;
  if (opened) return addInputs(inputs, opened, options);
  const model = await openModel(options);
  return addInputs(inputs, model, options).finally(() => model.embedder.close());
}

async function addInputs(
  inputs: readonly Input[],
  model: OpenedModel,
  options: AddFilesOptions,
): Promise<AddReport> {
  const { io, settings, strict = false, wait = false, tally } = options;
  const { addPapers } = await import('../indexer/add-papers.ts');
  // Before the index is opened, so that what cannot be read or does not fit leaves no empty index behind.
  const rows = await atWork(io, (work) => openRows(inputs, model, { ...options, ...work }));
  return withWriter({ io, settings, space: model.space, isPatient: wait }, (engine, work) =>
    addPapers(withNamed(rows, engine, { ...options, ...work }), {
      engine,
      embedder: model.embedder,
      strict,
      // One step more than there are workers, so that none waits for the disk.
      embedSizes: { concurrency: settings.threads + 1 },
      ...(tally && { tally }),
      ...work,
    }),
  );
}

async function openRows(
  inputs: readonly Input[],
  { space, folder }: OpenedModel,
  options: AddFilesOptions & AtWork,
): Promise<AsyncIterable<Incoming>> {
  const { vectors, onProgress, signal, onBrokenOff } = options;
  const [papersPath] = inputs;
  if (vectors === undefined || typeof papersPath !== 'string') {
    const wanted = wantedOf(readInputs(inputs, options), options);
    const rows = onBrokenOff ? untilBroken(wanted, { signal, onBrokenOff }) : wanted;
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

/** Rows as they stand in files and as sources give them, one input after the other. */
export async function* readInputs(
  inputs: readonly Input[],
  options: AddFilesOptions & AtWork,
): AsyncGenerator<Incoming> {
  for (const input of inputs) {
    if (typeof input === 'string') yield* readFile(input, options);
    else yield* readSource(input, { ...options, isOnly: inputs.length === 1 });
  }
}

async function* readFile(file: string, options: AddFilesOptions & AtWork): AsyncGenerator<IncomingRow> {
  for await (const row of rowsOf(file, options)) yield { row };
}

async function* readSource(
  wanted: WantedSource,
  { isOnly, ...options }: AddFilesOptions & AtWork & { readonly isOnly: boolean },
): AsyncGenerator<Incoming> {
  const { from, category, anew = false } = options;
  const { sourceRows } = await import('./source-rows.ts');
  // What was left out under other conditions has not been harvested under these.
  const isNarrowed = from !== undefined || category !== undefined;
  const variant = isNarrowed ? ` ${JSON.stringify({ from, category })}` : '';
  yield* sourceRows(wanted, {
    ...options,
    variant,
    since: from,
    isAlone: isOnly && !isNarrowed,
    isAnew: anew,
  });
}

/** With the papers that lists of ids name, from the sources that know such ids. */
export function withNamed(
  rows: AsyncIterable<Incoming>,
  engine: Pick<Engine, 'lookup'>,
  options: AddFilesOptions & AtWork,
): AsyncIterable<Incoming> {
  return fetchNamed(rows, {
    engine,
    sourceOf: options.fetch === false ? () => undefined : sourceKnowing,
    fetch: (name, named) => {
      const target = named.map(({ id }) => id).join(',');
      return wantedOf(fetchFrom({ name, target }, options), options);
    },
  });
}

async function* fetchFrom(spec: SourceSpec, options: AddFilesOptions & AtWork): AsyncGenerator<IncomingRow> {
  const { namedRows, wantSource } = await import('./source-rows.ts');
  yield* namedRows(await wantSource(spec), options);
}

/** Papers that are not wanted are passed over as if they were not there. */
export async function* wantedOf<T extends Incoming>(
  rows: AsyncIterable<T>,
  { from, category }: AddFilesOptions,
): AsyncGenerator<T> {
  const { matchesFilter } = await import('../engine/filter.ts');
  const filter = { ...(from !== undefined && { from }), ...(category && { categories: category }) };
  for await (const item of rows) {
    if ('row' in item && 'paper' in item.row && !matchesFilter(item.row.paper, filter)) continue;
    yield item;
  }
}

/** The rows before the one that could not be had. An interruption, and a source that gives nothing, reject as they do. */
async function* untilBroken<T>(
  rows: AsyncIterable<T>,
  { signal, onBrokenOff }: { readonly signal: AbortSignal; readonly onBrokenOff: (reason: unknown) => void },
): AsyncGenerator<T> {
  let hasAny = false;
  try {
    for await (const row of rows) {
      hasAny = true;
      yield row;
    }
  } catch (error) {
    if (!hasAny || signal.aborted) throw error;
    onBrokenOff(error);
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

/** A file, or a source with what is wanted of it. */
export type Input = string | WantedSource;

/** SOURCE_UNREADABLE for a file that is not there. */
export async function inputsOf(texts: readonly string[], { settings }: AddFilesOptions): Promise<Input[]> {
  const { requireKnownSources, wantSource } = await import('./source-rows.ts');
  requireKnownSources(settings, SOURCE_NAMES);
  const inputs: Input[] = [];
  for (const text of texts) {
    const spec = parseSourceSpec(text);
    if (spec === undefined) await requireReadable(text);
    inputs.push(spec === undefined ? text : await wantSource(spec));
  }
  return inputs;
}

async function requireReadable(file: string): Promise<void> {
  if (file === '-') return;
  await access(file, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    const looksLikeSource = /^[a-z][a-z0-9-]+:/.test(file) && cause.code === 'ENOENT';
    throw new AppError(
      'SOURCE_UNREADABLE',
      {
        message: `${file}: ${reason}`,
        ...(looksLikeSource && { remedy: `Sources of papers are ${SOURCE_NAMES.join(', ')}.` }),
      },
      { cause },
    );
  });
}
