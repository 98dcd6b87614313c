/**
 * The judged collections of ../shared, in an exact engine with vectors of the bundled model, and how they are asked.
 * Vectors are embedded once and kept under .cache/quality.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Embedder } from '../../src/embed/embedder.ts';
import type { EngineReader } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import type { FusionName, FusionStrategy } from '../../src/search/fusion.ts';
import type { Mode } from '../../src/search/request.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { remembering } from './remembering.ts';

const COLLECTIONS = resolve(import.meta.dirname, '../../../shared/collections');
const CACHE = resolve(import.meta.dirname, '../../.cache/quality');
const DEPTH = 10;
export const COLLECTION_NAMES = ['cacm', 'cranfield', 'med', 'csfcube', 'nfcorpus', 'cacm-related'];
/** Collections with the same papers. */
const PAPERS_OF: Readonly<Record<string, string>> = { 'cacm-related': 'cacm' };

interface Query {
  readonly id: string;
  readonly text: string;
  /** The query's own paper, which is left out of the ranking. */
  readonly doc?: string;
}

type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>;
type Ask = (searcher: Searcher, query: Query) => Promise<SearchAnswer>;

/** One way of ranking that is measured. */
export interface Run {
  readonly name: string;
  readonly fusion: FusionName | FusionStrategy;
  readonly mode: Mode;
}

/** By run, then by how a collection was asked (`csfcube by text`), the nDCG@10 of each judged query. */
export type Scores = Record<string, Record<string, number[]>>;

/** Adds the scores of one collection. */
export async function evaluate(
  collection: string,
  runs: readonly Run[],
  { embedder, scores }: { readonly embedder: Embedder; readonly scores: Scores },
): Promise<void> {
  const queries = readRows<Query>(collection, 'queries');
  const qrels = readQrels(collection);
  const engine = remembering(await openCollection(collection, embedder));
  const asked = await cachedVectors(
    `${collection}.queries`,
    queries.map(({ text }) => text),
    embedder,
  );
  const known = new Map(queries.map(({ text }, at) => [text, asked[at] as Float32Array]));
  for (const { name, fusion, mode } of runs) {
    const searcher = new Searcher({ engine, embedder: fromMemory(embedder, known), fusion });
    for (const [how, ask] of Object.entries(asks(queries, mode))) {
      const found = await ndcgs(queries, qrels, (query) => ask(searcher, query));
      scores[name] = { ...scores[name], [`${collection}${how}`]: found };
    }
  }
}

async function openCollection(collection: string, embedder: Embedder): Promise<EngineReader> {
  const engine = new ExactEngine(embedder.model);
  const papers = readRows<Partial<Paper> & { id: string }>(collection, 'papers').map(asPaper);
  const vectors = await cachedVectors(
    `${PAPERS_OF[collection] ?? collection}.papers`,
    papers.map(embeddedText),
    embedder,
  );
  await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] as Float32Array })));
  return engine;
}

/** The ways to ask of one collection: questions are searched, papers are related by id and by their text. */
function asks(queries: readonly Query[], mode: Mode): Record<string, Ask> {
  if (queries.every(({ doc }) => doc === undefined)) {
    return { '': (searcher, { text }) => searcher.search({ query: text, mode }) };
  }
  // One more than wanted, for the paper itself.
  const limit = DEPTH + 1;
  return {
    ' by id': (searcher, { doc = '' }) => searcher.related({ positive: [doc], mode, limit }),
    ' by text': (searcher, { text }) => searcher.related({ positiveTexts: [text], mode, limit }),
  };
}

async function ndcgs(
  queries: readonly Query[],
  qrels: Qrels,
  ask: (query: Query) => Promise<SearchAnswer>,
): Promise<number[]> {
  const scores: number[] = [];
  for (const query of queries) {
    const grades = new Map([...(qrels.get(query.id) ?? [])].filter(([id]) => id !== query.doc));
    if (![...grades.values()].some((grade) => grade > 0)) continue;
    const { hits } = await ask(query);
    const ids = hits.map(({ paper }) => paper.id).filter((id) => id !== query.doc);
    scores.push(ndcg(ids.slice(0, DEPTH), grades));
  }
  return scores;
}

/** Järvelin & Kekäläinen, TOIS 2002, with linear gain. */
function ndcg(ids: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (list: readonly number[]) =>
    list.reduce((sum, grade, at) => sum + grade / Math.log2(at + 2), 0);
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, DEPTH);
  return gain(ids.map((id) => grades.get(id) ?? 0)) / gain(ideal);
}

function readText(collection: string, file: string): string {
  return gunzipSync(readFileSync(resolve(COLLECTIONS, collection, file)))
    .toString('utf8')
    .trim();
}

function readRows<Row>(collection: string, name: string): Row[] {
  return readText(collection, `${name}.jsonl.gz`)
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

function readQrels(collection: string): Qrels {
  const qrels = new Map<string, Map<string, number>>();
  for (const line of readText(collection, 'qrels.tsv.gz').split('\n')) {
    const [query = '', paper = '', grade] = line.split('\t');
    const grades = qrels.get(query) ?? new Map<string, number>();
    qrels.set(query, grades.set(paper, Math.max(0, Number(grade))));
  }
  return qrels;
}

/** Some judged papers have no title, which an import would refuse; here they count all the same. */
function asPaper({
  id,
  title = '',
  abstract = '',
  authors = [],
  venue,
}: Partial<Paper> & { id: string }): Paper {
  return { id, title, abstract, authors, categories: [], ...(venue !== undefined && { venue }) };
}

async function cachedVectors(
  name: string,
  texts: readonly string[],
  embedder: Embedder,
): Promise<Float32Array[]> {
  const { dimensions, fingerprint } = embedder.model;
  const path = resolve(CACHE, `${name}.${fingerprint.slice(0, 12)}.f32`);
  if (!existsSync(path)) {
    process.stderr.write(`embedding ${texts.length} texts of ${name}\n`);
    mkdirSync(CACHE, { recursive: true });
    const made = await embedder.embedDocuments(texts);
    writeFileSync(
      path,
      Buffer.concat(
        made.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
      ),
    );
  }
  const bytes = readFileSync(path);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return texts.map((_, at) => all.slice(at * dimensions, (at + 1) * dimensions));
}

/** The model's answers as they were kept; it has no prefixes, so questions and papers are embedded alike. */
function fromMemory(embedder: Embedder, known: ReadonlyMap<string, Float32Array>): Embedder {
  const vectorOf = async (text: string) => known.get(text) ?? embedder.embedQuery(text);
  return {
    model: embedder.model,
    embedQuery: vectorOf,
    embedDocuments: (texts) => Promise.all(texts.map(vectorOf)),
    close: async () => {},
  };
}
