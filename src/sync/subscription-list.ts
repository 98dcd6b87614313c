/**
 * The sources of an index: one small JSON file in its folder, replaced as a whole. Every change reads the file anew
 * while nobody else changes it, so that a command and a sync that runs meanwhile do not undo each other.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { replaceFile } from '../indexer/replace-file.ts';
import { nearestName } from '../text/nearest.ts';
import { type Subscription, subscriptionSchema } from './subscription.ts';

const FILE = 'sources.json';
const schema = z.object({ version: z.literal(1), sources: z.array(subscriptionSchema) });

/** Runs something while no other process runs something through a function of the same folder. */
export type Exclusively = <T>(run: () => Promise<T>) => Promise<T>;

export class SubscriptionList {
  readonly #dir: string;
  readonly #exclusively: Exclusively;

  /** Of the index in this folder, which is made when something is written. */
  constructor(dir: string, exclusively: Exclusively) {
    this.#dir = dir;
    this.#exclusively = exclusively;
  }

  read(): Promise<readonly Subscription[]> {
    return readSubscriptions(this.#dir);
  }

  /** Resolves to what was written. What `change` throws is thrown, and nothing is written. */
  async change(
    change: (before: readonly Subscription[]) => readonly Subscription[],
  ): Promise<readonly Subscription[]> {
    await mkdir(this.#dir, { recursive: true });
    return this.#exclusively(async () => {
      const sources = change(await this.read());
      await replaceFile(join(this.#dir, FILE), `${JSON.stringify({ version: 1, sources }, undefined, 2)}\n`);
      return sources;
    });
  }

  /** Changes the one of this name; nothing where somebody has removed it meanwhile. */
  async changeOne(name: string, change: (before: Subscription) => Subscription): Promise<void> {
    await this.change((all) => all.map((one) => (one.name === name ? change(one) : one)));
  }
}

/** In the order they were added; none where there is no file. INDEX_DAMAGED where it is not what we have written. */
export async function readSubscriptions(dir: string): Promise<readonly Subscription[]> {
  const path = join(dir, FILE);
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8'))).sources;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause).split('\n').join(' ') : cause.message;
    throw new AppError(
      'INDEX_DAMAGED',
      {
        message: `${path} does not hold a list of sources: ${reason}`,
        remedy: 'Correct it, or remove the file and add your sources again; no paper is lost.',
      },
      { cause },
    );
  }
}

/** Those of these names, in the order of the list. INPUT_INVALID names every one that is none. */
export function requireNamed(all: readonly Subscription[], names: readonly string[]): Subscription[] {
  const known = all.map(({ name }) => name);
  const issues = names
    .filter((name) => !known.includes(name))
    .map((name) => ({ message: strange(name, known), pointer: name }));
  const [first] = issues;
  if (first === undefined) return all.filter(({ name }) => names.includes(name));
  throw new AppError('INPUT_INVALID', {
    message: issues.length === 1 ? first.message : `${issues.length} names are not those of sources`,
    issues,
    remedy: '`pharos source list` shows the sources of this index.',
  });
}

function strange(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `this index has no source ${name}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}
