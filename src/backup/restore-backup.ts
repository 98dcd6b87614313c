/**
 * The folder of an index, made of a backup. Everything is unpacked and proved in a folder beside it, which is then
 * renamed: the index is whole or it is not there.
 */
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { extract } from 'tar';
import { AppError } from '../fault/app-error.ts';
import { isContent, isPrivate, SEAL_FILE } from './contents.ts';
import { backupFault, notWhole } from './fault.ts';
import { type Seal, sealedFile, sealSchema } from './seal.ts';

export interface RestoreOptions {
  readonly file: string;
  /** Must not be there, or be empty. */
  readonly dir: string;
  /** Opens the index that lies in a folder, and tells how many papers it holds. */
  readonly countPapers: (folder: string) => Promise<number>;
  readonly signal?: AbortSignal | undefined;
}

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const FOR_READING = 0o644;
const FOLDER = 0o755;

/** INPUT_INVALID for a folder that is not empty, SOURCE_UNREADABLE for what is no whole backup, DISK_FULL, INTERRUPTED. */
export async function restoreBackup(options: RestoreOptions): Promise<Seal> {
  const dir = resolve(options.dir);
  await requireEmpty(dir);
  let room: string | undefined;
  try {
    await mkdir(dirname(dir), { recursive: true });
    room = await mkdtemp(join(dirname(dir), `.${basename(dir)}.restoring-`));
    await unpack(options.file, room);
    const seal = await prove(room, options);
    await settle(room, seal);
    options.signal?.throwIfAborted();
    await rmdir(dir).catch(orNothing);
    await rename(room, dir);
    return seal;
  } catch (error) {
    throw backupFault(error, dir);
  } finally {
    // Of an archive that is torn the files before are still being written for a moment.
    if (room !== undefined) await rm(room, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function requireEmpty(dir: string): Promise<void> {
  const names = await readdir(dir).catch(orNothing);
  if (names === undefined || names.length === 0) return;
  throw new AppError('INPUT_INVALID', {
    message: `${dir} is not empty`,
    remedy: 'Name another folder with --index, or move that one away: a backup is put in place of nothing.',
  });
}

/** Takes plain files that a backup may hold, and refuses an archive that holds anything else. */
async function unpack(file: string, folder: string): Promise<void> {
  const foreign: string[] = [];
  const filter = (path: string, entry: object) => {
    const isOurs = isContent(path) && 'type' in entry && (entry.type === 'File' || entry.type === 'OldFile');
    if (!isOurs) foreign.push(path);
    return isOurs;
  };
  try {
    await extract({ file, cwd: folder, filter, strict: true, preserveOwner: false });
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const isOfDisk = ['ENOSPC', 'EDQUOT', 'EACCES'].includes(String((cause as NodeJS.ErrnoException).code));
    if (isOfDisk) throw cause;
    throw notWhole(file, isAbsent ? 'there is no such file' : (cause as Error).message, cause);
  }
  const [first] = foreign;
  if (first !== undefined) throw notWhole(file, `it holds ${JSON.stringify(first.slice(0, 100))}`);
}

async function prove(folder: string, { file, countPapers, signal }: RestoreOptions): Promise<Seal> {
  const seal = await readSeal(folder, file);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const there = entries.filter((entry) => entry.isFile() && entry.name !== SEAL_FILE).length;
  if (there !== seal.files.length)
    throw notWhole(file, `${seal.files.length} files are named, ${there} there`);
  for (const { name, bytes, sha256 } of seal.files) {
    signal?.throwIfAborted();
    if (!isContent(name)) throw notWhole(file, `it names ${JSON.stringify(name.slice(0, 100))}`);
    const found = await sealedFile(join(folder, name), name).catch(orNothing);
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw notWhole(file, `${name} is not what it was`);
  }
  const papers = await countPapers(folder);
  if (papers !== seal.papers) throw notWhole(file, `it has ${papers} papers and not ${seal.papers}`);
  return seal;
}

async function readSeal(folder: string, file: string): Promise<Seal> {
  const text = await readFile(join(folder, SEAL_FILE), 'utf8').catch(orNothing);
  if (text === undefined) throw notWhole(file, `there is no ${SEAL_FILE} in it`);
  try {
    return sealSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw notWhole(file, `this Pharos cannot read its ${SEAL_FILE}`, cause);
  }
}

/** As it lay, and on the disk. The seal has served. */
async function settle(folder: string, { files }: Seal): Promise<void> {
  await rm(join(folder, SEAL_FILE));
  await chmod(folder, FOLDER);
  for (const { name } of files) {
    const path = join(folder, name);
    await chmod(path, isPrivate(name) ? OWNER_ONLY : FOR_READING);
    if (name.includes('/') && isPrivate(name)) await chmod(dirname(path), OWNER_ONLY_FOLDER);
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}

function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
