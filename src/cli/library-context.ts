/** What the commands under `pharos library` share: whose library, and the parts it stands on. */
import type { Command } from 'commander';
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import { LOCAL_OWNER, type Owner } from '../shelf/shelf.ts';
import type { Shelves } from '../shelf/shelves.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';
import type { CommandContext } from './context.ts';
import { findPapers, notFound } from './find-papers.ts';
import type { Scene } from './open-model.ts';
import { withReader } from './opening.ts';

export interface LibraryFlags {
  readonly of?: string;
  readonly json?: true;
}

export interface LibraryContext extends CommandContext {
  /** The settings, those given before the name of the inner command too. */
  readonly scene: (own: Command) => Promise<Scene>;
  readonly flags: (own: Command) => LibraryFlags;
}

export interface OpenLibrary {
  readonly owner: Owner;
  readonly shelves: Shelves;
  readonly reader: EngineReader;
}

const KEY_ID = /^[0-9a-f]{12}$/;

/** INDEX_MISSING, INPUT_INVALID for a key that can be none. Nothing is ranked, so no model is loaded. */
export async function withLibrary<T>(
  own: Command,
  context: LibraryContext,
  use: (library: OpenLibrary) => Promise<T>,
): Promise<T> {
  const owner = ownerOf(context.flags(own));
  const scene = await context.scene(own);
  const { ShelfService } = await import('./shelf-service.ts');
  return withReader(scene, async (reader) => {
    const service = new ShelfService(scene.settings, () => ({ reader, searcher: { search: asksNothing } }));
    return use({ owner, reader, shelves: service.desk }).finally(() => service.close());
  });
}

interface Known {
  readonly reader: EngineReader;
  readonly kept: readonly ShownEntry[];
}

/** Of papers in the index, and of those that have left it and are kept. PAPER_NOT_FOUND before anything is done. */
export async function idsOf(names: readonly string[], { reader, kept }: Known): Promise<string[]> {
  const papers = await findPapers(reader, names);
  const ids = names.map((name, at) => papers[at]?.id ?? kept.find(({ id }) => id === name.trim())?.id);
  const missing = names.filter((_, at) => ids[at] === undefined);
  if (missing.length > 0) throw notFound(missing);
  return ids.filter((id) => id !== undefined);
}

/** The same user's library as that of pages on this machine, unless a key is named. */
function ownerOf({ of }: LibraryFlags): Owner {
  if (of === undefined) return LOCAL_OWNER;
  if (KEY_ID.test(of)) return of;
  const message = `${JSON.stringify(of.slice(0, 80))} is no id of a key`;
  throw new AppError('INPUT_INVALID', { message, remedy: '`pharos keys list` lists them.' });
}

async function asksNothing(): Promise<never> {
  throw new Error('these commands count no news, so nothing is asked');
}
