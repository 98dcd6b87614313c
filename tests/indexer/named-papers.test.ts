import { expect, it } from 'vitest';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import type { IncomingRow } from '../../src/indexer/store-papers.ts';
import type { Identifier } from '../../src/paper/identifier.ts';
import { CountingEmbedder, paper, rowsOf, SPACE } from './fixtures.ts';

async function* listOf(references: readonly Identifier[]): AsyncGenerator<IncomingRow> {
  for (const [at, reference] of references.entries()) {
    yield { row: { place: { file: 'ids.txt', line: at + 1 }, reference } };
  }
}

it('counts named papers that are there, by id or DOI, and says of every other that it is not', async () => {
  const engine = new ExactEngine(SPACE);
  const options = { engine, embedder: new CountingEmbedder() };
  await addPapers(rowsOf([paper('1706.03762', { doi: '10.1000/published' })]), options);
  const references: Identifier[] = [
    { kind: 'arxiv', id: '1706.03762', version: 5 },
    { kind: 'doi', id: '10.1000/published' },
    { kind: 'doi', id: '10.1000/elsewhere' },
  ];
  const report = await addPapers(listOf(references), options);
  expect(report).toMatchObject({ read: 3, unchanged: 2, faulty: 1, nothingChanged: true });
  expect(report.samples).toEqual([
    { file: 'ids.txt', line: 3, reason: 'There is no paper 10.1000/elsewhere in this index' },
  ]);
});
