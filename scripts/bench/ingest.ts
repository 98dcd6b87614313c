/**
 * How fast the answers of sources become papers, and papers of an index: decoding, parsing, normalising, and then
 * comparing with what is stored. Nothing waits for a network: the pages are fetched before the clock runs. The
 * yardstick is embedding, which every new paper needs, on papers of the same corpus in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { decodeText } from '../../src/http/decode-text.ts';
import type { Ask } from '../../src/http/polite-client.ts';
import { AddTally } from '../../src/indexer/add-report.ts';
import { type Incoming, storePapers } from '../../src/indexer/store-papers.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { openSource } from '../../src/sources/registry.ts';
import { type StandInPaper, startServices } from '../../tests/sources/stand-in-services.ts';
import { openBenchCorpus } from './bench-corpus.ts';
import type { BenchResult } from './bench-result.ts';
import { openBundledEmbedder } from './bundled-model.ts';
import { median, round } from './measure.ts';

const SIZE = 10_000;
const PAGE = 1_000;
const ROUNDS = 5;
const EMBEDDED = 120;
const ADDRESS_OF = {
  arxiv: '/api/query',
  'arxiv-oai': '/oai',
  'hf-daily': '/api/daily_papers',
  pubmed: '/pubmed',
  feed: '/feed',
  zotero: '/zotero',
} as const;
const TARGET_OF = {
  arxiv: `cs.CL?max=${SIZE}`,
  'arxiv-oai': 'cs',
  'hf-daily': '2026-11',
  pubmed: `things?max=${SIZE - 1}`,
  feed: 'https://example.org/papers.rss',
  zotero: '',
} as const;

type Name = keyof typeof ADDRESS_OF;

export async function benchIngest(): Promise<BenchResult> {
  const papers = [...openBenchCorpus(SIZE).papers()].map(({ paper }) => paper);
  const service = await startServices({ papers: papers.map(asStandIn), pageSize: PAGE });
  const parsed: Record<string, number> = {};
  const oai = rememberedAsk();
  for (const name of Object.keys(ADDRESS_OF) as Name[]) {
    const ask = name === 'arxiv-oai' ? oai : rememberedAsk();
    const rates: number[] = [];
    // The first round fetches the pages.
    for (let turn = 0; turn <= ROUNDS; turn++) {
      const rate = await rateOf(() => drain(rowsOf(name, service.url, ask)));
      if (turn > 0) rates.push(rate);
    }
    parsed[name] = round(median(rates));
  }
  const merged = await mergeRates(() => rowsOf('arxiv-oai', service.url, oai));
  await service.close();
  const embedded = await embedRate(papers);
  return {
    settings: { papers: SIZE, page: PAGE, rounds: ROUNDS, embedded: EMBEDDED },
    results: {
      papersPerSecond: { parsed, ...merged, embedded },
      mergedToEmbedded: {
        new: round(merged.mergedNew / embedded),
        known: round(merged.mergedKnown / embedded),
      },
    },
  };
}

/** Papers of the source a second into a new index, and into one that has them all. */
async function mergeRates(rows: () => AsyncGenerator<Incoming>) {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-bench-'));
  const space = { name: 'bench', dimensions: 384, fingerprint: 'bench' };
  const engine: Engine = await openEmbeddedEngine({ dir, space });
  const store = () => storePapers(rows(), { engine, tally: new AddTally() }).then(() => SIZE);
  const mergedNew = await rateOf(store);
  const known: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) known.push(await rateOf(store));
  await engine.close();
  rmSync(dir, { recursive: true });
  return { mergedNew: round(mergedNew), mergedKnown: round(median(known)) };
}

async function embedRate(papers: readonly Paper[]): Promise<number> {
  const embedder = await openBundledEmbedder();
  try {
    await embedder.warmUp();
    const texts = papers.slice(0, EMBEDDED).map(embeddedText);
    return round(await rateOf(async () => (await embedder.embedDocuments(texts)).length));
  } finally {
    await embedder.close();
  }
}

async function* rowsOf(name: Name, url: string, ask: Ask): AsyncGenerator<Incoming> {
  const source = await openSource(name);
  const context = { ask, address: url + ADDRESS_OF[name] };
  for await (const { rows } of source.stream({ target: TARGET_OF[name] }, context)) {
    for (const row of rows) yield 'deleted' in row ? row : { row };
  }
}

/** Asks a page once and gives the same bytes ever after. */
function rememberedAsk(): Ask {
  const pages = new Map<string, Buffer>();
  return async (address, read) => {
    const bytes = pages.get(address) ?? Buffer.from(await (await fetch(address)).arrayBuffer());
    pages.set(address, bytes);
    const decoded = decodeText(bytes);
    return read({
      address,
      status: 200,
      header: () => undefined,
      bytes,
      text: () => decoded,
      validators: {},
    });
  };
}

async function drain(rows: AsyncGenerator<Incoming>): Promise<number> {
  let count = 0;
  for await (const _ of rows) count++;
  return count;
}

/** What `work` did, a second. */
async function rateOf(work: () => Promise<number>): Promise<number> {
  const begun = performance.now();
  const done = await work();
  return (1_000 * done) / (performance.now() - begun);
}

export function asStandIn({
  id,
  title,
  abstract,
  authors,
  categories,
  published = '2020-01-01',
}: Paper): StandInPaper {
  return {
    id,
    title,
    abstract,
    authors,
    categories,
    versions: [`${published}-01-01`.slice(0, 10)],
    stamp: '2026-11-01',
  };
}
