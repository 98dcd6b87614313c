/**
 * What is being done to an index right now and how far it has come, told to whoever reads the folder: each process
 * that works on it keeps a small file there and takes it away at its end. Nothing depends on these notes; a process that died
 * leaves one behind, which no reader believes.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = 'at-work';
/** More often nobody looks. */
const EVERY_MS = 1_000;
/** A process that cannot be seen from here, in another container say, is believed so long. */
const FRESH_MS = 30_000;
/** One that can be seen may be at a step that tells nothing of itself. */
const SILENT_MS = 3_600_000;

const schema = z.object({
  pid: z.int().positive(),
  started: z.iso.datetime(),
  /** When the note was last written. */
  changed: z.iso.datetime(),
  /** As stages of progress are called: `store`, `embed`. */
  stage: z.string(),
  done: z.number().nonnegative(),
  /** Null while nobody knows. */
  total: z.number().nonnegative().nullable(),
});

export type WorkNote = Readonly<z.infer<typeof schema>>;

export interface WorkStep {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
}

export class WorkNoter {
  readonly #folder: string;
  readonly #path: string;
  readonly #started = new Date();
  #toldMs = Number.NEGATIVE_INFINITY;
  #stage = '';

  /** Of the index in this folder, where nothing is written before the folder is there. */
  constructor(dir: string) {
    this.#folder = join(dir, FOLDER);
    this.#path = join(this.#folder, `${process.pid}.json`);
  }

  /** At most once a second, unless another stage begins. Work goes on whether or not it can be noted. */
  note({ stage, done, total }: WorkStep): void {
    const nowMs = Date.now();
    if (stage === this.#stage && nowMs - this.#toldMs < EVERY_MS) return;
    this.#stage = stage;
    this.#toldMs = nowMs;
    const note: WorkNote = {
      pid: process.pid,
      started: this.#started.toISOString(),
      changed: new Date(nowMs).toISOString(),
      ...{ stage, done, total: total ?? null },
    };
    attempt(() => {
      mkdirSync(this.#folder, { recursive: false });
    }, ['EEXIST']);
    attempt(() => {
      writeFileSync(`${this.#path}.tmp`, JSON.stringify(note));
      renameSync(`${this.#path}.tmp`, this.#path);
    });
  }

  clear(): void {
    attempt(() => rmSync(this.#path, { force: true }));
  }
}

/** No folder yet, a folder or a disk that takes nothing: then there is no note. */
const UNWRITABLE = ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'];

function attempt(write: () => void, alsoFine: readonly string[] = []): void {
  try {
    write();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (![...UNWRITABLE, ...alsoFine].includes(code)) throw error;
  }
}

/** What is at work on the index in this folder, the longest first. */
export async function readWorkNotes(dir: string, nowMs = Date.now()): Promise<readonly WorkNote[]> {
  const folder = join(dir, FOLDER);
  const names = await orNothing(readdir(folder), []);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) => orNothing(readFile(join(folder, name), 'utf8'), '')),
  );
  return texts
    .flatMap((text) => noteIn(text))
    .filter((note) => isBelieved(note, nowMs))
    .sort((a, b) => a.started.localeCompare(b.started));
}

/** It may be gone by the time it is read. */
async function orNothing<T>(reading: Promise<T>, nothing: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw error;
  }
}

function noteIn(text: string): WorkNote[] {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? [read.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isBelieved({ pid, changed }: WorkNote, nowMs: number): boolean {
  const silentMs = nowMs - Date.parse(changed);
  return silentMs < FRESH_MS || (silentMs < SILENT_MS && isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
