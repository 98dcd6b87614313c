/**
 * Rows into the engine: reconciled with what is stored, batch by batch, each durable before the next is read.
 * What is stored is found by keyword at once; embedding comes after, in `embed-pending.ts`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Engine, IndexedPaper } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Row, RowPlace } from '../ingest/row.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { Paper, PaperId, PartialDate } from '../paper/paper.ts';
import { reconcile } from '../paper/reconcile.ts';
import type { AddTally, RowOutcome } from './add-report.ts';
import { batchesOf } from './batches-of.ts';
import { type Draft, loadDrafts } from './draft.ts';
import type { OnProgress } from './index-progress.ts';
import { type JoinedDrafts, joinDrafts } from './join-drafts.ts';
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

/** Under which id a row is found and what that changed, or why it is no paper. */
export type RowFate = { readonly id: PaperId; readonly outcome: RowOutcome } | AppError;

export interface StoreOptions {
  readonly engine: Engine;
  readonly tally: AddTally;
  /** The first faulty row is fatal: ROW_INVALID, with everything before it stored. */
  readonly strict?: boolean;
  readonly batchSize?: number;
  /** The day that records are dated with; today unless given. */
  readonly today?: PartialDate;
  /** Told of each row in turn once its batch is durable. */
  readonly onRow?: (row: Row, fate: RowFate) => void;
  /** Stops after the batch in flight. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress;
}

// Big enough that a transaction's sync costs little, small enough that Ctrl-C is answered within a moment.
const BATCH_SIZE = 500;

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

async function storeBatch(batch: readonly Incoming[], options: StoreOptions): Promise<void> {
  const { engine, tally } = options;
  const drafts = await loadDrafts([...new Set(batch.flatMap(idIn))], engine);
  const named = await namedPapers(batch.filter(isRow), engine);
  const vectors: Vectors = new Map();
  const outcomes = batch.flatMap((item): Outcome[] => {
    if ('deleted' in item) return [{ id: item.deleted, outcome: withdraw(drafts, item) }];
    return isRow(item) ? applyRow(item, { ...options, drafts, named, vectors }) : [];
  });
  const joined = await joinDrafts(drafts.values(), engine);
  const draftOf = (id: PaperId) => joined.moved.get(id) ?? drafts.get(id);
  const fates = tallyRows(outcomes, { draftOf, tally });
  const rest = [...drafts.values()].filter(({ changed }) => !changed);
  const { today = dayOf(new Date()) } = options;
  tally.imported += await write(joined, { engine, vectors, rest, today });
  for (const [row, fate] of fates) options.onRow?.(row, fate);
}

interface Batch extends StoreOptions {
  readonly drafts: ReadonlyMap<PaperId, Draft>;
  /** References in it to papers that are stored. */
  readonly named: ReadonlySet<PaperId>;
  readonly vectors: Vectors;
}

function applyRow({ row, vector }: IncomingRow, batch: Batch): Outcome[] {
  const { drafts, named, vectors, today = dayOf(new Date()) } = batch;
  if ('paper' in row) {
    if (vector) vectors.set(embeddedText(row.paper), vector);
    return [{ row, id: row.paper.id, outcome: revise(drafts, row, today) }];
  }
  if ('reference' in row) {
    const { id } = row.reference;
    if (named.has(id) || drafts.has(id)) return [{ row, id, outcome: 'unchanged' }];
  }
  return [{ row, fault: 'fault' in row ? row.fault : notHere(row.reference) }];
}

function isRow(item: Incoming): item is IncomingRow {
  return 'row' in item;
}

function idIn(item: Incoming): PaperId[] {
  if ('deleted' in item) return [item.deleted];
  return isRow(item) && 'paper' in item.row ? [item.row.paper.id] : [];
}

/** Vectors given with rows, by the text each was made from: only those of texts that win in the end are of use. */
type Vectors = Map<string, Float32Array>;

/** Returns how many of the vectors were used. */
async function write(
  { changed, gone }: JoinedDrafts,
  {
    engine,
    vectors,
    rest,
    today,
  }: {
    readonly engine: Engine;
    readonly vectors: Vectors;
    readonly rest: readonly Draft[];
    readonly today: PartialDate;
  },
): Promise<number> {
  const entries = changed.flatMap(({ paper, records, isKnown }): IndexedPaper[] => {
    if (paper === undefined) return [];
    const vector = vectors.get(embeddedText(paper));
    // One that was here under another id has not come today.
    return [{ paper, records, ...(vector && { vector }), ...(!isKnown && { arrived: today }) }];
  });
  if (entries.length > 0) await engine.upsert(entries, gone);
  else if (gone.length > 0) await engine.remove(gone);
  const used = entries.filter(({ vector }) => vector).length;
  return used + (await attachMissing(rest, vectors, engine));
}

type Outcome =
  | { readonly row?: Row; readonly id: PaperId; readonly outcome: RowOutcome }
  | { readonly row: Row; readonly fault: AppError };

/** A row that turned out to be about a paper that is there under another id has not added one. */
function tallyRows(
  outcomes: readonly Outcome[],
  { draftOf, tally }: { readonly draftOf: (id: PaperId) => Draft | undefined; readonly tally: AddTally },
): [Row, RowFate][] {
  const there = new Set<Draft | undefined>();
  const fates: [Row, RowFate][] = [];
  for (const one of outcomes) {
    if ('fault' in one) {
      tally.countFaulty(one.row.place, one.fault);
      fates.push([one.row, one.fault]);
      continue;
    }
    const { row, id } = one;
    const draft = draftOf(id);
    const isThere = draft?.isKnown === true || there.has(draft);
    const outcome = one.outcome === 'added' && isThere ? 'updated' : one.outcome;
    tally.count(outcome);
    if (one.outcome === 'added') there.add(draft);
    if (row) fates.push([row, { id: draft?.paper?.id ?? id, outcome }]);
  }
  return fates;
}

/** Sources that give none are Pharos's own JSON Lines. */
const DEFAULT_SOURCE = 'jsonl';

/** Takes out what this source says; the paper goes when no other source holds it. What was never here is not missed. */
function withdraw(
  drafts: ReadonlyMap<PaperId, Draft>,
  { deleted: id, source = DEFAULT_SOURCE }: Withdrawal,
): RowOutcome {
  const draft = drafts.get(id);
  if (draft?.paper === undefined) return 'unchanged';
  if (!(draft.remove(source, id) || draft.removeUnknown(id))) return 'unchanged';
  return draft.paper === undefined ? 'removed' : 'updated';
}

function revise(
  drafts: ReadonlyMap<PaperId, Draft>,
  { paper: incoming, source = DEFAULT_SOURCE }: Extract<Row, { paper: Paper }>,
  today: PartialDate,
): RowOutcome {
  const draft = drafts.get(incoming.id);
  if (draft === undefined) throw new Error(`no draft of ${incoming.id}`);
  const before = draft.paper;
  const { outcome, paper: said } = reconcile(draft.record(source, incoming.id)?.paper, incoming);
  if (outcome === 'unchanged' || outcome === 'older') return outcome;
  draft.put({ source, taken: today, paper: said });
  if (before === undefined) return 'added';
  return isDeepStrictEqual(before, draft.paper) ? 'unchanged' : 'updated';
}

function dayOf(date: Date): PartialDate {
  return date.toISOString().slice(0, 10);
}

/** Vectors for papers that were stored already but not embedded; the number that were missing. */
async function attachMissing(unchanged: readonly Draft[], vectors: Vectors, engine: Engine): Promise<number> {
  const given = unchanged.flatMap(({ paper }) => {
    const vector = paper && vectors.size > 0 ? vectors.get(embeddedText(paper)) : undefined;
    return paper && vector ? [{ id: paper.id, vector }] : [];
  });
  if (given.length === 0) return 0;
  const stored = await engine.vectors(given.map(({ id }) => id));
  const missing = given.filter((_, at) => stored[at] === undefined);
  if (missing.length > 0) await engine.attachVectors(missing);
  return missing.length;
}
