/**
 * One file with everything of an index that cannot be made anew, consistent though a server answers and an import
 * writes. It is made in a folder beside it and then renamed, so it is whole or it is not there.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { AppError } from '../fault/app-error.ts';
import { DATABASES, plainFilesIn, SEAL_FILE } from './contents.ts';
import { copyDatabase } from './copy-database.ts';
import { backupFault } from './fault.ts';
import { newSeal, type Seal, sealedFile } from './seal.ts';

export interface WriteBackupOptions {
  /** The folder of the index. */
  readonly dir: string;
  /** `.tar`, `.tar.gz` or `.tgz`. */
  readonly file: string;
  /** The version of Pharos. */
  readonly pharos: string;
  /** How many papers the copied papers.db in a folder holds, and what its manifest is to be. */
  readonly describe: (folder: string) => Promise<{ readonly papers: number; readonly manifest?: string }>;
  /** Hashes of keys go along. */
  readonly hasKeys?: boolean;
  /** In place of a file that is there. */
  readonly isReplacing?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface WrittenBackup extends Seal {
  /** Of the file. */
  readonly bytes: number;
}

const SUFFIX = /\.(?:tar|tar\.gz|tgz)$/i;
/** In the folder where it is made. */
const ARCHIVE = 'archive.part';
const OWNER_ONLY = 0o600;
/** Vectors hardly shrink, so time is better spent elsewhere. */
const GZIP_LEVEL = 3;

/** INPUT_INVALID for a name that is none or a file that is there, DISK_FULL, INTERRUPTED. */
export async function writeBackup(options: WriteBackupOptions): Promise<WrittenBackup> {
  const file = resolve(options.file);
  requireFree(file, options);
  let room: string | undefined;
  try {
    await mkdir(dirname(file), { recursive: true });
    room = await mkdtemp(join(dirname(file), `.${basename(file)}.making-`));
    const seal = await gather(room, options);
    options.signal?.throwIfAborted();
    const archive = join(room, ARCHIVE);
    await pack(room, { archive, seal, signal: options.signal, isPacked: !/\.tar$/i.test(file) });
    const { size: bytes } = await stat(archive);
    await rename(archive, file);
    return { ...seal, bytes };
  } catch (error) {
    throw backupFault(error, file);
  } finally {
    if (room !== undefined) await rm(room, { recursive: true, force: true });
  }
}

function requireFree(file: string, { isReplacing = false }: WriteBackupOptions): void {
  if (!SUFFIX.test(file)) {
    const message = `${file} is no name of a backup`;
    throw new AppError('INPUT_INVALID', { message, remedy: 'End it with .tar.gz, .tgz or .tar.' });
  }
  if (!isReplacing && existsSync(file)) {
    const remedy = 'Choose another name, or replace it with --replace.';
    throw new AppError('INPUT_INVALID', { message: `${file} is there already`, remedy });
  }
}

/**
 * Copies into the folder, in the order in which less may be known than what comes after: where a harvest stood before
 * the papers were copied is asked again from there, while one that stood beyond them would leave papers out.
 */
async function gather(folder: string, options: WriteBackupOptions): Promise<Seal> {
  const { dir, pharos, hasKeys = false, signal } = options;
  const names = await plainFilesIn(dir, hasKeys);
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await copyFile(join(dir, name), join(folder, name));
  }
  const databases = DATABASES.filter((name) => existsSync(join(dir, name)));
  for (const name of databases) await copyDatabase(join(dir, name), join(folder, name), { signal });
  const { papers, manifest } = await options.describe(folder);
  const files = new Set([...names, ...databases]);
  if (manifest !== undefined) {
    await writeFile(join(folder, 'manifest.json'), manifest);
    files.add('manifest.json');
  }
  const sealed: Seal['files'] = [];
  for (const name of files) sealed.push(await sealedFile(join(folder, name), name));
  return newSeal({ pharos, papers, files: sealed });
}

interface Packing {
  readonly archive: string;
  readonly seal: Seal;
  readonly isPacked: boolean;
  readonly signal: AbortSignal | undefined;
}

async function pack(folder: string, { archive, seal, isPacked, signal }: Packing): Promise<void> {
  await writeFile(join(folder, SEAL_FILE), `${JSON.stringify(seal, null, 1)}\n`);
  const names = [SEAL_FILE, ...seal.files.map(({ name }) => name)];
  const packed = create({ cwd: folder, portable: true, gzip: isPacked && { level: GZIP_LEVEL } }, names);
  // It holds the addresses of alerts and what readers wrote. Synced before it gets its name.
  const target = createWriteStream(archive, { mode: OWNER_ONLY, flags: 'wx', flush: true });
  await pipeline(packed, target, { ...(signal && { signal }) });
  await chmod(archive, OWNER_ONLY);
}
