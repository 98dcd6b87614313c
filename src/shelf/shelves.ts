/**
 * The libraries of all readers of an index: what routes, pages and commands ask. It joins what is kept with what the
 * index knows of it today. Papers are named by any id that the index knows them under.
 */
import type { Arrivals } from '../alerts/arrivals.ts';
import type { QuestionSource } from '../alerts/find-news.ts';
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import { type EntryChange, type NamedPaper, putEntry, removeEntry } from './change-entries.ts';
import {
  markLooked,
  putSearch,
  removeSearch,
  renameSearch,
  requireSearch,
  type SearchToSave,
  searchFor,
} from './change-searches.ts';
import { findNew, type NewHits } from './find-new.ts';
import { mergeShelves } from './merge-shelves.ts';
import { MAX_TITLE_LENGTH } from './readable.ts';
import type { Owner, SavedSearch, Shelf } from './shelf.ts';
import type { ShelfStore } from './shelf-store.ts';
import { type ShownEntry, shownEntries } from './shown-entries.ts';

export interface ShelvesOptions {
  readonly store: ShelfStore;
  /** What answers questions at the moment. */
  readonly source: () => QuestionSource;
  /** Opened when the first search is saved or asked about. */
  readonly arrivals: () => Pick<Arrivals, 'last' | 'after' | 'catchUp'>;
  readonly clock: () => number;
}

/** How many are new; `isWhole` false where there may be more. */
export type NewCount = Pick<NewHits, 'isWhole' | 'isWaiting'> & { readonly count: number };

export interface ListedSearch extends SavedSearch {
  readonly news: NewCount;
}

export interface Looked extends NewHits {
  readonly search: SavedSearch;
}

interface Counted {
  /** Tells whether anything has come, or somebody has looked, since it was counted. */
  readonly mark: string;
  readonly news: NewCount;
}

export class Shelves {
  readonly #options: ShelvesOptions;
  readonly #counted = new Map<string, Counted>();

  constructor(options: ShelvesOptions) {
    this.#options = options;
  }

  /** As it is kept, for export. LIBRARY_DAMAGED, as everything here. */
  read(owner: Owner): Promise<Shelf> {
    return this.#options.store.read(owner);
  }

  /** The latest saved first, as they are in the index now. */
  async entries(owner: Owner): Promise<ShownEntry[]> {
    const { entries } = await this.read(owner);
    return shownEntries(entries, this.#options.source().reader);
  }

  /** Which of the papers are saved, by the ids asked for, which are those of today; for marking them in lists. */
  async saved(owner: Owner, ids: readonly PaperId[]): Promise<Map<PaperId, ShownEntry>> {
    const { entries } = await this.read(owner);
    if (entries.length === 0 || ids.length === 0) return new Map();
    const { reader } = this.#options.source();
    // As few papers as are asked for are looked up, and not the whole shelf: a page of hits asks at every search.
    const records = (await reader.records(ids)).flat();
    const names = new Set([...ids, ...records.map(({ paper }) => paper.id)]);
    const shown = await shownEntries(
      entries.filter(({ id }) => names.has(id)),
      reader,
    );
    const asked = new Set(ids);
    return new Map(shown.flatMap((entry) => (asked.has(entry.id) ? [[entry.id, entry]] : [])));
  }

  /** Saves a paper, or changes what is kept of it. PAPER_NOT_FOUND for one that is neither saved nor in the index. */
  async put(owner: Owner, id: PaperId, change: EntryChange = {}): Promise<ShownEntry> {
    const { store, clock, source } = this.#options;
    const { named, isThere } = await this.#nameOf(id);
    const after = await store.change(owner, (shelf) => {
      const kept = shelf.entries.find((entry) => named.names.has(entry.id));
      if (!isThere && !kept) throw unknownPaper(id);
      const title = isThere ? named.title : (kept?.title ?? '');
      return putEntry(shelf, { ...named, title }, { change, nowMs: clock() });
    });
    const changed = after.entries.filter((entry) => named.names.has(entry.id));
    const [entry] = await shownEntries(changed, source().reader);
    if (!entry) throw unknownPaper(id);
    return entry;
  }

  /** PAPER_NOT_FOUND where it is not saved. */
  async remove(owner: Owner, id: PaperId): Promise<void> {
    const { named } = await this.#nameOf(id);
    await this.#options.store.change(owner, (shelf) => removeEntry(shelf, named.names));
  }

  /** The saved searches in the order in which they were saved, each with how much is new for it. */
  async searches(owner: Owner): Promise<ListedSearch[]> {
    const { searches } = await this.read(owner);
    const listed: ListedSearch[] = [];
    for (const search of searches) listed.push({ ...search, news: await this.#count(owner, search) });
    return listed;
  }

  /** What is in the index by now is old for it. The same question is kept once. */
  async putSearch(owner: Owner, search: SearchToSave): Promise<SavedSearch> {
    const time = { nowMs: this.#options.clock(), position: await this.#lastArrival() };
    const after = await this.#options.store.change(owner, (shelf) => putSearch(shelf, search, time));
    // It is there: that was the change.
    return searchFor(after, search.question) ?? requireSearch(after, '');
  }

  /** SEARCH_NOT_FOUND, as all that name one. */
  async renameSearch(owner: Owner, id: string, name: string): Promise<SavedSearch> {
    return requireSearch(
      await this.#options.store.change(owner, (shelf) => renameSearch(shelf, id, name)),
      id,
    );
  }

  async removeSearch(owner: Owner, id: string): Promise<void> {
    await this.#options.store.change(owner, (shelf) => removeSearch(shelf, id));
    this.#counted.delete(countKey(owner, id));
  }

  /** What is new, and from now on no longer. */
  async look(owner: Owner, id: string): Promise<Looked> {
    const nowMs = this.#options.clock();
    const found = await this.#find(requireSearch(await this.read(owner), id));
    const { position } = found;
    const after = await this.#options.store.change(owner, (shelf) =>
      markLooked(shelf, id, { nowMs, position }),
    );
    return { ...found, search: requireSearch(after, id) };
  }

  /** What the last look that found something has shown, and what came after it; marks nothing. */
  async lastSeen(owner: Owner, id: string): Promise<Looked> {
    const search = requireSearch(await this.read(owner), id);
    return { ...(await this.#find({ ...search, position: search.earlier })), search };
  }

  /** Puts an exported library into this one; see `mergeShelves`. */
  async merge(owner: Owner, given: Shelf): Promise<Shelf> {
    const position = given.searches.length > 0 ? await this.#lastArrival() : 0;
    const time = { nowMs: this.#options.clock(), position };
    return this.#options.store.change(owner, (shelf) => mergeShelves(shelf, given, time));
  }

  async #count(owner: Owner, search: SavedSearch): Promise<NewCount> {
    const key = countKey(owner, search.id);
    const { reader } = this.#options.source();
    const mark = `${await reader.lastDocId()} ${search.position} ${JSON.stringify(search.question)}`;
    const known = this.#counted.get(key);
    if (known?.mark === mark) return known.news;
    const { hits, isWhole, isWaiting } = await this.#find(search);
    const news = { count: hits.length, isWhole, isWaiting };
    // What waits to be embedded is told of as soon as it is, and nothing arrives then.
    if (!isWaiting) this.#counted.set(key, { mark, news });
    return news;
  }

  async #find(search: SavedSearch): Promise<NewHits> {
    await this.#lastArrival();
    return findNew(this.#options.source(), search, this.#options.arrivals());
  }

  #lastArrival(): Promise<number> {
    const { arrivals, source } = this.#options;
    return arrivals().catchUp(source().reader);
  }

  /** Every id that a source has the paper under may be the one it was saved with. */
  async #nameOf(id: PaperId): Promise<{ readonly named: NamedPaper; readonly isThere: boolean }> {
    const { reader } = this.#options.source();
    const [paper] = await reader.get([id]);
    if (!paper) return { named: { id, title: '', names: new Set([id]) }, isThere: false };
    const [records = []] = await reader.records([paper.id]);
    const names = new Set([id, paper.id, ...records.map((record) => record.paper.id)]);
    return { named: { id: paper.id, title: paper.title.slice(0, MAX_TITLE_LENGTH), names }, isThere: true };
  }
}

function unknownPaper(id: PaperId): AppError {
  const message = `There is no paper ${JSON.stringify(id.slice(0, 100))} in this index, nor in this library.`;
  return new AppError('PAPER_NOT_FOUND', { message, issues: [{ message, pointer: 'id' }] });
}

function countKey(owner: Owner, searchId: string): string {
  return `${owner}/${searchId}`;
}
