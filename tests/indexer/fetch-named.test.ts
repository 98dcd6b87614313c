import { describe, expect, it } from 'vitest';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import { fetchNamed } from '../../src/indexer/fetch-named.ts';
import type { Incoming, IncomingRow } from '../../src/indexer/store-papers.ts';
import type { Identifier } from '../../src/paper/identifier.ts';
import { CountingEmbedder, paper, rowsOf, SPACE } from './fixtures.ts';

const KNOWN_ELSEWHERE = new Set(['1706.03762', '2401.00001', '2401.00002', '2401.00003']);

function setUp() {
  const engine = new ExactEngine(SPACE);
  const options = { engine, embedder: new CountingEmbedder() };
  const asked: string[][] = [];
  async function* answer(named: readonly Identifier[]): AsyncGenerator<IncomingRow> {
    asked.push(named.map(({ id }) => id));
    for (const [at, { id }] of named.entries()) {
      const place = { file: 'service', line: at + 1 };
      if (KNOWN_ELSEWHERE.has(id)) yield { row: { place, paper: paper(id), source: 'arxiv' } };
      else yield { row: { place, fault: new AppError('ROW_INVALID', { message: `nobody knows ${id}` }) } };
    }
  }
  const sourceOf = ({ kind }: Identifier) => (kind === 'arxiv' ? 'arxiv' : undefined);
  const fetch = (_: string, named: readonly Identifier[]) => answer(named);
  const add = (rows: AsyncIterable<Incoming>, batchSize = 100) =>
    addPapers(fetchNamed(rows, { engine, sourceOf, fetch, batchSize }), options);
  return { engine, add, asked, options, fetch };
}

async function* listOf(...ids: readonly string[]): AsyncGenerator<IncomingRow> {
  for (const [at, id] of ids.entries()) {
    const kind = id.startsWith('10.') ? 'doi' : 'arxiv';
    yield { row: { place: { file: 'ids.txt', line: at + 1 }, reference: { kind, id } } };
  }
}

describe('papers that a list names', () => {
  it('are fetched where they are not there, and only those', async () => {
    const { add, asked, options } = setUp();
    await addPapers(rowsOf([paper('2401.00001')]), options);
    const report = await add(listOf('2401.00001', '2401.00002', '2401.00003', '2401.00002'));
    expect(asked).toEqual([['2401.00002', '2401.00003']]);
    expect(report).toMatchObject({ read: 4, added: 2, unchanged: 2, faulty: 0 });
    expect(await add(listOf('2401.00001', '2401.00002'))).toMatchObject({
      unchanged: 2,
      nothingChanged: true,
    });
    expect(asked).toHaveLength(1);
  });

  it('and that nobody knows, or nobody can be asked for, are faults at their places', async () => {
    const { add } = setUp();
    const report = await add(listOf('2401.00001', '2499.00001', '10.1000/x'));
    expect(report).toMatchObject({ added: 1, faulty: 2 });
    expect(report.samples).toEqual([
      { file: 'ids.txt', line: 2, reason: 'nobody knows 2499.00001' },
      { file: 'ids.txt', line: 3, reason: 'There is no paper 10.1000/x in this index' },
    ]);
  });

  it('are asked for in batches, each durable before the next, so that a run goes on where it broke off', async () => {
    const { add, asked, engine } = setUp();
    async function* breaking(): AsyncGenerator<IncomingRow> {
      yield* listOf('2401.00001', '2401.00002');
      throw new Error('gone');
    }
    await expect(add(breaking(), 2)).rejects.toThrow();
    expect((await engine.get(['2401.00002']))[0]).toBeDefined();
    await add(listOf('2401.00001', '2401.00002', '2401.00003'), 2);
    expect(asked).toEqual([['2401.00001', '2401.00002'], ['2401.00003']]);
  });

  it('come before a milestone that stood behind them, and other rows pass', async () => {
    const { engine, fetch } = setUp();
    async function* rows(): AsyncGenerator<Incoming> {
      yield* listOf('2401.00001');
      yield { row: { place: { file: 'x', line: 1 }, paper: paper('2401.00009') } };
      yield { onStored: async () => undefined, total: 7 };
    }
    const seen: string[] = [];
    for await (const item of fetchNamed(rows(), { engine, fetch, sourceOf: () => undefined })) {
      seen.push('row' in item ? ('reference' in item.row ? 'named' : 'paper') : 'milestone');
    }
    expect(seen).toEqual(['paper', 'named', 'milestone']);
  });
});
