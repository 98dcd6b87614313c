/** What the holder of the key keeps: papers with tags and notes, saved searches. KEY_REQUIRED where nobody is known. */
import type { Hit } from '../search/answer.ts';
import type { Mode, Sort } from '../search/request.ts';
import type { RequestOptions } from './paper-search.ts';
import type { PaperFilter } from './requests.ts';
import type { Transport } from './transport.ts';

/** Times are in ISO 8601, in UTC. */
export interface LibraryEntry {
  readonly id: string;
  readonly title: string;
  readonly saved: string;
  /** What is not read is to be read later. */
  readonly read: boolean;
  readonly tags: readonly string[];
  readonly note: string;
  /** Whether the index holds the paper no more. */
  readonly gone: boolean;
}

/** What is left out stays as it is. */
export interface LibraryEntryInput {
  readonly read?: boolean;
  readonly note?: string;
  /** In place of those there are. */
  readonly tags?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

export interface SavedQuestion extends PaperFilter {
  readonly q: string;
  readonly mode?: Mode;
  readonly sort?: Sort;
}

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly question: SavedQuestion;
  readonly saved: string;
  /** When somebody last looked at what is new for it. */
  readonly looked: string;
}

export interface SearchNews {
  /** Papers that came since then. */
  readonly count: number;
  /** False where so much came that there may be more. */
  readonly whole: boolean;
  /** Whether papers wait to be embedded, and are counted later. */
  readonly waiting: boolean;
}

export interface LibraryAnswer {
  readonly entries: readonly LibraryEntry[];
  readonly searches: readonly (SavedSearch & { readonly new: SearchNews })[];
}

export type LookedSearch = SavedSearch &
  Pick<SearchNews, 'whole' | 'waiting'> & { readonly hits: readonly Hit[] };

const PATH = 'api/v1/library';

export class Library {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(options: RequestOptions = {}): Promise<LibraryAnswer> {
    return this.#transport.json({ ...options, path: PATH });
  }

  /** JSON that `import` takes, of this server or of another. */
  export(options: RequestOptions = {}): Promise<string> {
    return this.#transport.text({ ...options, path: `${PATH}/export` });
  }

  /** Loses nothing that is there; how much there is afterwards. INPUT_INVALID. */
  import(exported: string, options: RequestOptions = {}): Promise<{ entries: number; searches: number }> {
    return this.#transport.json({ ...options, path: `${PATH}/import`, body: JSON.parse(exported) as object });
  }

  /** Saves a paper, or changes what is kept of it. PAPER_NOT_FOUND. */
  put(id: string, input: LibraryEntryInput = {}, options: RequestOptions = {}): Promise<LibraryEntry> {
    return this.#transport.json({ ...options, path: paperPath(id), method: 'PUT', body: input });
  }

  /** PAPER_NOT_FOUND where it is not saved. */
  async remove(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#transport.text({ ...options, path: paperPath(id), method: 'DELETE' });
  }

  /** What is in the index by now is not new for it. It is named by its words unless given a name. */
  saveSearch(question: SavedQuestion, name?: string, options: RequestOptions = {}): Promise<SavedSearch> {
    const body = { question, ...(name !== undefined && { name }) };
    return this.#transport.json({ ...options, path: `${PATH}/searches`, body });
  }

  /** What is new for it, and from now on no longer. SEARCH_NOT_FOUND. */
  look(id: string, options: RequestOptions = {}): Promise<LookedSearch> {
    return this.#transport.json({ ...options, path: `${searchPath(id)}/look`, body: {} });
  }

  /** SEARCH_NOT_FOUND. */
  renameSearch(id: string, name: string, options: RequestOptions = {}): Promise<SavedSearch> {
    return this.#transport.json({ ...options, path: searchPath(id), method: 'PUT', body: { name } });
  }

  /** SEARCH_NOT_FOUND. */
  async removeSearch(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#transport.text({ ...options, path: searchPath(id), method: 'DELETE' });
  }
}

function paperPath(id: string): string {
  return `${PATH}/papers/${encodeURIComponent(id)}`;
}

function searchPath(id: string): string {
  return `${PATH}/searches/${encodeURIComponent(id)}`;
}
