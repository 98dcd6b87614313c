/** A server over the sample papers, a few with votes and old ids among them: what the doors are tested on. */
import { readFileSync } from 'node:fs';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { startTestServer } from '../api/test-server.ts';
import { temporaryFolder } from '../engine/embedded/temporary-index.ts';

const EXTRA = [
  {
    id: '2511.00001',
    title: 'Votes for lighthouses',
    abstract: 'A lamp that everybody likes. It has Q&A systems and a <b>tag</b>, p<0.05.',
    authors: ['Ada Fox', 'Bo Hare'],
    published: '2025-11-03',
    categories: ['cs.CL'],
    upvotes: 42,
    comments: 3,
    code: 'https://github.com/example/lamp',
    keywords: ['lamps', 'votes'],
  },
  { id: '2511.00002', title: 'Votes for nobody', published: '2025-11-09', upvotes: 0, comments: 0 },
  { id: '2511.00003', title: 'Votes for later', published: '2025-11-10', upvotes: 7 },
  { id: 'lecture-1', title: 'A lecture without a date' },
  { id: 'lecture-2', title: 'A lecture of some year', published: '2025' },
  {
    id: 'pmid:19872477',
    title: 'A fish on a ladder',
    abstract: 'The fish is on a ladder.',
    published: '2009',
  },
  {
    id: 'W12-3903',
    title: 'Anthologies of ladders',
    abstract: 'Ladders and outflow.',
    authors: ['Cem Yak', 'Dee Emu', 'Eva Gnu'],
    published: '2012-07',
    venue: 'Workshop on Ladders',
  },
];

export const PAPERS: readonly Paper[] = [
  ...readFileSync('data/sample.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)),
  ...EXTRA,
].map((row) => normalizePaper(row));

/** What a client gets, to be looked at by `toMatchObject` and `toEqual`. */
export type Answer = Record<string, unknown> & { readonly data: readonly Answer[] };

let parts: ReturnType<typeof open> | undefined;

async function open() {
  const embedder = new HashingEmbedder();
  const engine = await openEmbeddedEngine({ dir: temporaryFolder(), space: embedder.model });
  const vectors = await embedder.embedDocuments(PAPERS.map(embeddedText));
  await engine.upsert(PAPERS.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })));
  return { engine, searcher: new Searcher({ engine, embedder }) };
}

/** Closed when the test ends; the index is made once a file, and `removeFolders` takes it away. */
export async function startHouse() {
  parts ??= open();
  const server = await startTestServer(await parts);
  const json = async (path: string, init?: RequestInit): Promise<Answer> =>
    (await server.ask(path, init)).json() as Promise<Answer>;
  return { ...server, json };
}

/** For `afterAll`. */
export async function closeHouse(): Promise<void> {
  await (await parts)?.engine.close();
  parts = undefined;
}
