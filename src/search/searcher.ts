/**
 * Answers questions and finds related work, on top of any engine and embedder. What it does in which order is
 * here; how each step is done is in the files beside it.
 */
import type { Embedder } from '../embed/embedder.ts';
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Correction, SearchAnswer } from './answer.ts';
import { completeRelated, completeSearch, type Paging } from './complete-request.ts';
import { type ExactHit, exactHits } from './exact-hits.ts';
import { type Example, exampleVectors, readExamples } from './examples.ts';
import { FUSIONS, type FusionName } from './fusion.ts';
import { pageOfHits } from './page.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import { PassageFinder } from './passage.ts';
import { queryTerms } from './query-terms.ts';
import type { RelatedRequest, SearchRequest } from './request.ts';
import { type Aim, NOTHING, type Retrieval, type RetrievalOptions, retrieve } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { corrections, NO_CORRECTIONS, withCorrections } from './spelling.ts';
import { tellingTerms } from './telling-terms.ts';

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
  /** What passages are chosen by. */
  readonly terms: readonly WeightedTerm[];
  readonly exact?: readonly ExactHit[];
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
    const retrieval = await this.#retrieve({ mode: complete.mode, terms, vector }, complete, {
      excluded: named.flat(),
    });
    const marked = terms.slice(0, MARKED_TERMS);
    return this.#answer(retrieval, complete, { query: describe(positives), startedAt, terms: marked });
  }

  async #search(
    request: SearchRequest,
    embed: (text: string) => Promise<Float32Array>,
  ): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    const complete = completeSearch(request);
    const parsed = parseQuery(complete.query);
    if (parsed.text === '') throw new AppError('QUERY_EMPTY');
    const exact = await exactHits(this.#engine, parsed.names, complete.filter);
    const typed = queryTerms(parsed.text);
    if (isAnsweredByName(parsed, exact)) {
      const asked = { query: complete.query, startedAt, terms: typed, exact };
      return this.#answer({ ...NOTHING, total: exact.length }, complete, asked);
    }
    const meant =
      complete.mode === 'semantic' ? NO_CORRECTIONS : await corrections(this.#engine, parsed.text);
    const terms = withCorrections(typed, meant);
    const { didYouMean } = meant;
    const asked = { query: complete.query, startedAt, terms, exact, didYouMean };
    const vector = complete.mode === 'keyword' ? undefined : await embed(parsed.text);
    const retrieval = await this.#retrieve({ mode: complete.mode, terms, vector }, complete, {
      named: exact.map(({ docId }) => docId),
    });
    return this.#answer(retrieval, complete, asked);
  }

  #retrieve(
    aim: Aim,
    { filter, offset, limit }: Paging,
    sets: Pick<RetrievalOptions, 'named' | 'excluded'>,
  ): Promise<Retrieval> {
    const fusion = FUSIONS[this.#fusion];
    return retrieve(this.#engine, aim, { filter, fusion, depth: offset + limit, ...sets });
  }

  async #direction(positives: readonly Example[], negatives: readonly Example[]): Promise<Float32Array> {
    const vectors = await exampleVectors({ engine: this.#engine, embedder: this.#embedder }, [
      ...positives,
      ...negatives,
    ]);
    return rocchio(vectors.slice(0, positives.length), vectors.slice(positives.length));
  }

  async #answer(
    retrieval: Retrieval,
    { mode, offset, limit }: Paging,
    { query, startedAt, terms, exact = [], didYouMean = [] }: Asked,
  ): Promise<SearchAnswer> {
    const passages = await this.#passages(terms);
    const hits = await pageOfHits(this.#engine, retrieval, { offset, limit, exact, passages });
    return {
      query,
      mode,
      total: retrieval.total,
      hits,
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

/** An id or address that is in the index means that paper and no other: its letters are no words to look up. */
function isAnsweredByName({ isIdentifier }: ParsedQuery, exact: readonly ExactHit[]): boolean {
  return isIdentifier && exact.some(({ as }) => as !== 'title');
}

function describe(positives: readonly Example[]): string {
  return positives.map(({ id, text }) => id ?? text.slice(0, SHOWN_TEXT_LENGTH)).join('; ');
}

function textsOf(examples: readonly Example[]): string[] {
  return examples.map(({ text }) => text);
}
