/**
 * Rows of a file together with their vectors, which somebody computed elsewhere: row i of the vectors belongs to
 * row i of the file, faulty rows included. Everything that can be checked is checked before the first row is
 * handed out, because vectors of another model or another file would be wrong without looking wrong.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ModelIdentity } from '../embed/embedder.ts';
import { AppError } from '../fault/app-error.ts';
import type { Row } from '../ingest/row.ts';
import { openVectors, type VectorsFile } from '../ingest/vectors-file.ts';
import type { VectorsHeader } from '../ingest/vectors-header.ts';
import type { OnProgress } from './index-progress.ts';
import type { IncomingRow } from './store-papers.ts';

export interface ImportOptions {
  readonly papersPath: string;
  readonly vectorsPath: string;
  /** The model of the index. */
  readonly model: ModelIdentity;
  /** Where its files lie; without it the hash of the weights is not compared. */
  readonly modelFolder?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** A field of the header beside what it must be. */
interface Claim {
  readonly field: string;
  readonly claimed: unknown;
  readonly actual: unknown;
}

const PROGRESS_EVERY = 1_000;

/**
 * Reads the file once to count it, then hands out pairs. `readRows` is called twice, must read the same file, and
 * heeds the signal by itself.
 * Throws VECTORS_MISMATCH before the first pair when the model differs, when a hash in the header does, when the
 * rows are not as many, or when a vector has no direction.
 *
 * A header with a fingerprint is matched by that alone. Without one, name and dimensions must be equal, and so
 * must be whatever else it says of the model: pooling, longest text, template, hash of the weights.
 */
export async function rowsWithVectors(
  readRows: () => AsyncIterable<Row>,
  options: ImportOptions,
): Promise<AsyncIterable<IncomingRow>> {
  const { papersPath, vectorsPath, signal } = options;
  const vectors = await openVectors(vectorsPath);
  const { header } = vectors;
  await requireSameModel(header, options);
  await requireSameHash(
    vectorsPath,
    header.sha256,
    `the vectors are not those that ${vectorsPath} came with`,
  );
  await requireSameHash(
    papersPath,
    header.corpus?.sha256,
    `the vectors were made from ${header.corpus?.file ?? 'another file'}, whose contents are not those of ${papersPath}`,
  );
  await requireSameCount(readRows(), header.rows, options);
  await requireDirections(vectors, options);
  return pairUp(readRows(), vectors.rows({ ...(signal && { signal }) }), papersPath);
}

async function requireSameModel(header: VectorsHeader, { model, modelFolder }: ImportOptions): Promise<void> {
  const claims = header.model.fingerprint ? fingerprints(header, model) : properties(header, model);
  const wrong = claims.find(({ claimed, actual }) => claimed !== undefined && claimed !== actual);
  if (wrong) {
    throw mismatch(
      `the ${wrong.field} of the vectors is ${wrong.claimed}, that of the index is ${wrong.actual}`,
    );
  }
  const { file, sha256 } = header.model;
  if (header.model.fingerprint || typeof file !== 'string' || modelFolder === undefined) return;
  await requireSameHash(
    join(modelFolder, file),
    sha256,
    `the vectors were made with other weights than ${file}`,
  );
}

function fingerprints({ model, dimensions }: VectorsHeader, index: ModelIdentity): Claim[] {
  return [
    { field: 'number of dimensions', claimed: dimensions, actual: index.dimensions },
    { field: 'model', claimed: model.fingerprint, actual: index.fingerprint },
  ];
}

function properties({ model, dimensions }: VectorsHeader, index: ModelIdentity): Claim[] {
  return [
    { field: 'model', claimed: model.name, actual: index.name },
    { field: 'number of dimensions', claimed: dimensions, actual: index.dimensions },
    { field: 'pooling', claimed: model.pooling, actual: index.pooling },
    { field: 'longest text in tokens', claimed: model.maxTokens, actual: index.maxTokens },
    { field: 'template of the text', claimed: model.text, actual: index.textTemplate },
  ].map((claim) => ({ ...claim, claimed: printable(claim.claimed), actual: printable(claim.actual) }));
}

/** A line feed in a template, whether it was written as one or as `\n`. */
function printable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\n', '\\n') : value;
}

async function requireSameHash(path: string, expected: unknown, complaint: string): Promise<void> {
  if (typeof expected !== 'string') return;
  const actual = await sha256Of(path);
  if (actual !== expected.toLowerCase()) throw mismatch(complaint);
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) digest.update(chunk);
  } catch (cause) {
    const message = `${path} could not be read: ${cause instanceof Error ? cause.message : cause}`;
    throw new AppError('SOURCE_UNREADABLE', { message }, { cause });
  }
  return digest.digest('hex');
}

async function requireSameCount(
  rows: AsyncIterable<Row>,
  expected: number,
  { papersPath, vectorsPath, onProgress }: ImportOptions,
): Promise<void> {
  let counted = 0;
  for await (const _ of rows) {
    counted++;
    if (counted % PROGRESS_EVERY > 0) continue;
    onProgress?.({ stage: 'check', done: counted, total: Math.max(expected, counted) });
  }
  if (counted === expected) return;
  throw mismatch(`${papersPath} has ${counted} rows, and ${vectorsPath} has ${expected} vectors`);
}

/** `rows` throws at a vector of zeros, of NaN or of infinity. */
async function requireDirections(vectors: VectorsFile, { signal }: ImportOptions): Promise<void> {
  for await (const _ of vectors.rows({ ...(signal && { signal }) }));
}

async function* pairUp(
  rows: AsyncIterable<Row>,
  vectors: AsyncGenerator<Float32Array>,
  papersPath: string,
): AsyncGenerator<IncomingRow> {
  try {
    for await (const row of rows) {
      const { value: vector, done } = await vectors.next();
      if (done) throw mismatch(`${papersPath} grew while it was being read`);
      yield { row, vector };
    }
  } finally {
    await vectors.return(undefined);
  }
}

function mismatch(message: string): AppError {
  return new AppError('VECTORS_MISMATCH', { message });
}
