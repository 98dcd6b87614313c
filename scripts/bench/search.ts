/**
 * Searching 100,000 papers with 997 real questions, in process: each mode apart, with the embedding of the question
 * and with its vector given, in the first pass and after it, with and without a filter; related work of known papers;
 * passages by meaning. Yardsticks in the same run: the same questions as an FTS5
 * query ranked by SQLite, and an exact scan of all float vectors.
 */
import Database from 'better-sqlite3';
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import type { EngineReader } from '../../src/engine/engine.ts';
import { FACET_FIELDS } from '../../src/engine/facets.ts';
import type { Filter } from '../../src/engine/filter.ts';
import { MODES, type SearchRequest } from '../../src/search/request.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { terms } from '../../src/text/analyze.ts';
import { nameTokens } from '../../src/text/names.ts';
import { isStopTerm } from '../../src/text/stop-words.ts';
import { benchQuestions, openBenchCorpus } from './bench-corpus.ts';
import { benchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { openBundledEmbedder } from './bundled-model.ts';
import { type Latency, latencyOf, round } from './measure.ts';
import { questionVectors } from './question-vectors.ts';

const SIZE = 100_000;
const YARDSTICK_QUESTIONS = 100;
/** One paper in so many is asked for its related work. */
const RELATED_EVERY = 200;
const FILTERS: Readonly<Record<string, Filter>> = {
  none: {},
  'one year': { from: '2025', to: '2025' },
  'since 2026-06': { from: '2026-06' },
  'cs.CL': { categories: ['cs.CL'] },
  'an author': { authors: ['Wang'] },
};

const LISTS: Readonly<Record<string, Omit<SearchRequest, 'query'>>> = {
  'by relevance': {},
  unfolded: { fold: false },
  'with all facets': { facets: FACET_FIELDS },
  'newest first': { sort: 'date' },
  fresh: { sort: 'fresh' },
};
const COUNTINGS = 50;

/** The six facets of a result set of every paper, words read included. */
async function facetLatency(engine: EngineReader): Promise<Latency> {
  const term = ['the', 'of', 'and', 'a', 'in', 'we', 'to', 'is'].map((word) => ({ term: word, weight: 1 }));
  const set = { filter: {}, also: [], excluded: [] };
  return latencyOf(
    Array.from({ length: COUNTINGS }, () => [...term]),
    (words) => engine.facets({ ...set, terms: words }, { fields: FACET_FIELDS, limit: 10 }),
    { warmUp: 10 },
  );
}

export async function benchSearch(): Promise<BenchResult> {
  const questions = benchQuestions();
  const vectors = await questionVectors();
  const embedder = await openBundledEmbedder();
  const engine = await openEmbeddedReader({ dir: await benchIndex(SIZE), space: embedder.model });
  await embedder.embedQuery('warm up');
  const searcher = new Searcher({ engine, embedder });
  // A server has answered before: what the compiler makes of the first hundreds of questions is told apart.
  const cold = await latencyOf(
    questions,
    (query, at) => searcher.searchWith(vectors[at] as Float32Array, { query }),
    { warmUp: 0 },
  );
  const retrieval: Record<string, Latency> = {};
  for (const [name, filter] of Object.entries(FILTERS)) {
    retrieval[name] = await latencyOf(questions, (query, at) =>
      searcher.searchWith(vectors[at] as Float32Array, { query, filter }),
    );
  }
  const lists: Record<string, Latency> = {};
  for (const [name, request] of Object.entries(LISTS)) {
    lists[name] = await latencyOf(questions, (query, at) =>
      searcher.searchWith(vectors[at] as Float32Array, { query, ...request }),
    );
  }
  const counting = await facetLatency(engine);
  const whole: Record<string, Latency> = {};
  for (const mode of MODES)
    whole[mode] = await latencyOf(questions, (query) => searcher.search({ query, mode }));
  const known = Array.from(openBenchCorpus(SIZE).papers())
    .filter((_, at) => at % RELATED_EVERY === 0)
    .map(({ paper }) => paper.id);
  const related = {
    known: await latencyOf(known, (id) => searcher.related({ positive: [id] })),
    diverse: await latencyOf(known, (id) => searcher.related({ positive: [id], diversity: 0.5 })),
  };
  const semanticPassages = await latencyOf(questions.slice(0, YARDSTICK_QUESTIONS), (query, at) =>
    searcher.searchWith(vectors[at] as Float32Array, { query, passage: 'semantic' }),
  );
  const embedding = await latencyOf(questions, (query) => embedder.embedQuery(query));
  await engine.close();
  await embedder.close();
  const fts5 = await fts5Latency(questions.slice(0, YARDSTICK_QUESTIONS));
  const scan = await scanLatency(vectors.slice(0, YARDSTICK_QUESTIONS));
  const hybrid = retrieval.none as Latency;
  return {
    settings: {
      papers: SIZE,
      questions: questions.length,
      hits: 10,
      yardstickQuestions: YARDSTICK_QUESTIONS,
    },
    results: {
      firstPass: cold,
      hybridVectorGiven: retrieval,
      lists,
      allFacetsOfAllPapers: counting,
      embeddingIncluded: whole,
      related,
      semanticPassages,
      embedding,
      fts5,
      exactScan: scan,
      fts5ToHybrid: round(fts5.p50Ms / hybrid.p50Ms),
      exactScanToHybrid: round(scan.p50Ms / hybrid.p50Ms),
    },
  };
}

/** What a person would write with SQLite alone: an OR of the question's words, ORDER BY rank. */
async function fts5Latency(questions: readonly string[]): Promise<Latency> {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize = 'porter unicode61')`);
  const insert = db.prepare('INSERT INTO papers VALUES (?, ?)');
  db.transaction(() => {
    for (const { paper } of openBenchCorpus(SIZE).papers()) insert.run(paper.title, paper.abstract);
  })();
  const select = db.prepare('SELECT rowid, title FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 10');
  const match = (question: string) =>
    nameTokens(question)
      .filter((word) => !terms(word).every(isStopTerm))
      .map((word) => `"${word}"`)
      .join(' OR ');
  const latency = await latencyOf(questions, async (question) => select.all(match(question)), { warmUp: 5 });
  db.close();
  return latency;
}

/** Every vector compared in float32, ten best kept: what a search without an index costs in JavaScript. */
async function scanLatency(queries: readonly Float32Array[]): Promise<Latency> {
  const vectors = [...openBenchCorpus(SIZE).papers()].map(({ vector }) => vector ?? new Float32Array(0));
  const scan = async (query: Float32Array) => {
    const scores = vectors.map((vector) => {
      let sum = 0;
      for (let at = 0; at < query.length; at++) sum += (query[at] as number) * (vector[at] as number);
      return sum;
    });
    return Array.from(scores.keys())
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
      .slice(0, 10);
  };
  return latencyOf(queries, scan, { warmUp: 3 });
}
