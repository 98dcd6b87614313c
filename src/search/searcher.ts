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
import { DIVERSIFIED_HEAD, diversified } from './diversify.ts';
import { type ExactHit, exactHits } from './exact-hits.ts';
import { type Example, exampleVectors, readExamples } from './examples.ts';
import { explained } from './explain.ts';
import { FUSIONS, type FusionName } from './fusion.ts';
import { pageOfHits } from './page.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import { PassageFinder } from './passage.ts';
import { queryTerms } from './query-terms.ts';
import type { AskOptions, RelatedRequest, SearchRequest } from './request.ts';
import { type Aim, NOTHING, type Retrieval, type RetrievalOptions, retrieve } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { withSemanticPassages } from './semantic-passages.ts';
import { corrections, NO_CORRECTIONS, withCorrections } from './spelling.ts';
import { type SuggestAnswer, type SuggestOptions, suggest } from './suggest.ts';
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
  /** What was looked for by words. */
  readonly terms: readonly WeightedTerm[];
  /** What passages are chosen by; all terms unless it says otherwise. */
  readonly marked?: readonly WeightedTerm[];
  readonly vector?: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
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
    const vector = needsVector(complete) ? await embed(parsed.text) : undefined;
    const asked = { query: complete.query, startedAt, terms, exact, didYouMean, vector, signal };
    const retrieval = await this.#retrieve({ mode: complete.mode, terms, vector }, complete, {
      named: exact.map(({ docId }) => docId),
    });
    return this.#answer(retrieval, complete, asked);
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
    { query, startedAt, terms, marked = terms, vector, signal, exact = [], didYouMean = [] }: Asked,
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
