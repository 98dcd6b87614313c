/**
 * Reads vectors that were computed elsewhere: rows of float16 or float32, little-endian, without gaps, in the order
 * of the rows of the papers' file (faulty rows included), with a JSON file beside them that says what they are.
 * Whether the model is the one of an index is for the caller to compare.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../fault/app-error.ts';
import { decodeFloat16 } from '../vector/float16.ts';
import {
  headerPathOf,
  rowBytesOf,
  type VectorsHeader,
  type VectorType,
  vectorsHeaderSchema,
} from './vectors-header.ts';

export interface VectorsFile {
  readonly header: VectorsHeader;
  /**
   * Every vector in order, brought to unit length. Throws VECTORS_MISMATCH at a row that has no direction (zeros,
   * NaN, infinity), and INTERRUPTED when the signal aborts.
   */
  rows(options?: { readonly signal?: AbortSignal }): AsyncGenerator<Float32Array>;
}

const CHUNK_BYTES = 256 * 1024;
/** Lengths nearer to 1 than this are left alone, so that float32 vectors come back bit by bit. */
const UNIT_TOLERANCE = 1e-6;

/**
 * Reads the header and checks that the file is as long as it says. Throws SOURCE_UNREADABLE or VECTORS_MISMATCH.
 */
export async function openVectors(path: string): Promise<VectorsFile> {
  const bytes = await sizeOf(path);
  const header = await readHeader(path);
  const expected = header.rows * rowBytesOf(header);
  if (bytes !== expected) {
    const shape = `${header.rows} rows of ${header.dimensions} ${header.type} values`;
    throw mismatch(`${path} has ${bytes} bytes, but ${shape} are ${expected}`);
  }
  return { header, rows: (options = {}) => readRows(path, header, options) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const { size } = await stat(path);
    return size;
  } catch (error) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      { message: `${path} could not be read: ${reasonOf(error)}` },
      { cause: error },
    );
  }
}

async function readHeader(path: string): Promise<VectorsHeader> {
  const headerPath = headerPathOf(path);
  if (headerPath === path) throw mismatch(`${path} is the description; name the file of vectors beside it`);
  const { data, error } = vectorsHeaderSchema.safeParse(await readJson(headerPath, path));
  if (data) return data;
  const issues = error.issues.map(({ message, path: keys }) => ({ message, pointer: `/${keys.join('/')}` }));
  const listed = issues.map(({ message, pointer }) => `${pointer}: ${message}`).join('; ');
  throw new AppError('VECTORS_MISMATCH', {
    message: `${headerPath} does not describe vectors (${listed})`,
    issues,
  });
}

async function readJson(headerPath: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(headerPath, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw mismatch(`${headerPath} is not JSON`, error);
    const message = `${path} needs a description beside it, but ${headerPath} could not be read: ${reasonOf(error)}`;
    throw new AppError('SOURCE_UNREADABLE', { message }, { cause: error });
  }
}

async function* readRows(
  path: string,
  header: VectorsHeader,
  { signal }: { readonly signal?: AbortSignal },
): AsyncGenerator<Float32Array> {
  const rowBytes = rowBytesOf(header);
  const stream = createReadStream(path, {
    highWaterMark: rowBytes * Math.ceil(CHUNK_BYTES / rowBytes),
    ...(signal && { signal }),
  });
  let rest: Buffer = Buffer.alloc(0);
  let row = 0;
  try {
    for await (const chunk of stream) {
      const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk]);
      let at = 0;
      for (; at + rowBytes <= bytes.length; at += rowBytes) {
        row += 1;
        yield unit(decode(bytes.subarray(at, at + rowBytes), header.type), path, row);
      }
      rest = bytes.subarray(at);
    }
  } catch (error) {
    if (signal?.aborted) throw new AppError('INTERRUPTED', {}, { cause: error });
    throw error;
  }
}

function decode(bytes: Buffer, type: VectorType): Float32Array {
  if (type === 'float16') return decodeFloat16(bytes);
  const floats = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  for (let index = 0; index < floats.length; index += 1) {
    floats[index] = bytes.readFloatLE(index * Float32Array.BYTES_PER_ELEMENT);
  }
  return floats;
}

/** float16 rounds a unit vector to a length up to 0.0005 off, which would count in every dot product. */
function unit(vector: Float32Array, path: string, row: number): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) {
    throw mismatch(`Row ${row} of ${path} has no direction: its length is ${length}`);
  }
  return Math.abs(length - 1) <= UNIT_TOLERANCE ? vector : vector.map((value) => value / length);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function mismatch(message: string, cause?: unknown): AppError {
  return new AppError('VECTORS_MISMATCH', { message }, { cause });
}
