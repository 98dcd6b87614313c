/**
 * What of the folder of an index is worth keeping: what was put in or decided by somebody. What derives from it, the
 * snapshot and the map, is made anew and left out; so are locks.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const SEAL_FILE = 'backup.json';
/** Each is copied by SQLite itself, so that it is of one moment though somebody writes. */
export const DATABASES: readonly string[] = ['alerts.db', 'papers.db'];

const FILES = ['manifest.json', 'sources.json', 'harvests.json'];
/** Folders, the names of what is theirs, and whether nobody but the user of the server may read it. */
const FOLDERS = [
  { folder: 'readers', names: /^(?:local|[0-9a-f]{12})\.json$/, isPrivate: true },
  { folder: 'profiles', names: /^[a-z0-9][a-z0-9._-]{0,63}\.json$/, isPrivate: false },
  { folder: 'keys', names: /^[0-9a-f]{12}\.json$/, isPrivate: true },
] as const;

/** Of the files that are there, as they stand in the folder, `/` between folder and name. */
export async function plainFilesIn(dir: string, hasKeys: boolean): Promise<string[]> {
  const present = new Set(await namesIn(dir));
  const inFolders = FOLDERS.filter(({ folder }) => folder !== 'keys' || hasKeys).map(
    async ({ folder, names }) => {
      const files = present.has(folder) ? await namesIn(join(dir, folder)) : [];
      return files.filter((name) => names.test(name)).map((name) => `${folder}/${name}`);
    },
  );
  return [...FILES.filter((name) => present.has(name)), ...(await Promise.all(inFolders)).flat()];
}

/** Whether a backup may hold a file of that name; an archive of somebody else may hold anything. */
export function isContent(name: string): boolean {
  if (name === SEAL_FILE || FILES.includes(name) || DATABASES.includes(name)) return true;
  const [folder, file = '', ...deeper] = name.split('/');
  return deeper.length === 0 && FOLDERS.some((one) => one.folder === folder && one.names.test(file));
}

export function isPrivate(name: string): boolean {
  return name === 'alerts.db' || FOLDERS.some((one) => one.isPrivate && name.startsWith(`${one.folder}/`));
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
