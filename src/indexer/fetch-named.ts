/**
 * Rows that only name a paper, with the paper in place of those that the index does not hold and somebody else does.
 * What came is made durable before more is asked for, so a run that breaks off is gone on with by doing it again.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { Identifier } from '../paper/identifier.ts';
import { namedPapers } from './named-papers.ts';
import type { Incoming, IncomingRow } from './store-papers.ts';

export interface FetchNamedOptions {
  readonly engine: Pick<EngineReader, 'lookup'>;
  /** The name of who can be asked for the paper; undefined where nobody can. */
  readonly sourceOf: (named: Identifier) => string | undefined;
  /** The papers as rows, and a fault for each that is not to be had; the lines of faults count in this list. */
  readonly fetch: (source: string, named: readonly Identifier[]) => AsyncIterable<IncomingRow>;
  readonly batchSize?: number;
}

type Reference = Extract<IncomingRow['row'], { readonly reference: Identifier }>;

/** As many as arXiv is asked for at once. */
const BATCH_SIZE = 100;

/** Rows of other kinds pass as they are, before the named ones that were gathered until then. */
export async function* fetchNamed(
  rows: AsyncIterable<Incoming>,
  { batchSize = BATCH_SIZE, ...options }: FetchNamedOptions,
): AsyncGenerator<Incoming> {
  const gathered: Reference[] = [];
  for await (const item of rows) {
    const isNamed = 'row' in item && 'reference' in item.row;
    if (isNamed) gathered.push(item.row as Reference);
    // Behind a milestone nothing may come that stood before it.
    const isFull = gathered.length >= batchSize || 'onStored' in item;
    if (isFull) yield* completed(gathered.splice(0), options);
    if (!isNamed) yield item;
  }
  yield* completed(gathered, options);
}

async function* completed(
  references: readonly Reference[],
  { engine, sourceOf, fetch }: Omit<FetchNamedOptions, 'batchSize'>,
): AsyncGenerator<Incoming> {
  const here = await namedPapers(
    references.map((row) => ({ row })),
    engine,
  );
  const unknown = new Map<string, Map<string, Reference>>();
  const others: Reference[] = [];
  for (const row of references) {
    const { id } = row.reference;
    const source = here.has(id) ? undefined : sourceOf(row.reference);
    const named = unknown.get(source ?? '') ?? new Map<string, Reference>();
    if (source === undefined || named.has(id)) others.push(row);
    else unknown.set(source, named.set(id, row));
  }
  for (const [source, named] of unknown) {
    const wanted = [...named.values()];
    const identifiers = wanted.map(({ reference }) => reference);
    yield* fetched(wanted, fetch(source, identifiers));
  }
  // One that is named twice is there by now.
  for (const row of others) yield { row };
}

/** Each with the place where it is named. */
async function* fetched(
  references: readonly Reference[],
  rows: AsyncIterable<IncomingRow>,
): AsyncGenerator<Incoming> {
  const placeOf = new Map(references.map(({ reference, place }) => [reference.id, place]));
  for await (const { row } of rows) {
    const place =
      ('paper' in row ? placeOf.get(row.paper.id) : references[row.place.line - 1]?.place) ?? row.place;
    yield { row: { ...row, place } };
  }
  yield { onStored: async () => undefined };
}
