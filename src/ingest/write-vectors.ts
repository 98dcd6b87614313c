/**
 * Writes vectors in the form that `openVectors` reads. Both files appear under their names only when they are whole,
 * the description last: whoever finds it finds the vectors it describes.
 */
import { createHash } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { AppError } from '../fault/app-error.ts';
import { encodeFloat16 } from '../vector/float16.ts';
import { headerPathOf, rowBytesOf, type VectorsHeader } from './vectors-header.ts';

export interface WriteVectorsOptions extends Pick<VectorsHeader, 'dimensions' | 'type' | 'model' | 'corpus'> {
  /** Each of `dimensions` floats. */
  readonly rows: AsyncIterable<Float32Array> | Iterable<Float32Array>;
}

const BUFFER_BYTES = 1024 * 1024;

/**
 * Resolves to the description written. Where it fails nothing new is left behind: DISK_FULL, or INPUT_INVALID for a
 * place that cannot be written to. A vector of another length is a RangeError.
 */
export async function writeVectors(path: string, options: WriteVectorsOptions): Promise<VectorsHeader> {
  const headerPath = headerPathOf(path);
  if (headerPath === path)
    throw refused(`${path} is where the description goes; end the name in .f16 or .f32`);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const header = await writeFileOf(temporary, options);
    // Until the new description is there, no old one may stand beside the new vectors.
    await rm(headerPath, { force: true });
    await rename(temporary, path);
    await writeFile(temporary, `${JSON.stringify(header, null, 2)}\n`, { flush: true });
    await rename(temporary, headerPath);
    return header;
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(path, error);
  }
}

async function writeFileOf(path: string, options: WriteVectorsOptions): Promise<VectorsHeader> {
  const { dimensions, type, model, corpus } = options;
  const digest = createHash('sha256');
  const file = await open(path, 'w');
  let bytes = 0;
  try {
    for await (const block of blocksOf(options)) {
      digest.update(block);
      await file.writeFile(block);
      bytes += block.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const rows = bytes / rowBytesOf(options);
  const sha256 = digest.digest('hex');
  return { rows, dimensions, type, byteOrder: 'little', model, ...(corpus && { corpus }), sha256 };
}

/** The rows as bytes, many at a time. */
async function* blocksOf({ rows, dimensions, type }: WriteVectorsOptions): AsyncGenerator<Buffer> {
  let block: Uint8Array[] = [];
  let bytes = 0;
  for await (const vector of rows) {
    if (vector.length !== dimensions) {
      throw new RangeError(`a vector has ${vector.length} values instead of ${dimensions}`);
    }
    const row = type === 'float16' ? encodeFloat16(vector) : encodeFloat32(vector);
    block.push(row);
    bytes += row.length;
    if (bytes < BUFFER_BYTES) continue;
    yield Buffer.concat(block);
    block = [];
    bytes = 0;
  }
  yield Buffer.concat(block);
}

function encodeFloat32(vector: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(vector.byteLength);
  vector.forEach((value, index) => {
    bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  });
  return bytes;
}

function unwritable(path: string, error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('DISK_FULL', { message: `There is no room for ${path}` }, { cause: error });
  }
  return syscall === undefined ? error : refused(`${path} could not be written: ${message}`, error);
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError(
    'INPUT_INVALID',
    { message, remedy: 'Name a file in a folder you may write to.' },
    { cause },
  );
}
