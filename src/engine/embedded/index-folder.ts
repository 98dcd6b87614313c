/** Where the parts of an index lie in its folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export function databasePath(dir: string): string {
  return join(dir, 'papers.db');
}

export function hasIndex(dir: string): boolean {
  return existsSync(databasePath(dir));
}

/** Bytes of all files of the index; files that vanish while counting do not count. */
export function bytesOnDisk(dir: string): number {
  let bytes = 0;
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const stats = statSync(join(dir, name), { throwIfNoEntry: false });
    if (stats?.isFile()) bytes += stats.size;
  }
  return bytes;
}
