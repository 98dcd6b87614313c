/** Reading and writing stretches of files at given places, however few bytes the system takes at a time. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 8 << 20;

/** Memory of its own, so that typed arrays may look at it. Fewer bytes only at the end of the file. */
export function readAt(file: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.from(new ArrayBuffer(bytes));
  let done = 0;
  while (done < bytes) {
    const count = readSync(file, buffer, done, bytes - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

/** Where the next bytes go. */
export function writeAt(file: number, position: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, Math.min(CHUNK_BYTES, bytes.length - done), position + done);
  }
  return position + bytes.length;
}

export function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
