/**
 * Answers questions and finds related work, on top of any engine and embedder. What it does in which order is
 * here; how each step is done is in the files beside it.
 */
import type { Embedder } from '../embed/embedder.ts';
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { bothFilters } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import type { Correction, SearchAnswer } from './answer.ts';
import { completeRelated, completeSearch, type Paging } from './complete-request.ts';
import { DIVERSIFIED_HEAD, diversified } from './diversify.ts';
import type { ExactHit } from './exact-hits.ts';
import { type Example, exampleVectors, readExamples } from './examples.ts';
import { explained } from './explain.ts';
import { FUSIONS, type FusionName } from './fusion.ts';
import { listNewest } from './list-newest.ts';
import { nearAim } from './near-aim.ts';
import type { Note } from './note.ts';
import { pageOfHits } from './page.ts';
import { PassageFinder } from './passage.ts';
import { queryTerms } from './query-terms.ts';
import type { AskOptions, RelatedRequest, SearchRequest } from './request.ts';
import { type Aim, NOTHING, type Retrieval, type RetrievalOptions, retrieve } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { withSemanticPassages } from './semantic-passages.ts';
import { corrections, NO_CORRECTIONS, withCorrections } from './spelling.ts';
import { type SuggestAnswer, type SuggestOptions, suggest } from './suggest.ts';
import { tellingTerms } from './telling-terms.ts';
import { type Understanding, understand } from './understand.ts';

export interface SearcherOptions {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  readonly fusion?: FusionName;
  /** Milliseconds since any fixed moment. */
  readonly clock?: () => number;
}

interface Asked {
  readonly query: string;
  readonly startedAt: number;
  /** What was looked for by words. */
  readonly terms: readonly WeightedTerm[];
  /** What passages are chosen by; all terms unless it says otherwise. */
  readonly marked?: readonly WeightedTerm[];
  readonly vector?: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly exact?: readonly ExactHit[];
  readonly notes?: readonly Note[];
  readonly didYouMean?: readonly Correction[];
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

  constructor({ engine, embedder, fusion = 'convex', clock = () => performance.now() }: SearcherOptions) {
    this.#engine = engine;
    this.#embedder = embedder;
    this.#fusion = fusion;
    this.#clock = clock;
  }

  /** Rejects with QUERY_EMPTY for a question without a word and INPUT_INVALID for values out of range. */
  async search(request: SearchRequest, options: AskOptions = {}): Promise<SearchAnswer> {
    return this.#search(request, { ...options, embed: (text) => this.#embedder.embedQuery(text) });
  }

  /** `search` with the vector of the question given. */
  async searchWith(vector: Float32Array, request: SearchRequest): Promise<SearchAnswer> {
    return this.#search(request, { embed: async () => vector });
  }

  /**
   * Papers near the positives and away from the negatives. A long text is read by the model in
   * windows and looked up by its most telling words. Rejects as `search` does, and with PAPER_NOT_FOUND for an unknown id.
   */
  async related(request: RelatedRequest, { signal }: AskOptions = {}): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    const complete = completeRelated(request);
    const { positives, negatives } = await readExamples(this.#engine, complete);
    const ids = [...positives, ...negatives].flatMap(({ id }) => (id === undefined ? [] : [id]));
    const named = await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })));
    const terms = await tellingTerms(this.#engine, {
      positives: textsOf(positives),
      negatives: textsOf(negatives),
    });
    const vector = needsVector(complete) ? await this.#direction(positives, negatives, signal) : undefined;
    const retrieval = await this.#retrieve({ mode: complete.mode, terms, vector }, complete, {
      excluded: named.flat(),
    });
    const marked = terms.slice(0, MARKED_TERMS);
    const query = describe(positives);
    return this.#answer(retrieval, complete, { query, startedAt, terms, marked, vector, signal });
  }

  /** What may go on from the text; see `suggest`. */
  suggest(text: string, options: Omit<SuggestOptions, 'clock'> = {}): Promise<SuggestAnswer> {
    return suggest(this.#engine, text, { ...options, clock: this.#clock });
  }

  async #search(
    request: SearchRequest,
    { embed, signal }: AskOptions & { readonly embed: (text: string) => Promise<Float32Array> },
  ): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    const complete = completeSearch(request);
    const { query, mode } = complete;
    const understood = await understand(this.#engine, query, complete.filter);
    const { text, filter, exact, notes, near, far, isEmpty, isAnsweredByName } = understood;
    if (isEmpty) throw new AppError('QUERY_EMPTY');
    const paging = { ...complete, filter };
    const typed = queryTerms(text);
    const asked = { query, startedAt, exact, notes, terms: typed, signal };
    if (isAnsweredByName) return this.#answer({ ...NOTHING, total: exact.length }, paging, asked);
    if (near.length + far.length > 0) return this.#searchNear(understood, paging, { asked, embed });
    if (text === '') {
      const listed = await listNewest(this.#engine, filter, paging.offset + paging.limit);
      return this.#answer(listed, paging, asked);
    }
    const meant = mode === 'semantic' ? NO_CORRECTIONS : await corrections(this.#engine, text);
    const terms = withCorrections(typed, meant);
    const vector = needsVector(complete) ? await embed(text) : undefined;
    const retrieval = await this.#retrieve({ mode, terms, vector }, paging, {
      named: exact.map(({ docId }) => docId),
    });
    const { didYouMean } = meant;
    return this.#answer(retrieval, paging, { ...asked, terms, didYouMean, vector });
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
      const listed = await listNewest(this.#engine, others, paging.offset + paging.limit);
      return this.#answer(listed, paging, asked);
    }
    const { signal } = asked;
    const parts = { engine: this.#engine, embedder: this.#embedder, embed, signal };
    const needed = { mode: paging.mode, needsVector: needsVector(paging) };
    const aim = await nearAim(parts, { ...needed, text, near, far });
    const excluded = (await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })))).flat();
    const exact = (asked.exact ?? []).filter(({ docId }) => !excluded.includes(docId));
    const named = exact.map(({ docId }) => docId);
    const retrieval = await this.#retrieve(aim, paging, { named, excluded });
    const marked = aim.terms.slice(0, MARKED_TERMS);
    return this.#answer(retrieval, paging, { ...asked, exact, terms: aim.terms, marked, vector: aim.vector });
  }

  async #retrieve(
    aim: Aim,
    { filter, offset, limit, diversity }: Paging,
    sets: Pick<RetrievalOptions, 'named' | 'excluded'>,
  ): Promise<Retrieval> {
    const fusion = FUSIONS[this.#fusion];
    const depth = diversity > 0 ? Math.max(offset + limit, DIVERSIFIED_HEAD) : offset + limit;
    const retrieval = await retrieve(this.#engine, aim, { filter, fusion, depth, ...sets });
    const first = sets.named ?? [];
    const ranking = await diversified(this.#engine, retrieval.ranking, { diversity, first });
    return { ...retrieval, ranking };
  }

  async #direction(
    positives: readonly Example[],
    negatives: readonly Example[],
    signal: AbortSignal | undefined,
  ): Promise<Float32Array> {
    const makers = { engine: this.#engine, embedder: this.#embedder, signal };
    const vectors = await exampleVectors(makers, [...positives, ...negatives]);
    return rocchio(vectors.slice(0, positives.length), vectors.slice(positives.length));
  }

  async #answer(
    retrieval: Retrieval,
    { mode, offset, limit, passage, explain }: Paging,
    {
      query,
      startedAt,
      terms,
      marked = terms,
      vector,
      signal,
      exact = [],
      notes = [],
      didYouMean = [],
    }: Asked,
  ): Promise<SearchAnswer> {
    const passages = await this.#passages(marked);
    let hits = await pageOfHits(this.#engine, retrieval, { offset, limit, exact, passages });
    if (passage === 'semantic' && vector) {
      hits = await withSemanticPassages(hits, { embedder: this.#embedder, vector, passages, signal });
    }
    if (explain) {
      const fusion = FUSIONS[this.#fusion];
      hits = await explained(this.#engine, hits, {
        terms: mode === 'semantic' ? [] : terms,
        retrieval,
        fusion,
      });
    }
    return {
      query,
      mode,
      total: retrieval.total,
      hits,
      notes,
      ...(didYouMean.length > 0 && { didYouMean }),
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

/** Keyword retrieval needs no vector, but a passage that is chosen by meaning does. */
function needsVector({ mode, passage }: Paging): boolean {
  return mode !== 'keyword' || passage === 'semantic';
}

function describe(positives: readonly Example[]): string {
  return positives.map(({ id, text }) => id ?? text.slice(0, SHOWN_TEXT_LENGTH)).join('; ');
}

function textsOf(examples: readonly Example[]): string[] {
  return examples.map(({ text }) => text);
}
