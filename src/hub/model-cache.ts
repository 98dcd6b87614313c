/**
 * Where fetched models lie: a folder each, named after model and commit, in one folder of the user's. A folder that
 * has a record is whole; whatever else is there is on its way, under a name that nobody takes for a model.
 */
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_FILE } from '../embed/model-record.ts';

interface CachedModel {
  readonly hubId: string;
  /** A commit; of a branch any commit that is there will do, the latest fetched first. */
  readonly revision: string;
}

/** Also where a file stands in the way of a folder. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR']);
const COMMIT = /^[0-9a-f]{40}$/;

export function cacheFolder(modelsDir: string, { hubId, revision }: CachedModel): string {
  return join(modelsDir, folderName(hubId, revision));
}

/** Absolute; undefined where it has not been fetched yet. */
export async function findCached(modelsDir: string, model: CachedModel): Promise<string | undefined> {
  if (COMMIT.test(model.revision)) {
    const folder = cacheFolder(modelsDir, model);
    return (await isWhole(folder)) ? folder : undefined;
  }
  // What was fetched first holds, until it is deleted: a branch that moved would be another model.
  const prefix = folderName(model.hubId, '');
  const names = (await namesIn(modelsDir)).filter(
    (name) => name.startsWith(prefix) && !name.endsWith('.partial'),
  );
  const found: { readonly folder: string; readonly fetchedMs: number }[] = [];
  for (const name of names) {
    const folder = join(modelsDir, name);
    if (await isWhole(folder))
      found.push({ folder, fetchedMs: (await stat(join(folder, RECORD_FILE))).mtimeMs });
  }
  return found.sort((a, b) => b.fetchedMs - a.fetchedMs)[0]?.folder;
}

/** The commit, or the branch where the hub told none, that a folder of the cache holds. */
export function revisionIn(folder: string): string {
  return folder.slice(folder.lastIndexOf('@') + 1);
}

function folderName(hubId: string, revision: string): string {
  return `${hubId.replace('/', '--')}@${revision.replaceAll('/', '--')}`;
}

function isWhole(folder: string): Promise<boolean> {
  return access(join(folder, RECORD_FILE)).then(
    () => true,
    () => false,
  );
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (NOT_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
