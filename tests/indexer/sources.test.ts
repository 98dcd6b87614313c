/** One paper from several sources: what the index holds in the end does not depend on who came first. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import type { IncomingRow } from '../../src/indexer/store-papers.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { CountingEmbedder, paper, SPACE } from './fixtures.ts';

interface Said {
  readonly source: string;
  readonly paper: Paper;
}

async function* rowsOf(list: readonly Said[]): AsyncGenerator<IncomingRow> {
  for (const [at, said] of list.entries()) yield { row: { place: { file: 'x', line: at + 1 }, ...said } };
}

async function contents(engine: Engine): Promise<string> {
  const papers: Paper[] = [];
  for await (const entry of engine.scan()) papers.push(entry.paper);
  papers.sort((a, b) => (a.id < b.id ? -1 : 1));
  const records = await engine.records(papers.map(({ id }) => id));
  const vectors = await engine.vectors(papers.map(({ id }) => id));
  return JSON.stringify([papers, records, vectors.map((vector) => vector && [...vector])]);
}

async function indexOf(list: readonly Said[], batchSize: number): Promise<string> {
  const engine = new ExactEngine(SPACE);
  await addPapers(rowsOf(list), { engine, embedder: new CountingEmbedder(), batchSize });
  return contents(engine);
}

const SAID: readonly Said[] = Array.from({ length: 12 }, (_, at) => `p${at}`).flatMap((id, at) => [
  { source: 'arxiv', paper: paper(id, { published: '2017-06-12', venue: 'arXiv', version: 2 }) },
  ...(at % 3 > 0
    ? [{ source: 'crossref', paper: paper(id, { abstract: '', venue: 'Nature', doi: `10.1000/${id}` }) }]
    : []),
  ...(at % 2 > 0
    ? [{ source: 'bibtex', paper: paper(id, { title: `Typed ${id}`, published: '2017', tags: ['mine'] }) }]
    : []),
]);

it('is the same index, byte by byte, in whatever order and batches three sources come', async () => {
  const expected = await indexOf(SAID, 500);
  const shuffled = fc.shuffledSubarray([...SAID], { minLength: SAID.length });
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 9 }), async (list, batchSize) => {
      expect(await indexOf(list, batchSize)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

it('embeds a changed abstract again, and a changed count not', async () => {
  const engine = new ExactEngine(SPACE);
  const embedder = new CountingEmbedder();
  const add = (...list: Said[]) => addPapers(rowsOf(list), { engine, embedder });
  await add({ source: 'bibtex', paper: paper('a', { abstract: '' }) });
  expect(await add({ source: 'hf-daily', paper: paper('a', { abstract: '', upvotes: 3 }) })).toMatchObject({
    updated: 1,
    embedded: 0,
  });
  expect(await add({ source: 'arxiv', paper: paper('a', { abstract: 'At last.' }) })).toMatchObject({
    embedded: 1,
  });
  expect(await add({ source: 'arxiv', paper: paper('a', { abstract: 'At last.' }) })).toMatchObject({
    unchanged: 1,
    nothingChanged: true,
  });
  expect(await engine.get(['a'])).toMatchObject([{ abstract: 'At last.', upvotes: 3 }]);
});

it('keeps what an index knew before it kept sources', async () => {
  const engine = new ExactEngine(SPACE);
  await engine.upsert([{ paper: paper('a', { comment: '15 pages', abstract: 'Old.' }) }]);
  const add = { source: 'csv', paper: paper('a', { abstract: 'New.' }) };
  await addPapers(rowsOf([add]), { engine, embedder: new CountingEmbedder() });
  expect(await engine.get(['a'])).toMatchObject([{ abstract: 'New.', comment: '15 pages' }]);
  expect((await engine.records(['a'])).flat().map(({ source }) => source)).toEqual(['csv', 'unknown']);
});
