/**
 * The shelves of an index: one JSON file an owner in `readers/`, which only the user of the server can read. A file is
 * replaced whole, and changed by one process at a time, so it is what it was or what it was to be and no change is lost.
 * A file that is damaged is reported and left alone: what a reader wrote cannot be made anew.
 */
import { chmod, mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../fault/app-error.ts';
import { EMPTY_SHELF, LOCAL_OWNER, type Owner, type Shelf } from './shelf.ts';
import { fromDocument, shelfDocument, toDocument } from './shelf-document.ts';

export interface ShelfStoreOptions {
  /** The folder of the shelves; it is made when the first is changed. */
  readonly folder: string;
  /** Keeps other processes from changing anything in the folder meanwhile. */
  readonly lock: (folder: string) => Promise<{ release(): void }>;
}

interface Read {
  /** Tells one state of the file from every other. */
  readonly mark: string;
  readonly shelf: Shelf;
}

/** Names of files that are safe everywhere. */
const OWNER = /^(?:local|[0-9a-f]{12})$/;
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

export class ShelfStore {
  readonly #options: ShelfStoreOptions;
  readonly #read = new Map<Owner, Read>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ShelfStoreOptions) {
    this.#options = options;
  }

  /** As it is now, whoever changed it. LIBRARY_DAMAGED. */
  async read(owner: Owner): Promise<Shelf> {
    const path = this.#pathOf(owner);
    const stats = await stat(path).catch(orUndefined);
    if (!stats) return EMPTY_SHELF;
    // A replaced file is another file.
    const mark = `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    const known = this.#read.get(owner);
    if (known?.mark === mark) return known.shelf;
    const shelf = parse(await readFile(path, 'utf8'), path);
    this.#read.set(owner, { mark, shelf });
    return shelf;
  }

  /**
   * Puts what `change` makes of the newest state in its place and resolves to it; a change that returns what it was
   * given writes nothing, and one that throws leaves everything as it was. LIBRARY_DAMAGED, INDEX_LOCKED.
   */
  change(owner: Owner, change: (shelf: Shelf) => Shelf): Promise<Shelf> {
    const path = this.#pathOf(owner);
    const done = this.#turn.then(() => this.#changeNow(owner, { path, change }));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Everybody who keeps something, the user of the machine first. */
  async owners(): Promise<Owner[]> {
    const files = await readdir(this.#options.folder).catch(orUndefined);
    return (files ?? [])
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((owner) => OWNER.test(owner))
      .sort((a, b) => Number(b === LOCAL_OWNER) - Number(a === LOCAL_OWNER) || (a < b ? -1 : 1));
  }

  async #changeNow(
    owner: Owner,
    { path, change }: { readonly path: string; readonly change: (shelf: Shelf) => Shelf },
  ): Promise<Shelf> {
    const { folder, lock } = this.#options;
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const { release } = await lock(folder);
    try {
      const before = await this.read(owner);
      const changed = change(before);
      if (changed === before) return before;
      const after = { ...changed, revision: before.revision + 1 };
      await replaceOwnFile(path, `${JSON.stringify(toDocument(after), null, 1)}\n`);
      return after;
    } finally {
      release();
    }
  }

  #pathOf(owner: Owner): string {
    // Owners are ours to give: another one is a defect, and must not become a path.
    if (!OWNER.test(owner)) throw new Error(`${JSON.stringify(owner)} is no owner of a library`);
    return join(this.#options.folder, `${owner}.json`);
  }
}

function parse(text: string, path: string): Shelf {
  try {
    return fromDocument(shelfDocument.parse(JSON.parse(text)));
  } catch (cause) {
    throw new AppError(
      'LIBRARY_DAMAGED',
      { message: `${path} is not a library that Pharos wrote` },
      { cause },
    );
  }
}

/** Nobody else can read it at any moment, and after a crash it is what it was or what it was to be. */
async function replaceOwnFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  // One that an interrupted change has left may be of another mode.
  await chmod(draft, OWNER_ONLY);
  await rename(draft, path);
}

function orUndefined(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
