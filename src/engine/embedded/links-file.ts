/** `links.bin`: the links of a snapshot's graph, read at a start, or gently by a server that is answering. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { isAppError } from '../../fault/app-error.ts';
import { type GraphLinkSections, GraphLinks } from './graph-links.ts';
import type { SnapshotEntry } from './manifest.ts';
import { Slices } from './slices.ts';
import { parseSnapshot, readSnapshotFile, type Sections, sectionReader } from './snapshot-file.ts';

export const LINKS_FILE = 'links.bin';

const CRC_SLICE_BYTES = 1 << 20;

export function linkSections({ rows, entries, width }: GraphLinkSections): Sections {
  return { rows, entries, width: Uint32Array.of(width) };
}

/** INDEX_DAMAGED. */
export function readLinks(path: string): GraphLinks {
  return toLinks(path, readSnapshotFile(path));
}

/**
 * The same in slices that leave the event loop free. Undefined where the file is not what the manifest seals, or
 * gone because a newer snapshot has replaced it: asking again later is right then.
 */
export async function readLinksGently(
  dir: string,
  { folder, files }: SnapshotEntry,
  signal?: AbortSignal,
): Promise<GraphLinks | undefined> {
  const path = join(dir, folder, LINKS_FILE);
  try {
    const bytes = await readFile(path, { signal });
    const isSealed =
      bytes.length === files[LINKS_FILE]?.bytes && (await crcOf(bytes, signal)) === files[LINKS_FILE].crc32;
    return isSealed ? toLinks(path, parseSnapshot(bytes, path)) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !isAppError(error, 'INDEX_DAMAGED'))
      throw error;
    return undefined;
  }
}

async function crcOf(bytes: Buffer, signal: AbortSignal | undefined): Promise<number> {
  const slices = new Slices(signal);
  let crc = 0;
  for (let at = 0; at < bytes.length; at += CRC_SLICE_BYTES) {
    crc = crc32(bytes.subarray(at, at + CRC_SLICE_BYTES), crc);
    if (slices.isSpent()) await slices.next();
  }
  return crc;
}

function toLinks(path: string, sections: ReturnType<typeof readSnapshotFile>): GraphLinks {
  const section = sectionReader(path, sections);
  const [width = 1] = section('width', Uint32Array);
  return new GraphLinks({
    rows: section('rows', Uint32Array),
    entries: section('entries', Uint32Array),
    width,
  });
}
