/**
 * `pharos add` where a running server keeps the index: files are read and understood here, papers go there, and what the
 * server answers of each row is counted as if the index were here.
 */
import type { Added, Job, PharosClient } from '../client/entry.ts';
import { AppError } from '../fault/app-error.ts';
import { type AddReport, AddTally, type RowOutcome } from '../indexer/add-report.ts';
import type { Incoming } from '../indexer/store-papers.ts';
import type { RowPlace } from '../ingest/row.ts';
import type { Paper } from '../paper/paper.ts';
import { type AddFilesOptions, inputsOf, readInputs, wantedOf, withNamed } from './add-files.ts';
import { type AtWork, atWork } from './at-work.ts';
import { patience, throughServer } from './server-client.ts';

type Options = AddFilesOptions & AtWork & { readonly tally: AddTally };

/** Named by a list of ids only; the server is asked for so many at once. */
const LOOKED_UP_AT_ONCE = 1_000;

/** The rows that were sent and not answered yet, in their order. */
type Sent = RowPlace[];

/**
 * Resolves when the papers are embedded there too. INPUT_INVALID for what only somebody who has the index can do, and
 * whatever the server says against it.
 */
export async function addThroughServer(
  address: string,
  files: readonly string[],
  options: AddFilesOptions,
): Promise<AddReport> {
  const inputs = await inputsOf(files, options);
  refuseWhatNeedsTheIndex(inputs, options);
  const tally = new AddTally();
  return atWork(options.io, async (work) => {
    const all = { ...options, ...work, tally };
    try {
      await throughServer(address, options.settings, (client) => addAll(client, inputs, all));
    } catch (error) {
      throw work.signal.aborted ? tally.interrupted(error) : error;
    }
    return tally.report();
  });
}

async function addAll(
  client: PharosClient,
  inputs: Parameters<typeof readInputs>[0],
  options: Options,
): Promise<void> {
  const { io, tally, signal, onProgress, wait = false } = options;
  const sent: Sent = [];
  let job: Job | undefined;
  const named = new NamedOnServer(client, signal);
  const rows = withNamed(wantedOf(readInputs(inputs, options), options), named, options);
  const papers = papersIn(rows, { ...options, sent, named });
  for await (const added of client.addAll(papers, { ...patience(io, wait), signal })) {
    countAnswers(added, sent, options);
    job = added.job;
    onProgress({ stage: 'store', done: tally.read });
  }
  if (job) await followToEnd(client, job, options);
}

async function followToEnd(client: PharosClient, { id }: Job, options: Options): Promise<void> {
  const { tally, signal, onProgress } = options;
  for await (const { state, embedding, error } of client.jobs.follow(id, { signal })) {
    if (embedding) onProgress({ stage: 'embed', ...embedding });
    tally.embedded = embedding?.done ?? 0;
    if (state !== 'failed') continue;
    const message = `The papers are stored, and could not be embedded: ${error ?? 'the server does not say why'}`;
    throw new AppError('SERVER_FAILED', { message });
  }
}

interface Sending extends Options {
  readonly sent: Sent;
  readonly named: NamedOnServer;
}

/** Papers as they come; every other row is counted here. */
async function* papersIn(
  rows: AsyncIterable<Incoming>,
  { sent, named, tally, strict = false }: Sending,
): AsyncGenerator<Record<string, unknown> & Paper> {
  for await (const item of rows) {
    if (!('row' in item)) continue;
    const { row } = item;
    if ('paper' in row) {
      named.add(row.paper.id);
      sent.push(row.place);
      yield { ...row.paper };
    } else if ('reference' in row && named.has(row.reference.id)) tally.count('unchanged');
    else {
      const fault = 'fault' in row ? row.fault : unknownPaper(row.reference.id);
      countFaulty(row.place, fault, { tally, strict });
    }
  }
}

function countAnswers({ rows }: Added, sent: Sent, { tally, strict = false }: Options): void {
  const places = sent.splice(0, rows.length);
  for (const [at, row] of rows.entries()) {
    if ('outcome' in row) tally.count(row.outcome as RowOutcome);
    else {
      const place = places[at] ?? { file: 'server', line: row.line };
      countFaulty(place, new AppError('ROW_INVALID', { message: row.reason }), { tally, strict });
    }
  }
}

function countFaulty(
  place: RowPlace,
  fault: AppError,
  { tally, strict }: { readonly tally: AddTally; readonly strict: boolean },
): void {
  tally.countFaulty(place, fault);
  if (!strict) return;
  const message = `${place.file}:${place.line}: ${fault.message}`;
  throw new AppError('ROW_INVALID', { message, issues: fault.issues }, { cause: fault });
}

function unknownPaper(id: string): AppError {
  return new AppError('ROW_INVALID', { message: `There is no paper ${id} in the index of the server` });
}

/** Which of the papers that lists name the server has: asked when the lists are read, and kept for the rest of the run. */
class NamedOnServer {
  readonly #client: PharosClient;
  readonly #signal: AbortSignal;
  readonly #known = new Set<string>();

  constructor(client: PharosClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  add(id: string): void {
    this.#known.add(id);
  }

  /** As the engine does it, for whoever wants to know only whether there is one. */
  async lookup(keys: readonly { readonly value: string }[]): Promise<number[][]> {
    for (let at = 0; at < keys.length; at += LOOKED_UP_AT_ONCE) {
      const ids = keys.slice(at, at + LOOKED_UP_AT_ONCE).map(({ value }) => value);
      const asked = { fields: [] as const, signal: this.#signal };
      const { papers } = await this.#client.getMany(ids, asked);
      for (const [place, paper] of papers.entries()) if (paper) this.add(ids[place] ?? '');
    }
    return keys.map(({ value }) => (this.has(value) ? [0] : []));
  }
}

function refuseWhatNeedsTheIndex(
  inputs: Parameters<typeof readInputs>[0],
  { vectors, anew }: AddFilesOptions,
): void {
  const what = [
    ...(vectors === undefined ? [] : ['--vectors']),
    ...(anew ? ['--anew'] : []),
    ...(inputs.some((input) => typeof input !== 'string') ? ['sources such as arxiv:cs.CL'] : []),
  ];
  if (what.length === 0) return;
  throw new AppError('INPUT_INVALID', {
    message: `A server takes files of papers only: ${what.join(' and ')} need the index itself`,
    remedy: 'Run it where the index is, without --server.',
  });
}
