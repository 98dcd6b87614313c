/** The whole of an answer in memory, unpacked, and never more of it than was agreed on. */
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../fault/app-error.ts';
import type { FaultCode } from '../fault/codes.ts';
import type { Answer } from './send-request.ts';

/** What `readBody` can unpack, as a header tells it. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Rejects with the code given as soon as more than `maxBytes` came out of it, so that a packed bomb costs no more
 * than that, and with whatever the connection or the unpacking rejects with.
 */
export async function readBody(
  { body, header }: Answer,
  maxBytes: number,
  { address, code }: { readonly address: string; readonly code: FaultCode },
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const piece of source) {
      bytes += piece.length;
      if (bytes > maxBytes) {
        throw new AppError(code, { message: `${address} answers with more than ${maxBytes} bytes` });
      }
      pieces.push(piece);
    }
  };
  const unpack = UNPACKERS[header('content-encoding')?.trim().toLowerCase() ?? ''];
  const source: Readable = body;
  if (unpack) await pipeline(source, unpack(), (unpacked: AsyncIterable<Buffer>) => collect(unpacked));
  else await pipeline(source, (plain: AsyncIterable<Buffer>) => collect(plain));
  return Buffer.concat(pieces);
}
