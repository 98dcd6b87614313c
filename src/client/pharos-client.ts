/**
 * Asks a Pharos over HTTP, from Node or a browser: every address of /api/v1 as a method. Of the rest of the house it
 * knows the types only, which are gone when it is compiled.
 */
import type { CitationFormat, CitationStyle } from '../citations/citation-formats.ts';
import type { TimedList } from '../discover/lists.ts';
import type { RecommendAnswer } from '../discover/request.ts';
import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import type { SuggestAnswer } from '../search/suggest.ts';
import { type AddAllOptions, type Added, addInBatches, addOnce, type Papers } from './adding.ts';
import { Alerts } from './alerts.ts';
import type { CalendarDay, DailyInput, RecommendInput, TrendingInput } from './discover.ts';
import { everyHit } from './every-hit.ts';
import { Jobs } from './jobs.ts';
import { Library } from './library.ts';
import { PaperMap } from './map.ts';
import type { PaperSearch, RequestOptions } from './paper-search.ts';
import { type PatientOptions, patiently } from './patiently.ts';
import { PharosProblem } from './pharos-problem.ts';
import type {
  FacetsInput,
  Narrowing,
  PaperFilter,
  RelatedInput,
  SearchInput,
  SuggestInput,
} from './requests.ts';
import type {
  Address,
  FacetsAnswer,
  Models,
  PaperBatch,
  SourcedPaper,
  SyncSource,
} from './server-answers.ts';
import type { ServerStatus } from './server-status.ts';
import type {
  AsText,
  HitField,
  ListField,
  OnlyFields,
  PaperField,
  SparseAnswer,
  SparseHit,
  SparseList,
  SparsePaper,
} from './sparse.ts';
import { Transport } from './transport.ts';

export interface PharosClientOptions {
  /** Where the server is; a path in it, as a proxy may give it one, is kept. http://127.0.0.1:7433 unless given. */
  readonly url?: string | URL;
  /** The key of a server that demands one, sent as `Authorization: Bearer`. */
  readonly key?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest an answer may take before it is given up with TIMEOUT; 60,000 unless given. */
  readonly timeoutMs?: number;
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CiteInput {
  /** Up to 1,000 ids, of `text` and `markdown` up to 100. */
  readonly ids: readonly string[];
  /** `bibtex` unless given. */
  readonly format?: CitationFormat;
  /** Of `text` and `markdown`; `apa` unless given. */
  readonly style?: CitationStyle;
  /** Whether `bibtex`, `ris` and `csl` hold the abstracts. */
  readonly abstracts?: boolean;
}

const DEFAULT_URL = 'http://127.0.0.1:7433';
const DEFAULT_TIMEOUT_MS = 60_000;

/** Every method rejects with a PharosProblem, or with the reason of the signal that was aborted. */
export class PharosClient implements PaperSearch {
  /** How far additions have come. */
  readonly jobs: Jobs;
  readonly alerts: Alerts;
  /** What the holder of the key keeps. */
  readonly library: Library;
  readonly map: PaperMap;
  readonly #transport: Transport;

  /** Throws TypeError for an address that is none. */
  constructor(options: PharosClientOptions = {}) {
    const { url = DEFAULT_URL, key, headers = {}, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    const base = new URL(url);
    base.pathname = base.pathname.replace(/\/*$/, '/');
    this.#transport = new Transport({
      ...{ base, timeoutMs },
      headers: { ...(key !== undefined && { Authorization: `Bearer ${key}` }), ...headers },
      // Called as a plain function: a browser refuses it as a method of something else.
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    });
    this.jobs = new Jobs(this.#transport);
    this.alerts = new Alerts(this.#transport);
    this.library = new Library(this.#transport);
    this.map = new PaperMap(this.#transport);
  }

  /** With `format` the answer is a text, with `fields` it holds those only. */
  search(input: SearchInput & AsText<HitField>, options?: RequestOptions): Promise<string>;
  search<const Fields extends readonly HitField[]>(
    input: SearchInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): Promise<SparseAnswer<Fields>>;
  search(input: SearchInput, options?: RequestOptions): Promise<SearchAnswer>;
  search(input: SearchInput, options: RequestOptions = {}): Promise<unknown> {
    return this.#listing('api/v1/search', input, options);
  }

  /** As `search`. PAPER_NOT_FOUND names what is not there. */
  related(input: RelatedInput & AsText<HitField>, options?: RequestOptions): Promise<string>;
  related<const Fields extends readonly HitField[]>(
    input: RelatedInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): Promise<SparseAnswer<Fields>>;
  related(input: RelatedInput, options?: RequestOptions): Promise<SearchAnswer>;
  related(input: RelatedInput, options: RequestOptions = {}): Promise<unknown> {
    return this.#listing('api/v1/related', input, options);
  }

  searchAll<const Fields extends readonly HitField[]>(
    input: SearchInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): AsyncGenerator<SparseHit<Fields>, void, undefined>;
  searchAll(input: SearchInput, options?: RequestOptions): AsyncGenerator<Hit, void, undefined>;
  searchAll(input: SearchInput, options: RequestOptions = {}): AsyncGenerator<unknown, void, undefined> {
    return everyHit((page) => this.search(page, options), input);
  }

  relatedAll<const Fields extends readonly HitField[]>(
    input: RelatedInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): AsyncGenerator<SparseHit<Fields>, void, undefined>;
  relatedAll(input: RelatedInput, options?: RequestOptions): AsyncGenerator<Hit, void, undefined>;
  relatedAll(input: RelatedInput, options: RequestOptions = {}): AsyncGenerator<unknown, void, undefined> {
    return everyHit((page) => this.related(page, options), input);
  }

  suggest(input: SuggestInput, options: RequestOptions = {}): Promise<SuggestAnswer> {
    return this.#transport.json({ ...options, path: 'api/v1/suggest', query: input });
  }

  /** How many papers have each value, without the papers. */
  facets(input: FacetsInput = {}, options: RequestOptions = {}): Promise<FacetsAnswer> {
    return this.#transport.json({ ...options, path: 'api/v1/facets', query: input });
  }

  /** New papers for a library. */
  recommend(
    input: RecommendInput & AsText<ListField<RecommendAnswer>>,
    options?: RequestOptions,
  ): Promise<string>;
  recommend<const Fields extends readonly ListField<RecommendAnswer>[]>(
    input: RecommendInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): Promise<SparseList<RecommendAnswer, Fields>>;
  recommend(input: RecommendInput, options?: RequestOptions): Promise<RecommendAnswer>;
  recommend(input: RecommendInput & Partial<AsText<string>>, options: RequestOptions = {}): Promise<unknown> {
    return this.#answer(input.format, { ...options, path: 'api/v1/recommend', body: input });
  }

  /** The papers of a day, a week or a month. */
  daily(input: DailyInput & AsText<ListField<TimedList>>, options?: RequestOptions): Promise<string>;
  daily<const Fields extends readonly ListField<TimedList>[]>(
    input: DailyInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): Promise<SparseList<TimedList, Fields>>;
  daily(input?: DailyInput, options?: RequestOptions): Promise<TimedList>;
  daily(input: DailyInput & Partial<AsText<string>> = {}, options: RequestOptions = {}): Promise<unknown> {
    return this.#answer(input.format, { ...options, path: 'api/v1/daily', query: input });
  }

  trending(input: TrendingInput & AsText<ListField<TimedList>>, options?: RequestOptions): Promise<string>;
  trending<const Fields extends readonly ListField<TimedList>[]>(
    input: TrendingInput & OnlyFields<Fields>,
    options?: RequestOptions,
  ): Promise<SparseList<TimedList, Fields>>;
  trending(input?: TrendingInput, options?: RequestOptions): Promise<TimedList>;
  trending(
    input: TrendingInput & Partial<AsText<string>> = {},
    options: RequestOptions = {},
  ): Promise<unknown> {
    return this.#answer(input.format, { ...options, path: 'api/v1/trending', query: input });
  }

  /** The days that have papers, ascending. */
  async calendar(input: PaperFilter = {}, options: RequestOptions = {}): Promise<readonly CalendarDay[]> {
    const call = { ...options, path: 'api/v1/calendar', query: input };
    return (await this.#transport.json<{ days: CalendarDay[] }>(call)).days;
  }

  /** A paper by any of its names; undefined where there is none. With `sources` also what each source says of it. */
  get(id: string, options: RequestOptions & AsText<PaperField>): Promise<string | undefined>;
  get<const Fields extends readonly PaperField[]>(
    id: string,
    options: RequestOptions & OnlyFields<Fields>,
  ): Promise<SparsePaper<Fields> | undefined>;
  get(id: string, options: RequestOptions & { readonly sources: true }): Promise<SourcedPaper | undefined>;
  get(id: string, options?: RequestOptions): Promise<Paper | undefined>;
  async get(id: string, options: RequestOptions & Wish<PaperField> = {}): Promise<unknown> {
    const { fields, format, sources, ...call } = options;
    const query = { fields, format, sources };
    return orNone(this.#answer(format, { ...call, path: pathOf(id), query }));
  }

  /** Up to 1,000 papers at once. */
  getMany(ids: readonly string[], options: RequestOptions & AsText<PaperField>): Promise<string>;
  getMany<const Fields extends readonly PaperField[]>(
    ids: readonly string[],
    options: RequestOptions & OnlyFields<Fields>,
  ): Promise<PaperBatch<SparsePaper<Fields>>>;
  getMany(ids: readonly string[], options?: RequestOptions): Promise<PaperBatch>;
  getMany(
    ids: readonly string[],
    { fields, format, ...call }: RequestOptions & Wish<PaperField> = {},
  ): Promise<unknown> {
    return this.#answer(format, { ...call, path: 'api/v1/papers/batch', body: { ids, fields, format } });
  }

  /** Papers as references, as one text. */
  cite(input: CiteInput, options: RequestOptions = {}): Promise<string> {
    return this.#transport.text({ ...options, path: 'api/v1/cite', body: input });
  }

  /**
   * Adds papers in one request, up to 100,000: a list as it is, an async iterable as a stream, which takes a `fetch` that
   * can send one. Resolves when all are stored and found by their words; the job embeds them. What is no paper is refused
   * and costs no other. The same again changes nothing.
   */
  add(papers: Papers, options: RequestOptions = {}): Promise<Added> {
    return addOnce(this.#transport, papers, options);
  }

  /** Adds any number of papers by as many requests as it takes, one after the other, and waits where the server says so. */
  addAll(papers: Papers, options: AddAllOptions = {}): AsyncGenerator<Added, void, undefined> {
    return addInBatches(this.#transport, papers, options);
  }

  /** Removes papers by any of their names, one after the other. Resolves to the ids that were there. */
  async remove(names: readonly string[], options: PatientOptions = {}): Promise<string[]> {
    const removed: string[] = [];
    for (const name of names) {
      const call = { ...options, path: pathOf(name), method: 'DELETE' } as const;
      const ask = () => orNone(this.#transport.json<{ removed: string }>(call));
      const answer = await patiently(ask, options);
      if (answer) removed.push(answer.removed);
    }
    return removed;
  }

  models(options: RequestOptions = {}): Promise<Models> {
    return this.#transport.json({ ...options, path: 'api/v1/models' });
  }

  /** What the index is kept fresh from. */
  async sources(options: RequestOptions = {}): Promise<readonly SyncSource[]> {
    const call = { ...options, path: 'api/v1/sources' };
    return (await this.#transport.json<{ sources: SyncSource[] }>(call)).sources;
  }

  status(options: RequestOptions = {}): Promise<ServerStatus> {
    return this.#transport.json({ ...options, path: 'api/v1/status' });
  }

  /** Everything that the server answers to. */
  async addresses(options: RequestOptions = {}): Promise<readonly Address[]> {
    const call = { ...options, path: 'api/v1' };
    return (await this.#transport.json<{ addresses: Address[] }>(call)).addresses;
  }

  #listing(path: string, input: Narrowing & Wish<HitField>, options: RequestOptions): Promise<unknown> {
    return this.#answer(input.format, { ...options, path, body: input });
  }

  #answer(format: string | undefined, call: Parameters<Transport['text']>[0]): Promise<unknown> {
    return format === undefined ? this.#transport.json(call) : this.#transport.text(call);
  }
}

type Wish<Field> = Partial<OnlyFields<readonly Field[]> & AsText<Field>> & { readonly sources?: true };

function pathOf(id: string): string {
  return `api/v1/papers/${encodeURIComponent(id)}`;
}

async function orNone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PharosProblem && error.code === 'PAPER_NOT_FOUND') return undefined;
    throw error;
  }
}
