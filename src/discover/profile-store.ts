/**
 * Libraries under names, so that nobody has to point at the same file every morning. One JSON file each, in a folder of
 * the index, with the papers whole: a profile goes on working when a paper leaves the index, and moves with the index.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { normalizePaper } from '../paper/normalize-paper.ts';
import type { Paper, PartialDate } from '../paper/paper.ts';

export interface Profile {
  readonly name: string;
  /** The day it was saved. */
  readonly saved: PartialDate;
  readonly papers: readonly Paper[];
  /** To be far from. */
  readonly negatives: readonly Paper[];
}

/** Safe as the name of a file everywhere, and the same on disks that know no case. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const SUFFIX = '.json';
const PROFILE = z.object({
  saved: z.string(),
  papers: z.array(z.unknown()),
  negatives: z.array(z.unknown()),
});

export class ProfileStore {
  readonly #folder: string;

  /** The folder is made when the first profile is saved. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Replaces the profile of that name. INPUT_INVALID for a name that is none. */
  async save(profile: Profile): Promise<void> {
    const { name, ...body } = profile;
    const path = this.#pathOf(name);
    await mkdir(this.#folder, { recursive: true });
    // Written beside it and renamed: a profile is whole or it is the one before.
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, `${JSON.stringify(body, null, 1)}\n`);
    await rename(draft, path);
  }

  /** INPUT_INVALID where there is none of that name, SOURCE_UNREADABLE where its file is damaged. */
  async read(name: string): Promise<Profile> {
    const path = this.#pathOf(name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) throw await this.#unknown(name);
    try {
      const { saved, papers, negatives } = PROFILE.parse(JSON.parse(text));
      return { name, saved, papers: papers.map(toPaper), negatives: negatives.map(toPaper) };
    } catch (cause) {
      const message = `The profile ${name} is damaged: ${path}`;
      throw new AppError('SOURCE_UNREADABLE', { message, remedy: 'Save it again.' }, { cause });
    }
  }

  /** In alphabetical order. */
  async names(): Promise<string[]> {
    const files = await readdir(this.#folder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return files
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => file.slice(0, -SUFFIX.length))
      .filter((name) => NAME.test(name))
      .sort();
  }

  /** INPUT_INVALID where there is none of that name. */
  async remove(name: string): Promise<void> {
    const path = this.#pathOf(name);
    if (!(await this.names()).includes(name)) throw await this.#unknown(name);
    await rm(path);
  }

  async #unknown(name: string): Promise<AppError> {
    const names = await this.names();
    const remedy =
      names.length === 0 ? 'Save one with `pharos profile save`.' : `There are ${names.join(', ')}.`;
    return new AppError('INPUT_INVALID', { message: `there is no profile ${name}`, remedy });
  }

  #pathOf(name: string): string {
    if (NAME.test(name)) return join(this.#folder, name + SUFFIX);
    throw new AppError('INPUT_INVALID', {
      message: `${JSON.stringify(name.slice(0, 80))} is no name of a profile`,
      remedy: 'Use up to 64 lower-case letters, digits, dots, hyphens and underscores.',
    });
  }
}

function toPaper(value: unknown): Paper {
  return normalizePaper(z.record(z.string(), z.unknown()).parse(value));
}
