/** The files of a folder, of a tar archive (plain or gzip), or one file, in an order that is the same each time. */
import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { AppError } from '../fault/app-error.ts';
import { gunzipIfPacked } from '../ingest/gunzip.ts';
import { readBytes } from '../ingest/read-bytes.ts';

export interface SourceFile {
  readonly name: string;
  /** When the file, or the archive that holds it, changed last on this machine. */
  readonly changedMs: number;
  /** To be read before the next file is taken. */
  readonly chunks: AsyncIterable<Buffer>;
}

export interface SourceFilesOptions {
  /** Of the name with its folders. */
  readonly isWanted: (name: string) => boolean;
  /** Only files behind that of this name. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const ARCHIVE = /\.(?:tar|tgz|tar\.gz)$/i;
/** Of one file in an archive, which is held as a whole. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Throws SOURCE_UNREADABLE; from an archive that is cut off, behind the files before. */
export async function* sourceFiles(path: string, options: SourceFilesOptions): AsyncGenerator<SourceFile> {
  const found = await statOf(path);
  if (found.isDirectory()) yield* folderFiles(path, options);
  else if (ARCHIVE.test(path)) yield* archiveFiles(path, found.ctimeMs, options);
  else if (options.after !== path) yield fileAt(path, found.ctimeMs, options);
}

async function* folderFiles(folder: string, options: SourceFilesOptions): AsyncGenerator<SourceFile> {
  const { isWanted, after = '' } = options;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const name of names.filter((one) => isWanted(one) && one > after).sort()) {
    options.signal?.throwIfAborted();
    yield fileAt(name, (await statOf(name)).ctimeMs, options);
  }
}

function fileAt(name: string, changedMs: number, { signal }: SourceFilesOptions): SourceFile {
  return { name, changedMs, chunks: unpacked(name, signal) };
}

function unpacked(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  return gunzipIfPacked(readBytes(path, { ...(signal && { signal }) }), path);
}

async function* archiveFiles(
  path: string,
  changedMs: number,
  { isWanted, after, signal }: SourceFilesOptions,
): AsyncGenerator<SourceFile> {
  const archive = new OpenArchive(path, isWanted);
  let isBehind = after === undefined;
  const take = function* (): Generator<SourceFile> {
    for (const { name, bytes } of archive.taken()) {
      if (isBehind) yield { name: `${path}/${name}`, changedMs, chunks: once(bytes) };
      isBehind ||= `${path}/${name}` === after;
    }
  };
  for await (const chunk of unpacked(path, signal)) {
    archive.write(chunk);
    yield* take();
  }
  archive.end();
  yield* take();
  archive.requireWhole();
  // Another archive has come in its place.
  if (!isBehind) yield* archiveFiles(path, changedMs, { isWanted, signal });
}

/** An archive that is being read; the files that are complete wait in it. */
class OpenArchive {
  readonly #path: string;
  readonly #parser: Parser;
  #complete: { readonly name: string; readonly bytes: Buffer }[] = [];
  #open = 0;
  #flaw: string | undefined;
  #lastByte = 0;

  constructor(path: string, isWanted: (name: string) => boolean) {
    this.#path = path;
    this.#parser = new Parser({
      filter: isWanted,
      onReadEntry: (entry) => this.#begin(entry),
      onwarn: (_, message) => {
        this.#flaw ??= String(message);
      },
    });
    this.#parser.on('error', (error: unknown) => {
      this.#flaw ??= String(error);
    });
  }

  write(chunk: Buffer): void {
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
    this.#parser.write(chunk);
  }

  end(): void {
    this.#parser.end();
  }

  taken() {
    return this.#complete.splice(0);
  }

  /** Behind its last file an archive has nothing but zeros. */
  requireWhole(): void {
    if (this.#open > 0 || this.#lastByte !== 0) throw unreadable(this.#path, 'the archive is cut off');
    if (this.#flaw !== undefined) throw unreadable(this.#path, this.#flaw);
  }

  #begin(entry: ReadEntry): void {
    if (entry.type !== 'File' && entry.type !== 'OldFile') {
      entry.resume();
      return;
    }
    if (entry.size > MOST_BYTES)
      throw unreadable(this.#path, `${entry.path} is longer than ${MOST_BYTES} bytes`);
    const parts: Buffer[] = [];
    this.#open++;
    entry.on('data', (part: Buffer) => parts.push(part));
    entry.on('end', () => {
      this.#open--;
      this.#complete.push({ name: entry.path, bytes: Buffer.concat(parts) });
    });
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function statOf(path: string): Promise<Stats> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error.code === 'ENOENT' ? 'there is no such file or folder' : error.message);
  });
}

function unreadable(path: string, reason: string): AppError {
  return new AppError('SOURCE_UNREADABLE', { message: `${path}: ${reason}` });
}
