/**
 * An engine of maps and loops: every answer is computed from the papers themselves, nothing is derived or kept.
 * It is the oracle the other engines are tested against and good for a few thousand papers in memory. Nothing
 * here is fast, and nothing should be made fast at the cost of being plainly right.
 */
import { embeddedTextHash } from '../../paper/embedded-text.ts';
import { compareRecords, type SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { workKeys } from '../../paper/same-work.ts';
import { dot } from '../../vector/dot.ts';
import type { Completions } from '../completion.ts';
import type {
  DayCount,
  Engine,
  EngineStatus,
  IndexedPaper,
  LexicalOptions,
  ListByIdOptions,
  Listing,
  ListOptions,
  LookupKey,
  SemanticOptions,
  TermStatistics,
  VectorSpace,
  Votes,
  WeightedTerm,
} from '../engine.ts';
import type { FacetOptions, Facets } from '../facets.ts';
import type { Filter } from '../filter.ts';
import { indexedText } from '../indexed-text.ts';
import type { DocId, LexicalRanking, Ranking } from '../ranking.ts';
import { recencyWeight } from '../recency.ts';
import { requireVector } from '../require-vector.ts';
import { AFTER_ALL_DAYS, type ByDateOptions, type ResultSet } from '../result-set.ts';
import { completionsOf } from './completions.ts';
import { type Entry, isSameWork, passes } from './entry.ts';
import { dayOf, exactFacets } from './exact-facets.ts';
import { exactCalendar, exactListById, exactNewest, exactVotes } from './exact-lists.ts';
import { isNamedBy, namesOf } from './exact-names.ts';
import { bm25Scores, cosine, documentFrequencies, type Scored, toRanking } from './scores.ts';

export class ExactEngine implements Engine {
  readonly space: VectorSpace;
  /** In docId order: a replaced paper keeps its place and its docId. */
  readonly #entries = new Map<PaperId, Entry>();
  #lastDocId: DocId = 0;
  #generation = 0;

  constructor(space: VectorSpace) {
    this.space = space;
  }

  async upsert(batch: readonly IndexedPaper[], gone: readonly PaperId[] = []): Promise<void> {
    for (const { vector } of batch) if (vector) requireVector(vector, this.space);
    const freed = gone.flatMap((id) => this.#entries.get(id) ?? []);
    for (const id of gone) this.#entries.delete(id);
    for (const entry of batch) this.#put(entry, freed);
    if (batch.length > 0) this.#generation += 1;
  }

  async attachVectors(
    batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[],
  ): Promise<void> {
    for (const { vector } of batch) requireVector(vector, this.space);
    for (const { id, vector } of batch) {
      const entry = this.#entries.get(id);
      if (entry) this.#entries.set(id, { ...entry, vector: vector.slice() });
    }
    if (batch.length > 0) this.#generation += 1;
  }

  async unembedded(limit: number): Promise<Paper[]> {
    const waiting = [...this.#entries.values()].filter((entry) => entry.vector === undefined);
    return waiting.slice(0, limit).map((entry) => entry.paper);
  }

  async remove(ids: readonly PaperId[]): Promise<number> {
    let removed = 0;
    for (const id of ids) if (this.#entries.delete(this.#find(id)?.paper.id ?? id)) removed += 1;
    if (removed > 0) this.#generation += 1;
    return removed;
  }

  async get(ids: readonly PaperId[]): Promise<(Paper | undefined)[]> {
    return ids.map((id) => this.#find(id)?.paper);
  }

  async records(ids: readonly PaperId[]): Promise<SourceRecord[][]> {
    return ids.map((id) => (this.#find(id)?.records ?? []).toSorted(compareRecords));
  }

  async papers(docIds: readonly DocId[]): Promise<(Paper | undefined)[]> {
    const byDocId = new Map([...this.#entries.values()].map(({ docId, paper }) => [docId, paper]));
    return docIds.map((docId) => byDocId.get(docId));
  }

  async lookup(keys: readonly LookupKey[], limit?: number): Promise<DocId[][]> {
    return keys.map((key) => {
      const named = [...this.#entries.values()].filter((entry) => isNamedBy(entry, key));
      return named.map(({ docId }) => docId).slice(0, limit);
    });
  }

  async lexical(
    terms: readonly WeightedTerm[],
    { filter, limit, also = [], freshOn }: LexicalOptions,
  ): Promise<LexicalRanking> {
    const entries = [...this.#entries.values()];
    const scores = bm25Scores(
      entries.map((entry) => entry.text),
      terms,
    );
    const found = new Map<DocId, Scored>();
    entries.forEach((entry, at) => {
      const score = scores[at];
      if (score !== undefined && passes(entry, filter)) found.set(entry.docId, { docId: entry.docId, score });
    });
    const ranked = entries.flatMap(({ docId, paper }) => {
      const score = found.get(docId)?.score;
      if (score === undefined) return [];
      return { docId, score: freshOn === undefined ? score : score * recencyWeight(dayOf(paper), freshOn) };
    });
    return {
      ...toRanking(ranked, limit),
      total: found.size,
      alsoScores: Float32Array.from(also, (docId) => found.get(docId)?.score ?? 0),
    };
  }

  async semantic(vector: Float32Array, { filter, limit }: SemanticOptions): Promise<Ranking> {
    requireVector(vector, this.space);
    const found: Scored[] = [];
    for (const entry of this.#entries.values()) {
      if (!(entry.vector && passes(entry, filter))) continue;
      found.push({ docId: entry.docId, score: cosine(entry.vector, vector) });
    }
    return toRanking(found, limit);
  }

  async newest({ filter, limit }: ListOptions): Promise<Listing> {
    return exactNewest(this.#passing(filter), limit);
  }

  async calendar(filter: Filter): Promise<DayCount[]> {
    return exactCalendar(this.#passing(filter));
  }

  async votes(filter: Filter): Promise<Votes[]> {
    return exactVotes(this.#passing(filter));
  }

  async listById(options: ListByIdOptions): Promise<Listing> {
    return exactListById(this.#passing(options.filter), options);
  }

  async facets(set: ResultSet, options: FacetOptions): Promise<Facets> {
    return exactFacets(
      this.#members(set).map(({ paper }) => paper),
      options,
    );
  }

  async byDate(set: ResultSet, { order, limit }: ByDateOptions): Promise<Ranking> {
    const dated = this.#members(set).map(({ docId, paper }) => ({ docId, day: dayOf(paper) }));
    const score = (day: number) => (order === 'newest' ? day : -(day || AFTER_ALL_DAYS));
    return toRanking(
      dated.map(({ docId, day }) => ({ docId, score: score(day) })),
      limit,
    );
  }

  async sameWorks(docIds: readonly DocId[]): Promise<DocId[][]> {
    const entries = [...this.#entries.values()];
    return docIds.map((docId) => {
      const work = new Set(entries.filter((entry) => entry.docId === docId));
      for (const member of work) {
        for (const entry of entries) if (isSameWork(member, entry)) work.add(entry);
      }
      return [...work]
        .map((entry) => entry.docId)
        .filter((other) => other !== docId)
        .sort((a, b) => a - b);
    });
  }

  async days(docIds: Iterable<DocId>): Promise<Uint32Array> {
    const papers = await this.papers([...docIds]);
    return Uint32Array.from(papers, (paper) => (paper ? dayOf(paper) : 0));
  }

  async lastDocId(): Promise<DocId> {
    return this.#lastDocId;
  }

  async similarities(docIds: readonly DocId[]): Promise<Float32Array> {
    const byDocId = new Map([...this.#entries.values()].map(({ docId, vector }) => [docId, vector]));
    const vectors = docIds.map((docId) => byDocId.get(docId));
    return Float32Array.from(
      vectors.flatMap((one) => vectors.map((other) => (one && other ? dot(one, other) : 0))),
    );
  }

  async statistics(terms: readonly string[]): Promise<TermStatistics> {
    const texts = [...this.#entries.values()].map((entry) => entry.text);
    return { papers: texts.length, documentFrequencies: documentFrequencies(texts, terms) };
  }

  async vectors(ids: readonly PaperId[]): Promise<(Float32Array | undefined)[]> {
    return ids.map((id) => this.#find(id)?.vector?.slice());
  }

  async vectorsOf(docIds: readonly DocId[]): Promise<(Float32Array | undefined)[]> {
    const byDocId = new Map([...this.#entries.values()].map(({ docId, vector }) => [docId, vector]));
    return docIds.map((docId) => byDocId.get(docId)?.slice());
  }

  async complete(typed: readonly string[], limit: number): Promise<Completions> {
    return completionsOf([...this.#entries.values()], typed, limit);
  }

  async *scan(): AsyncIterable<IndexedPaper> {
    for (const { paper, vector } of [...this.#entries.values()]) {
      yield vector ? { paper, vector: vector.slice() } : { paper };
    }
  }

  async status(): Promise<EngineStatus> {
    const entries = [...this.#entries.values()];
    const [founded] = entries.flatMap(({ arrived }) => arrived ?? []).sort();
    return {
      index: 'memory',
      papers: entries.length,
      embedded: entries.filter((entry) => entry.vector !== undefined).length,
      generation: this.#generation,
      space: this.space,
      ...(founded && { founded }),
      bytes: 0,
    };
  }

  async checkpoint(): Promise<void> {}
  async refresh(): Promise<void> {}

  async close(): Promise<void> {
    this.#entries.clear();
  }

  #members({ filter, terms, also, excluded, holdsAll = false }: ResultSet): Entry[] {
    return this.#passing(filter).filter(
      ({ docId, text }) =>
        !excluded.includes(docId) &&
        (holdsAll || also.includes(docId) || terms.some(({ term }) => text.frequencies.has(term))),
    );
  }

  #find(id: PaperId): Entry | undefined {
    const entry = this.#entries.get(id);
    return entry ?? [...this.#entries.values()].find(({ names }) => names.ids.has(id));
  }

  #passing(filter: Filter): Entry[] {
    return [...this.#entries.values()].filter((entry) => passes(entry, filter));
  }

  #put({ paper, vector, records, arrived }: IndexedPaper, freed: readonly Entry[]): void {
    const known = this.#entries.get(paper.id);
    const hash = embeddedTextHash(paper);
    const alike = [...(known ? [known] : []), ...freed].find((one) => embeddedTextHash(one.paper) === hash);
    const said = records ?? known?.records ?? [];
    this.#entries.set(paper.id, {
      docId: known?.docId ?? this.#nextDocId(),
      paper,
      text: indexedText(paper),
      names: namesOf(paper, said),
      workKeys: new Set(workKeys(paper)),
      vector: vector?.slice() ?? alike?.vector,
      records: said,
      arrived: known ? known.arrived : arrived,
    });
  }

  #nextDocId(): DocId {
    this.#lastDocId += 1;
    return this.#lastDocId;
  }
}
