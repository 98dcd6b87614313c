/**
 * Rows into the engine: reconciled with what is stored, batch by batch, each durable before the next is read.
 * What is stored is found by keyword at once; embedding comes after, in `embed-pending.ts`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Engine, IndexedPaper } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Row, RowPlace } from '../ingest/row.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import { mergeRecords, type SourceRecord, UNKNOWN_SOURCE } from '../paper/merge-records.ts';
import type { Paper, PaperId, PartialDate } from '../paper/paper.ts';
import { reconcile } from '../paper/reconcile.ts';
import type { AddTally, RowOutcome } from './add-report.ts';
import { batchesOf } from './batches-of.ts';
import type { OnProgress } from './index-progress.ts';
import { namedPapers, notHere } from './named-papers.ts';

/** A row of the source and, where vectors were computed elsewhere, the vector of its text. */
export interface IncomingRow {
  readonly row: Row;
  readonly vector?: Float32Array;
}

/** A paper that its source has withdrawn. */
export interface Withdrawal {
  readonly place: RowPlace;
  readonly deleted: PaperId;
  /** As its rows name it. */
  readonly source?: string;
}

/** Stands behind rows, and is told when all of them are durable. */
export interface Milestone {
  readonly onStored: () => Promise<void>;
  /** Rows there will be in all, where the source tells. */
  readonly total?: number;
}

export type Incoming = IncomingRow | Withdrawal | Milestone;

export interface StoreOptions {
  readonly engine: Engine;
  readonly tally: AddTally;
  /** The first faulty row is fatal: ROW_INVALID, with everything before it stored. */
  readonly strict?: boolean;
  readonly batchSize?: number;
  /** The day that records are dated with; today unless given. */
  readonly today?: PartialDate;
  /** Stops after the batch in flight. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress;
}

// Big enough that a transaction's sync costs little, small enough that Ctrl-C is answered within a moment.
const BATCH_SIZE = 500;

/** What the rows of a batch make of one paper. */
interface Draft {
  paper: Paper | undefined;
  /** What each source says, by its name. */
  readonly records: Map<string, SourceRecord>;
  changed: boolean;
  /** By the text each was made from: only that of the text that wins in the end is of use. */
  readonly vectors: Map<string, Float32Array>;
  /** It was stored, and the rows withdraw it. */
  isRemoved: boolean;
}

/** Counts every row in the tally. A row that comes later wins over an earlier one as it would in a later run. */
export async function storePapers(rows: AsyncIterable<Incoming>, options: StoreOptions): Promise<void> {
  const { tally, strict = false, batchSize = BATCH_SIZE, signal, onProgress } = options;
  let total: number | undefined;
  const accepted = strict ? refuseFaulty(rows) : rows;
  for await (const batch of batchesOf(accepted, batchSize, { signal, isEnd: isMilestone })) {
    await storeBatch(batch, options);
    for (const item of batch) {
      if (!('onStored' in item)) continue;
      await item.onStored();
      total = item.total;
    }
    onProgress?.({ stage: 'store', done: tally.read, ...(total !== undefined && { total }) });
  }
}

/** What comes next may be seconds away, and a position that is not written by then is lost in a crash. */
function isMilestone(item: Incoming): boolean {
  return 'onStored' in item;
}

async function* refuseFaulty(rows: AsyncIterable<Incoming>): AsyncGenerator<Incoming> {
  for await (const incoming of rows) {
    if ('row' in incoming && 'fault' in incoming.row) throw asRowInvalid(incoming.row);
    yield incoming;
  }
}

function asRowInvalid({ place, fault }: Extract<Row, { fault: AppError }>): AppError {
  const message = `${place.file}:${place.line}: ${fault.message}`;
  return new AppError('ROW_INVALID', { message, issues: fault.issues }, { cause: fault });
}

async function storeBatch(
  batch: readonly Incoming[],
  { engine, tally, today = dayOf(new Date()) }: StoreOptions,
): Promise<void> {
  const drafts = await loadDrafts(batch, engine);
  const named = await namedPapers(batch.filter(isRow), engine);
  for (const item of batch) {
    if ('deleted' in item) tally.count(withdraw(drafts, item));
    if (!isRow(item)) continue;
    const { row, vector } = item;
    if ('paper' in row) tally.count(revise(drafts, row, { vector, today }));
    else if ('fault' in row) tally.countFaulty(row.place, row.fault);
    else if (named.has(row.reference.id) || drafts.has(row.reference.id)) tally.count('unchanged');
    else tally.countFaulty(row.place, notHere(row.reference));
  }
  await storeDrafts(drafts, engine, tally);
}

function isRow(item: Incoming): item is IncomingRow {
  return 'row' in item;
}

async function storeDrafts(
  drafts: ReadonlyMap<PaperId, Draft>,
  engine: Engine,
  tally: AddTally,
): Promise<void> {
  const removed = [...drafts].flatMap(([id, { isRemoved }]) => (isRemoved ? [id] : []));
  if (removed.length > 0) await engine.remove(removed);
  const { changed, unchanged } = outcomeOf(drafts);
  if (changed.length > 0) await engine.upsert(changed);
  tally.imported += changed.filter(({ vector }) => vector).length + (await attachMissing(unchanged, engine));
}

async function loadDrafts(batch: readonly Incoming[], engine: Engine): Promise<Map<PaperId, Draft>> {
  const ids = [...new Set(batch.flatMap(idIn))];
  const [stored, known] = [await engine.get(ids), await engine.records(ids)];
  return new Map(
    ids.map((id, at) => {
      const records = new Map((known[at] ?? []).map((record) => [record.source, record]));
      return [id, { paper: stored[at], records, changed: false, vectors: new Map(), isRemoved: false }];
    }),
  );
}

function idIn(item: Incoming): PaperId[] {
  if ('deleted' in item) return [item.deleted];
  return isRow(item) && 'paper' in item.row ? [item.row.paper.id] : [];
}

function outcomeOf(drafts: ReadonlyMap<PaperId, Draft>): Record<'changed' | 'unchanged', IndexedPaper[]> {
  const outcome: Record<'changed' | 'unchanged', IndexedPaper[]> = { changed: [], unchanged: [] };
  for (const { paper, records, changed, vectors } of drafts.values()) {
    if (paper === undefined) continue;
    const vector = vectors.get(embeddedText(paper));
    outcome[changed ? 'changed' : 'unchanged'].push({
      paper,
      ...(vector && { vector }),
      ...(changed && { records: [...records.values()] }),
    });
  }
  return outcome;
}

/** Takes out what this source says; the paper goes when no other source holds it. What was never here is not missed. */
function withdraw(
  drafts: ReadonlyMap<PaperId, Draft>,
  { deleted: id, source = DEFAULT_SOURCE }: Withdrawal,
): RowOutcome {
  const draft = drafts.get(id);
  if (draft?.paper === undefined) return 'unchanged';
  const { records } = draft;
  if (records.size > 0 && !records.delete(source)) return 'unchanged';
  if (records.size > 0) {
    draft.paper = mergeRecords(id, [...records.values()]).paper;
    draft.changed = true;
    return 'updated';
  }
  draft.isRemoved = true;
  draft.paper = undefined;
  draft.vectors.clear();
  return 'removed';
}

/** Sources that give none are Pharos's own JSON Lines. */
const DEFAULT_SOURCE = 'jsonl';

function revise(
  drafts: ReadonlyMap<PaperId, Draft>,
  { paper: incoming, source = DEFAULT_SOURCE }: Extract<Row, { paper: Paper }>,
  { vector, today }: { readonly vector: Float32Array | undefined; readonly today: PartialDate },
): RowOutcome {
  const draft = drafts.get(incoming.id);
  if (draft === undefined) throw new Error(`no draft of ${incoming.id}`);
  const { paper: before, records } = draft;
  if (before !== undefined && records.size === 0) {
    records.set(UNKNOWN_SOURCE, { source: UNKNOWN_SOURCE, paper: before });
  }
  if (vector) draft.vectors.set(embeddedText(incoming), vector);
  const { outcome, paper: said } = reconcile(records.get(source)?.paper, incoming);
  if (outcome === 'unchanged' || outcome === 'older') return outcome;
  records.set(source, { source, taken: today, paper: said });
  draft.paper = mergeRecords(incoming.id, [...records.values()]).paper;
  draft.changed = true;
  if (before === undefined) return 'added';
  return isDeepStrictEqual(before, draft.paper) ? 'unchanged' : 'updated';
}

function dayOf(date: Date): PartialDate {
  return date.toISOString().slice(0, 10);
}

/** Vectors for papers that were stored already but not embedded; the number that were missing. */
async function attachMissing(unchanged: readonly IndexedPaper[], engine: Engine): Promise<number> {
  const given = unchanged.flatMap(({ paper, vector }) => (vector ? [{ id: paper.id, vector }] : []));
  if (given.length === 0) return 0;
  const stored = await engine.vectors(given.map(({ id }) => id));
  const missing = given.filter((_, at) => stored[at] === undefined);
  if (missing.length > 0) await engine.attachVectors(missing);
  return missing.length;
}
