/**
 * Unpacks gzip where the bytes say that it is gzip, whatever the file is called. A file that is cut off or damaged
 * gives everything up to that point first; a plain pipe through zlib would throw that away with the error.
 */
import { createGunzip, type Gunzip } from 'node:zlib';
import { AppError } from '../fault/app-error.ts';
import { peek } from './peek.ts';
import { nameOf } from './read-bytes.ts';

const MAGIC = [0x1f, 0x8b];
/** Bounds what one step can unpack to: at most about a thousandfold. */
const STEP_BYTES = 16 * 1024;

/** `path` is for the message of SOURCE_UNREADABLE, thrown where the compressed data ends or makes no sense. */
export async function* gunzipIfPacked(source: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const { head, chunks } = await peek(source, MAGIC.length);
  if (MAGIC.every((byte, at) => head[at] === byte)) yield* gunzip(chunks, path);
  else yield* chunks;
}

async function* gunzip(source: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const unpacked: Buffer[] = [];
  const inflate = createGunzip().on('data', (chunk: Buffer) => unpacked.push(chunk));
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += STEP_BYTES) {
        await step(inflate, chunk.subarray(at, at + STEP_BYTES));
        yield* unpacked.splice(0);
      }
    }
    await step(inflate, undefined);
    yield* unpacked.splice(0);
  } catch (error) {
    if (error instanceof AppError) throw error;
    yield* unpacked.splice(0);
    throw damaged(path, error);
  } finally {
    inflate.destroy();
  }
}

/** Resolves when the packed bytes have been worked through, or, without any, when the last output has come. */
function step(inflate: Gunzip, packed: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      inflate.off('error', reject);
      resolve();
    };
    inflate.once('error', reject);
    if (packed === undefined) inflate.once('end', done).end();
    else inflate.write(packed, (error) => (error ? reject(error) : done()));
  });
}

function damaged(path: string, error: unknown): AppError {
  const isCutOff = (error as { code?: unknown }).code === 'Z_BUF_ERROR';
  const reason = isCutOff ? 'is cut off: its compressed data has no end' : 'holds damaged compressed data';
  const remedy = 'Copy or download the file again.';
  return new AppError(
    'SOURCE_UNREADABLE',
    { message: `${nameOf(path)} ${reason}`, remedy },
    { cause: error },
  );
}
