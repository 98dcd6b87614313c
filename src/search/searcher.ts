/**
 * Answers questions and finds related work, on top of any engine and embedder. What it does in which order is
 * here; how each step is done is in the files beside it.
 */
import type { Embedder } from '../embed/embedder.ts';
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { bothFilters, type Filter } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import { dayNumber } from '../paper/partial-date.ts';
import type { SearchAnswer } from './answer.ts';
import { completeRelated, completeSearch, type Paging } from './complete-request.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ExactHit } from './exact-hits.ts';
import { type Example, exampleVectors, readExamples } from './examples.ts';
import { FUSIONS, type FusionName } from './fusion.ts';
import { listNewest } from './list-newest.ts';
import { listPage } from './listing.ts';
import { nearAim } from './near-aim.ts';
import type { Note } from './note.ts';
import { pageOfHits } from './page.ts';
import { PassageFinder } from './passage.ts';
import { queryTerms } from './query-terms.ts';
import type { RelatedRequest, SearchRequest } from './request.ts';
import { type Aim, namedAlone, type Retrieval, type RetrievalOptions, retrieve } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { tellingTerms } from './telling-terms.ts';
import { type Understanding, understand } from './understand.ts';

export interface SearcherOptions {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  readonly fusion?: FusionName;
  /** Milliseconds since any fixed moment. */
  readonly clock?: () => number;
  /** The date as the integer YYYYMMDD. */
  readonly today?: () => number;
}

/** Retrieval as far as it is the same on every page: given the day that recency counts from, and then the depth. */
type Retriever = (today: number) => (depth: number) => Promise<Retrieval>;

interface Asked {
  readonly query: string;
  /** What tells the question from others, for cursors. */
  readonly question: unknown;
  readonly startedAt: number;
  /** What passages are chosen by. */
  readonly terms: readonly WeightedTerm[];
  readonly exact?: readonly ExactHit[];
  readonly notes?: readonly Note[];
}

/** How many of the telling words are marked in a passage of related work; more would mark everything. */
const MARKED_TERMS = 12;
/** How much of a pasted text stands for it in `SearchAnswer.query`. */
const SHOWN_TEXT_LENGTH = 100;

export class Searcher {
  readonly #engine: EngineReader;
  readonly #embedder: Embedder;
  readonly #fusion: FusionName;
  readonly #clock: () => number;
  readonly #today: () => number;

  constructor({
    engine,
    embedder,
    fusion = 'convex',
    clock = () => performance.now(),
    today = dateOfToday,
  }: SearcherOptions) {
    this.#engine = engine;
    this.#embedder = embedder;
    this.#fusion = fusion;
    this.#clock = clock;
    this.#today = today;
  }

  /** Rejects with QUERY_EMPTY for a question without a word and INPUT_INVALID for values out of range. */
  async search(request: SearchRequest): Promise<SearchAnswer> {
    return this.#search(request, (text) => this.#embedder.embedQuery(text));
  }

  /** `search` with the vector of the question given. */
  async searchWith(vector: Float32Array, request: SearchRequest): Promise<SearchAnswer> {
    return this.#search(request, async () => vector);
  }

  /**
   * Papers near the positives and away from the negatives. The model reads the head of a long text, lexical
   * retrieval its most telling words. Rejects as `search` does, and with PAPER_NOT_FOUND for an unknown id.
   */
  async related(request: RelatedRequest): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    const complete = completeRelated(request);
    const { positives, negatives } = await readExamples(this.#engine, complete);
    const ids = [...positives, ...negatives].flatMap(({ id }) => (id === undefined ? [] : [id]));
    const named = await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })));
    const terms = await tellingTerms(this.#engine, {
      positives: textsOf(positives),
      negatives: textsOf(negatives),
    });
    const vector = complete.mode === 'keyword' ? undefined : await this.#direction(positives, negatives);
    const retrieve = this.#retriever({ mode: complete.mode, terms, vector }, complete, {
      excluded: named.flat(),
    });
    const marked = terms.slice(0, MARKED_TERMS);
    const { positive, negative, positiveTexts, negativeTexts } = complete;
    const question = [positive, negative, positiveTexts, negativeTexts];
    return this.#answer(retrieve, complete, {
      query: describe(positives),
      question,
      startedAt,
      terms: marked,
    });
  }

  async #search(
    request: SearchRequest,
    embed: (text: string) => Promise<Float32Array>,
  ): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    const complete = completeSearch(request);
    const { query, mode } = complete;
    const understood = await understand(this.#engine, query, complete.filter);
    const { text, filter, exact, notes, near, far, isEmpty, isAnsweredByName } = understood;
    if (isEmpty) throw new AppError('QUERY_EMPTY');
    const paging = { ...complete, filter };
    const asked = { query, question: query, startedAt, exact, notes, terms: queryTerms(text) };
    const named = exact.map(({ docId }) => docId);
    if (isAnsweredByName) return this.#answer(() => async () => namedAlone(named), paging, asked);
    if (near.length + far.length > 0) return this.#searchNear(understood, paging, { asked, embed });
    if (text === '') {
      return this.#answer(this.#newest(filter), paging, asked);
    }
    const vector = mode === 'keyword' ? undefined : await embed(text);
    const retrieve = this.#retriever({ mode, terms: asked.terms, vector }, paging, { named });
    return this.#answer(retrieve, paging, asked);
  }

  /** `related:ID words`: the papers named are never in the answer. */
  async #searchNear(
    { text, near, far, filter }: Understanding,
    paging: Paging,
    { asked, embed }: { readonly asked: Asked; readonly embed: (text: string) => Promise<Float32Array> },
  ): Promise<SearchAnswer> {
    const ids = [...near, ...far].map(({ id }) => id);
    if (text === '' && near.length === 0) {
      const others = bothFilters(filter, { not: [{ ids }] });
      return this.#answer(this.#newest(others), paging, asked);
    }
    const parts = { engine: this.#engine, embedder: this.#embedder, embed };
    const aim = await nearAim(parts, { mode: paging.mode, text, near, far });
    const excluded = (await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })))).flat();
    const exact = (asked.exact ?? []).filter(({ docId }) => !excluded.includes(docId));
    const named = exact.map(({ docId }) => docId);
    const retrieve = this.#retriever(aim, paging, { named, excluded });
    return this.#answer(retrieve, paging, { ...asked, exact, terms: aim.terms.slice(0, MARKED_TERMS) });
  }

  /** Everything that passes a filter. */
  #newest(filter: Filter): Retriever {
    return () => (depth) => listNewest(this.#engine, filter, depth);
  }

  #retriever(
    aim: Aim,
    { filter, sort }: Paging,
    sets: Pick<RetrievalOptions, 'named' | 'excluded'>,
  ): Retriever {
    const fusion = FUSIONS[this.#fusion];
    return (today) => (depth) =>
      retrieve(this.#engine, aim, {
        filter,
        fusion,
        depth,
        freshOn: sort === 'fresh' ? today : undefined,
        ...sets,
      });
  }

  async #direction(positives: readonly Example[], negatives: readonly Example[]): Promise<Float32Array> {
    const vectors = await exampleVectors({ engine: this.#engine, embedder: this.#embedder }, [
      ...positives,
      ...negatives,
    ]);
    return rocchio(vectors.slice(0, positives.length), vectors.slice(positives.length));
  }

  async #answer(
    retriever: Retriever,
    paging: Paging,
    { query, question, startedAt, terms, exact = [], notes = [] }: Asked,
  ): Promise<SearchAnswer> {
    const { mode, sort, limit, fold, facets } = paging;
    const identity = questionOf(paging, { question, fusion: this.#fusion, model: this.#engine.space });
    const from = paging.cursor === undefined ? undefined : decodeCursor(identity, paging.cursor);
    const today = from?.today ?? dayNumber(this.#today());
    const offset = from?.count ?? paging.offset;
    const listing = await listPage(this.#engine, {
      ...{ sort, limit, exact, from, isFolded: fold },
      offset: paging.offset,
      retrieve: retriever(today),
    });
    const { retrieval, listed } = listing;
    const passages = await this.#passages(terms);
    const hits = await pageOfHits(this.#engine, retrieval, { offset, hits: listing.hits, passages });
    const lastDocId = from?.lastDocId ?? (await this.#engine.lastDocId());
    const count = offset + listing.hits.length;
    const options = { fields: facets, limit: paging.facetLimit };
    return {
      ...{ query, mode, sort, total: retrieval.total, hits, notes },
      next: listing.hasMore ? encodeCursor(identity, { count, lastDocId, today, listed }) : null,
      ...(facets.length > 0 && { facets: await this.#engine.facets(retrieval.set, options) }),
      tookMs: this.#clock() - startedAt,
    };
  }

  async #passages(terms: readonly WeightedTerm[]): Promise<PassageFinder> {
    const { papers, documentFrequencies } = await this.#engine.statistics(terms.map(({ term }) => term));
    return new PassageFinder(
      new Map(
        terms.map(({ term, weight }, at) => [
          term,
          weight * inverseDocumentFrequency(documentFrequencies[at] ?? 0, papers),
        ]),
      ),
    );
  }
}

/** All that a list hangs on but the limit, which may change from page to page. */
function questionOf({ mode, sort, fold, filter }: Paging, more: object): unknown {
  return [mode, sort, fold, Object.entries(filter).sort(), more];
}

function dateOfToday(): number {
  const now = new Date();
  return now.getUTCFullYear() * 10_000 + (now.getUTCMonth() + 1) * 100 + now.getUTCDate();
}

function describe(positives: readonly Example[]): string {
  return positives.map(({ id, text }) => id ?? text.slice(0, SHOWN_TEXT_LENGTH)).join('; ');
}

function textsOf(examples: readonly Example[]): string[] {
  return examples.map(({ text }) => text);
}
