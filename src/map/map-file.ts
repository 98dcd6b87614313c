/**
 * The map on disk: `map.bin` in the folder of the index, replaced as a whole. Eight bytes that name the form, the lengths of
 * head and body and the body's CRC-32, the head as JSON, the columns one after the other, little-endian. What derives from
 * the stored papers can be made anew, so whatever is wrong with it there is one remedy.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import type { MapColumns, PaperMap } from './paper-map.ts';

const FILE = 'map.bin';
const MAGIC = 'PHARMAP1';
const PRELUDE_BYTES = MAGIC.length + 12;
/** docId, two coordinates, category, year, landmark. */
const BYTES_A_PAPER = 4 + 4 + 1 + 1 + 1;

const headSchema = z.object({
  index: z.string(),
  generation: z.int(),
  laidOut: z.int(),
  categories: z.array(z.string()),
  years: z.array(z.object({ from: z.int(), to: z.int() })),
  regions: z.array(z.object({ words: z.array(z.string()), x: z.int(), y: z.int(), papers: z.int() })),
});

export function mapPath(dir: string): string {
  return join(dir, FILE);
}

/** After a crash at any instant there is the map that was or the one that was to be. */
export async function writeMap(dir: string, map: PaperMap): Promise<void> {
  const temporary = `${mapPath(dir)}.${process.pid}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(encodeMap(map));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, mapPath(dir));
}

/** MAP_UNAVAILABLE where there is none, or what is there is torn. */
export async function readMap(dir: string): Promise<PaperMap> {
  return decodeMap(await readFile(mapPath(dir)).catch(refuseUnread));
}

function refuseUnread(error: NodeJS.ErrnoException): never {
  const message =
    error.code === 'ENOENT' ? 'No map was made of this index' : `The map could not be read: ${error.code}`;
  throw new AppError('MAP_UNAVAILABLE', { message }, { cause: error });
}

export function encodeMap({ head, columns }: PaperMap): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const { docIds, places, categories, years, landmarks } = columns;
  const parts = [docIds, places, categories, years, landmarks].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const body = Buffer.concat([text, ...parts]);
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  prelude.write(MAGIC, 'latin1');
  prelude.writeUInt32LE(text.length, MAGIC.length);
  prelude.writeUInt32LE(docIds.length, MAGIC.length + 4);
  prelude.writeUInt32LE(crc32(body), MAGIC.length + 8);
  return Buffer.concat([prelude, body]);
}

/** MAP_UNAVAILABLE where the bytes are not all those of a map. */
export function decodeMap(file: Buffer): PaperMap {
  if (file.length < PRELUDE_BYTES || file.toString('latin1', 0, MAGIC.length) !== MAGIC) throw torn();
  const headBytes = file.readUInt32LE(MAGIC.length);
  const count = file.readUInt32LE(MAGIC.length + 4);
  const body = file.subarray(PRELUDE_BYTES);
  const isWhole = body.length === headBytes + count * BYTES_A_PAPER;
  if (!isWhole || crc32(body) !== file.readUInt32LE(MAGIC.length + 8)) throw torn();
  const head = headSchema.safeParse(JSON.parse(body.toString('utf8', 0, headBytes)));
  if (!head.success) throw torn();
  return { head: head.data, columns: decodeColumns(body.subarray(headBytes), count) };
}

function decodeColumns(bytes: Buffer, count: number): MapColumns {
  // A copy lies where typed arrays may begin.
  const { buffer } = Uint8Array.from(bytes);
  return {
    docIds: new Uint32Array(buffer, 0, count),
    places: new Uint16Array(buffer, 4 * count, 2 * count),
    categories: new Uint8Array(buffer, 8 * count, count),
    years: new Uint8Array(buffer, 9 * count, count),
    landmarks: new Uint8Array(buffer, 10 * count, count),
  };
}

function torn(): AppError {
  return new AppError('MAP_UNAVAILABLE', { message: 'The map of this index is damaged' });
}
