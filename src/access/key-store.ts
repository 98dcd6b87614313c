/**
 * The keys of an index: one small file each in `keys/` of its folder, which only their owner can read. A file a key,
 * so that two who make keys at once lose none, and a key that is revoked is gone at the next request.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { isSecretOf, type Key, newKey, readKeyText, SCOPES, type Scope, type StoredKey } from './key.ts';

const FOLDER = 'keys';
const ID = /^[0-9a-f]{12}$/;
const FILE = /^[0-9a-f]{12}\.json$/;
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

const storedKey = z.object({
  id: z.string().regex(ID),
  name: z.string(),
  scope: z.enum(SCOPES),
  createdMs: z.number(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

export class KeyStore {
  readonly #folder: string;

  /** `dir` is the folder of an index. */
  constructor(dir: string) {
    this.#folder = join(dir, FOLDER);
  }

  /** The text of the key is told this once. */
  async create(name: string, scope: Scope): Promise<Key & { readonly text: string }> {
    const { stored, text } = newKey({ name, scope, createdMs: Date.now() });
    await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const json = `${JSON.stringify(stored, null, 2)}\n`;
    await writeFile(this.#pathOf(stored.id), json, { mode: OWNER_ONLY, flag: 'wx' });
    return { ...publicPart(stored), text };
  }

  /** Oldest first. */
  async list(): Promise<Key[]> {
    const names = await readdir(this.#folder).catch(orNothing<string[]>([]));
    const keys = await Promise.all(
      names.filter((name) => FILE.test(name)).map((name) => this.#read(name.slice(0, -'.json'.length))),
    );
    return keys
      .flatMap((key) => (key ? [publicPart(key)] : []))
      .sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  }

  /** KEY_NOT_FOUND. */
  async revoke(id: string): Promise<void> {
    const isThere = ID.test(id) && (await this.#read(id)) !== undefined;
    if (!isThere) throw new AppError('KEY_NOT_FOUND', { message: `There is no key ${JSON.stringify(id)}` });
    await rm(this.#pathOf(id));
  }

  /** Undefined where the text is no key, or one that was revoked or never made here. */
  async check(text: string): Promise<Key | undefined> {
    const given = readKeyText(text);
    const stored = given && (await this.#read(given.id));
    return given && stored && isSecretOf(stored, given.secret) ? publicPart(stored) : undefined;
  }

  /** Undefined where it was revoked or never made here. */
  async find(id: string): Promise<Key | undefined> {
    const stored = ID.test(id) ? await this.#read(id) : undefined;
    return stored && publicPart(stored);
  }

  async #read(id: string): Promise<StoredKey | undefined> {
    const json = await readFile(this.#pathOf(id), 'utf8').catch(orNothing(undefined));
    if (json === undefined) return undefined;
    try {
      return storedKey.parse(JSON.parse(json));
    } catch (cause) {
      const message = `${this.#pathOf(id)} is not a key that Pharos wrote`;
      throw new AppError('SETTINGS_INVALID', { message, remedy: 'Remove the file.' }, { cause });
    }
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

function publicPart({ id, name, scope, createdMs }: StoredKey): Key {
  return { id, name, scope, createdMs };
}

/** What is read of a file or folder that is not there. */
function orNothing<T>(nothing: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return nothing;
    throw error;
  };
}
