/**
 * Answers questions and finds related work, on top of any engine and embedder. What it does in which order is
 * here; how each step is done is in the files beside it.
 */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import { bothFilters, type Filter, isUnfiltered } from '../engine/filter.ts';
import type { DocId } from '../engine/ranking.ts';
import { AppError } from '../fault/app-error.ts';
import { dayNumber } from '../paper/partial-date.ts';
import type { SearchAnswer } from './answer.ts';
import { type Asked, answerPage, type Retriever } from './answer-page.ts';
import { completeRelated, completeSearch, type Paging } from './complete-request.ts';
import { DIVERSIFIED_HEAD, diversified } from './diversify.ts';
import type { ExactHit } from './exact-hits.ts';
import { type Example, type Examples, exampleVectors, readExamples } from './examples.ts';
import { DEFAULT_FUSION, FUSIONS, type FusionName, type FusionStrategy } from './fusion.ts';
import { listNewest } from './list-newest.ts';
import { type ListRequest, listPapers, type PaperList } from './list-papers.ts';
import { nearAim } from './near-aim.ts';
import { pastedPapers } from './pasted-papers.ts';
import { queryTerms } from './query-terms.ts';
import type { AskOptions, RelatedRequest, SearchRequest } from './request.ts';
import { type Aim, namedAlone, type RetrievalOptions, retrieve } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { corrections, NO_CORRECTIONS, withCorrections } from './spelling.ts';
import { type SuggestAnswer, type SuggestOptions, suggest } from './suggest.ts';
import { tellingTerms } from './telling-terms.ts';
import { type Understanding, understand } from './understand.ts';

export interface SearcherOptions {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  /** A strategy by its name, or one of your own. */
  readonly fusion?: FusionName | FusionStrategy;
  /** Milliseconds since any fixed moment. */
  readonly clock?: () => number;
  /** The date as the integer YYYYMMDD. */
  readonly today?: () => number;
}

interface RelatedExamples extends Examples {
  /** The papers among them. */
  readonly excluded: readonly DocId[];
  readonly filter: Filter;
}

interface Direction {
  readonly vector: Float32Array | undefined;
  readonly exact: readonly ExactHit[];
}

const NO_DIRECTION: Direction = { vector: undefined, exact: [] };

type EmbedQuestion = (text: string) => Promise<Float32Array>;

/** How many of the telling words are marked in a passage of related work; more would mark everything. */
const MARKED_TERMS = 12;
/** How much of a pasted text stands for it in `SearchAnswer.query`. */
const SHOWN_TEXT_LENGTH = 100;

export class Searcher {
  readonly #engine: EngineReader;
  readonly #embedder: Embedder;
  readonly #fusion: FusionStrategy;
  readonly #clock: () => number;
  readonly #today: () => number;

  constructor({
    engine,
    embedder,
    fusion = DEFAULT_FUSION,
    clock = () => performance.now(),
    today = dateOfToday,
  }: SearcherOptions) {
    this.#engine = engine;
    this.#embedder = embedder;
    this.#fusion = typeof fusion === 'string' ? FUSIONS[fusion] : fusion;
    this.#clock = clock;
    this.#today = today;
  }

  /**
   * Rejects with QUERY_EMPTY for a question without a word and INPUT_INVALID for values out of range. Where there is
   * no question at all but a filter, everything that passes is the answer, newest first.
   */
  async search(request: SearchRequest, options: AskOptions = {}): Promise<SearchAnswer> {
    return this.#timed(() =>
      this.#search(request, { ...options, embed: (text) => this.#embedder.embedQuery(text) }),
    );
  }

  /** `search` with the vector of the question given. */
  async searchWith(vector: Float32Array, request: SearchRequest): Promise<SearchAnswer> {
    return this.#timed(() => this.#search(request, { embed: async () => vector }));
  }

  /**
   * Papers near the positives and away from the negatives. A long text is read by the model in windows and looked up
   * by its most telling words. Rejects as `search` does, and with PAPER_NOT_FOUND for an unknown id.
   */
  async related(request: RelatedRequest, options: AskOptions = {}): Promise<SearchAnswer> {
    return this.#timed(() => this.#related(request, options));
  }

  /** Everything that passes a filter; see `listPapers`. */
  list(request: ListRequest): Promise<PaperList> {
    return listPapers(this.#engine, request);
  }

  /** What may go on from the text; see `suggest`. */
  suggest(text: string, options: Omit<SuggestOptions, 'clock'> = {}): Promise<SuggestAnswer> {
    return suggest(this.#engine, text, { ...options, clock: this.#clock });
  }

  async #timed(answer: () => Promise<Omit<SearchAnswer, 'tookMs'>>): Promise<SearchAnswer> {
    const startedAt = this.#clock();
    return { ...(await answer()), tookMs: this.#clock() - startedAt };
  }

  async #search(request: SearchRequest, { embed, signal }: AskOptions & { readonly embed: EmbedQuestion }) {
    const complete = completeSearch(request);
    const { query, mode } = complete;
    const understood = await understand(this.#engine, query, complete.filter);
    const { text, filter, exact, notes, near, far, isEmpty, isAnsweredByName } = understood;
    if (isEmpty && (query !== '' || isUnfiltered(filter))) throw new AppError('QUERY_EMPTY');
    const paging = { ...complete, filter };
    const typed = queryTerms(text);
    const asked: Asked = { query, aimed: 'question', question: query, exact, notes, terms: typed, signal };
    const named = exact.map(({ docId }) => docId);
    if (isAnsweredByName) return this.#answer(() => async () => namedAlone(named), paging, asked);
    if (near.length + far.length > 0) return this.#searchNear(understood, paging, { asked, embed });
    if (text === '') return this.#answer(this.#newest(filter), paging, { ...asked, aimed: 'listing' });
    const meant = mode === 'semantic' ? NO_CORRECTIONS : await corrections(this.#engine, text);
    const terms = withCorrections(typed, meant);
    const vector = needsVector(paging) ? await embed(text) : undefined;
    const retriever = this.#retriever({ mode, terms, vector }, paging, { named });
    return this.#answer(retriever, paging, { ...asked, terms, vector, didYouMean: meant.didYouMean });
  }

  /** `related:ID words`: the papers named are never in the answer. */
  async #searchNear(
    { text, near, far, filter }: Understanding,
    paging: Paging,
    { asked, embed }: { readonly asked: Asked; readonly embed: EmbedQuestion },
  ) {
    const ids = [...near, ...far].map(({ id }) => id);
    if (text === '' && near.length === 0) {
      const others = this.#newest(bothFilters(filter, { not: [{ ids }] }));
      return this.#answer(others, paging, { ...asked, aimed: 'listing' });
    }
    const parts = { engine: this.#engine, embedder: this.#embedder, embed, signal: asked.signal };
    const needed = { mode: paging.mode, needsVector: needsVector(paging) };
    const aim = await nearAim(parts, { ...needed, text, near, far });
    const excluded = (await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })))).flat();
    const exact = (asked.exact ?? []).filter(({ docId }) => !excluded.includes(docId));
    const retriever = this.#retriever(aim, paging, { named: exact.map(({ docId }) => docId), excluded });
    const { terms, vector } = aim;
    return this.#answer(retriever, paging, {
      ...{ ...asked, aimed: 'related', exact },
      ...{ terms, marked: head(terms), vector },
    });
  }

  async #related(request: RelatedRequest, { signal }: AskOptions) {
    const complete = completeRelated(request);
    const { mode, positive, negative, positiveTexts, negativeTexts } = complete;
    const { positives, negatives } = await readExamples(this.#engine, complete);
    const ids = [...positives, ...negatives].flatMap(({ id }) => (id === undefined ? [] : [id]));
    const excluded = (await this.#engine.lookup(ids.map((value) => ({ kind: 'id', value })))).flat();
    const texts = { positives: textsOf(positives), negatives: textsOf(negatives) };
    const terms = await tellingTerms(this.#engine, texts);
    const examples = { positives, negatives, excluded, filter: complete.filter };
    const { vector, exact } = needsVector(complete) ? await this.#direction(examples, signal) : NO_DIRECTION;
    const question = [positive, negative, positiveTexts, negativeTexts];
    const told = { query: describe(positives), aimed: 'related', question } as const;
    const asked = { ...told, terms, marked: head(terms), vector, signal, exact };
    const sets = { named: exact.map(({ docId }) => docId), excluded };
    return this.#answer(this.#retriever({ mode, terms, vector }, complete, sets), complete, asked);
  }

  /** Everything that passes a filter. */
  #newest(filter: Filter): Retriever {
    return () => (depth) => listNewest(this.#engine, filter, depth);
  }

  #retriever(
    aim: Aim,
    { filter, sort, diversity }: Paging,
    sets: Pick<RetrievalOptions, 'named' | 'excluded'>,
  ): Retriever {
    const fusion = this.#fusion;
    return (today) => async (wanted) => {
      const depth = diversity > 0 ? Math.max(wanted, DIVERSIFIED_HEAD) : wanted;
      const freshOn = sort === 'fresh' ? today : undefined;
      const retrieval = await retrieve(this.#engine, aim, { filter, fusion, depth, freshOn, ...sets });
      const first = sets.named ?? [];
      const ranking = await diversified(this.#engine, retrieval.ranking, { diversity, first });
      return { ...retrieval, ranking };
    };
  }

  /** Where to look, and the papers whose own text was pasted. */
  async #direction(
    { positives, negatives, excluded, filter }: RelatedExamples,
    signal: AbortSignal | undefined,
  ): Promise<Direction> {
    const makers = { engine: this.#engine, embedder: this.#embedder, signal };
    const vectors = await exampleVectors(makers, [...positives, ...negatives]);
    const pasted = positives.flatMap(({ id, text }, at) => {
      const vector = vectors[at];
      return id === undefined && vector ? [{ text, vector }] : [];
    });
    const own = await pastedPapers(this.#engine, pasted, filter);
    return {
      vector: rocchio(vectors.slice(0, positives.length), vectors.slice(positives.length)),
      exact: own.filter(({ docId }) => !excluded.includes(docId)),
    };
  }

  #answer(retriever: Retriever, paging: Paging, asked: Asked) {
    const parts = {
      engine: this.#engine,
      embedder: this.#embedder,
      fusion: this.#fusion,
      today: dayNumber(this.#today()),
    };
    return answerPage(parts, retriever, { paging, asked });
  }
}

/** Keyword retrieval needs no vector, but a passage that is chosen by meaning does. */
function needsVector({ mode, passage }: Paging): boolean {
  return mode !== 'keyword' || passage === 'semantic';
}

function head<T>(terms: readonly T[]): readonly T[] {
  return terms.slice(0, MARKED_TERMS);
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
