/** What the tests of this room read: streams of given bytes, files of their own, and all rows at once. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import { type ReadPapersOptions, readPapers } from '../../src/ingest/open-source.ts';
import type { Row } from '../../src/ingest/row.ts';

export interface Folder {
  /** Writes a file and resolves to its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  path(name: string): string;
}

/** A folder for the tests of one file, removed after them. */
export function temporaryFolder(): Folder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-ingest-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    async write(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
  };
}

export async function* chunksOf(bytes: Uint8Array, size = 7): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The rows of these bytes, given on standard input in pieces. */
export function rowsOf(content: string | Uint8Array, options: ReadPapersOptions = {}): Promise<Row[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const stdin = Readable.from(chunksOf(bytes, 1000), { objectMode: false });
  return collect(readPapers('-', { ...options, stdin }));
}

/** `line title` of a paper, `line =id` of a reference, `line !reason` of a fault. */
export function brief(row: Row): string {
  if ('reference' in row) return `${row.place.line} =${row.reference.id}`;
  return 'paper' in row ? `${row.place.line} ${row.paper.title}` : `${row.place.line} !${row.fault.message}`;
}
