/**
 * The graph as a snapshot keeps it: what hnswlib wrote, with the components of vectors as float16. Every vector comes
 * from papers.db, where it is float16 already, so this halves the file and loses nothing. hnswlib reads its own form
 * only, so a graph that is to grow is unpacked into a temporary file first.
 */
import { closeSync, fstatSync, fsyncSync, openSync } from 'node:fs';
import { decodeFloat16, encodeFloat16 } from '../../vector/float16.ts';
import { readAt, withFile, writeAt } from './file-bytes.ts';
import { HEADER_BYTES, type HnswHeader, PACKED_MAGIC, readHnswHeader, recordChunks } from './hnsw-file.ts';
import { Slices } from './slices.ts';

const COPIED_BYTES = 1 << 20;

/**
 * Writes and syncs. A component that is no float16 is rounded to the nearest: from 2^-14 to 65,504 by at most one part
 * in 2,048, below by at most 2^-25. INDEX_DAMAGED where `plain` is not a whole graph.
 */
export function packGraph(plain: string, packed: string): void {
  const header = readHnswHeader(plain);
  const to = openSync(packed, 'w');
  try {
    let at = writeAt(to, 0, PACKED_MAGIC);
    withFile(plain, (from) => {
      for (const chunk of rewritten(from, header, packedVector)) at = writeAt(to, at, chunk);
    });
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
}

/** Leaves the event loop free, and nothing synced. Rejects with the reason of an abort. INDEX_DAMAGED. */
export async function unpackGraph(packed: string, plain: string, signal?: AbortSignal): Promise<void> {
  const header = readHnswHeader(packed);
  const slices = new Slices(signal);
  const from = openSync(packed, 'r');
  try {
    const to = openSync(plain, 'w');
    try {
      let at = 0;
      for (const chunk of rewritten(from, header, unpackedVector)) {
        signal?.throwIfAborted();
        at = writeAt(to, at, chunk);
        if (slices.isSpent()) await slices.next();
      }
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
}

type VectorBytes = (vector: Buffer) => Uint8Array;

const packedVector: VectorBytes = ({ buffer, byteOffset, length }) =>
  encodeFloat16(new Float32Array(buffer, byteOffset, length / Float32Array.BYTES_PER_ELEMENT));

const unpackedVector: VectorBytes = (vector) => new Uint8Array(decodeFloat16(vector).buffer);

/** Everything from hnswlib's header on, a piece at a time, with other vectors. */
function* rewritten(file: number, header: HnswHeader, vectorBytes: VectorBytes): Generator<Uint8Array> {
  yield readAt(file, header.recordsAt - HEADER_BYTES, HEADER_BYTES);
  for (const chunk of recordChunks(file, header)) yield withVectors(chunk, header, vectorBytes);
  const { size } = fstatSync(file);
  for (let at = header.recordsEnd; at < size; at += COPIED_BYTES)
    yield readAt(file, at, Math.min(COPIED_BYTES, size - at));
}

function withVectors(
  chunk: Buffer,
  { recordBytes, vectorOffset, labelOffset }: HnswHeader,
  vectorBytes: VectorBytes,
): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < chunk.length; at += recordBytes) {
    pieces.push(
      chunk.subarray(at, at + vectorOffset),
      vectorBytes(chunk.subarray(at + vectorOffset, at + labelOffset)),
      chunk.subarray(at + labelOffset, at + recordBytes),
    );
  }
  return Buffer.concat(pieces);
}
