/** One paper that comes under several ids: what the index holds in the end depends on what was said, not on when. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { verifyIndex } from '../../src/engine/embedded/verify.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import type { Incoming } from '../../src/indexer/store-papers.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { removeFolders, temporaryFolder } from '../engine/embedded/temporary-index.ts';
import { CountingEmbedder, paper, SPACE } from './fixtures.ts';

afterAll(removeFolders);

interface Said {
  readonly source: string;
  readonly paper: Paper;
}

const LONG_TITLE = 'Open Foundation and Fine-Tuned Chat Models';
const AUTHORS = ['Hugo Touvron', 'Louis Martin', 'Thomas Scialom'];
const ABSTRACT =
  'In this work we develop and release a collection of pretrained and fine tuned large language models ranging in ' +
  'scale from seven billion to seventy billion parameters, optimized for dialogue, and compare them on most of the ' +
  'benchmarks that we tested with open chat models.';

function said(source: string, id: string, more: Partial<Paper> = {}): Said {
  return {
    source,
    paper: paper(id, { title: LONG_TITLE, abstract: '', authors: AUTHORS, ...more }),
  };
}

const ARXIV = said('arxiv', '2307.09288', {
  abstract: ABSTRACT,
  doi: '10.1000/chat',
  published: '2023-07-18',
  venue: 'arXiv',
});
const DOI = said('crossref', '10.1000/chat', {
  title: `Chat: ${LONG_TITLE}`,
  doi: '10.1000/chat',
  venue: 'Journal of Chat',
});
/** Meets the record of Crossref by its title, and no other. */
const TYPED = said('bibtex', 'title:1234567890abcdef', { title: `Chat: ${LONG_TITLE}`, tags: ['mine'] });

async function* rowsOf(list: readonly (Said | Incoming)[]): AsyncGenerator<Incoming> {
  for (const [at, item] of list.entries()) {
    yield 'source' in item && 'paper' in item
      ? { row: { place: { file: 'x', line: at + 1 }, ...item } }
      : item;
  }
}

function add(engine: Engine, list: readonly (Said | Incoming)[], batchSize = 500) {
  return addPapers(rowsOf(list), { engine, embedder: new CountingEmbedder(), batchSize });
}

function withdrawn({ source, paper: { id } }: Said): Incoming {
  return { place: { file: 'x', line: 1 }, deleted: id, source };
}

/** Everything that can be asked of an index, by public ids. */
async function contents(engine: Engine, ids: readonly string[]): Promise<string> {
  const papers: Paper[] = [];
  for await (const entry of engine.scan()) papers.push(entry.paper);
  papers.sort((a, b) => (a.id < b.id ? -1 : 1));
  const records = await engine.records(papers.map(({ id }) => id));
  const vectors = await engine.vectors(papers.map(({ id }) => id));
  const answers = (await engine.get(ids)).map((found, at) => [ids[at], found?.id]);
  const { papers: count, embedded } = await engine.status();
  return JSON.stringify([
    papers,
    records,
    vectors.map((vector) => vector && [...vector]),
    answers,
    count,
    embedded,
  ]);
}

async function exactly(list: readonly (Said | Incoming)[], ids: readonly string[], batchSize = 500) {
  const engine = new ExactEngine(SPACE);
  await add(engine, list, batchSize);
  return contents(engine, ids);
}

const idsIn = (list: readonly Said[]) => [...new Set(list.map(({ paper }) => paper.id))].sort();

it('makes one paper of a DOI, an arXiv id that names it and a title, whichever comes last', async () => {
  const three = [ARXIV, DOI, TYPED];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ].map((order) => order.map((at) => three[at] ?? ARXIV));
  for (const order of orders) {
    const engine = new ExactEngine(SPACE);
    for (const one of order) await add(engine, [one]);
    expect(await engine.status()).toMatchObject({ papers: 1, embedded: 1 });
    for (const id of idsIn(three)) {
      expect(await engine.get([id])).toMatchObject([
        { id: '2307.09288', title: LONG_TITLE, abstract: ABSTRACT, venue: 'Journal of Chat', tags: ['mine'] },
      ]);
    }
    expect((await engine.records(['10.1000/chat'])).flat().map(({ source }) => source)).toEqual([
      'arxiv',
      'bibtex',
      'crossref',
    ]);
    expect(await contents(engine, idsIn(three))).toBe(await exactly(three, idsIn(three)));
  }
});

it('counts a row that meets a paper under another id as no new paper, and knows it again', async () => {
  const engine = new ExactEngine(SPACE);
  expect(await add(engine, [DOI])).toMatchObject({ added: 1, updated: 0, embedded: 1 });
  expect(await add(engine, [ARXIV])).toMatchObject({ added: 0, updated: 1, embedded: 1 });
  expect(await add(engine, [DOI, ARXIV])).toMatchObject({ unchanged: 2, embedded: 0, nothingChanged: true });
  const more = said('crossref', '10.1000/chat', { ...DOI.paper, upvotes: 7 });
  expect(await add(engine, [more])).toMatchObject({ updated: 1, embedded: 0 });
  expect(await engine.get(['2307.09288'])).toMatchObject([{ upvotes: 7 }]);
});

it('falls apart again when what joined it is withdrawn, as if it had never been said', async () => {
  const three = [ARXIV, DOI, TYPED];
  for (const gone of three) {
    const rest = three.filter((one) => one !== gone);
    for (const batchSize of [1, 500]) {
      expect(await exactly([...three, withdrawn(gone)], idsIn(three), batchSize)).toBe(
        await exactly(rest, idsIn(three)),
      );
    }
  }
});

/** Ids, titles and DOIs of a small world, so that papers meet in every way there is. */
const TITLES = [LONG_TITLE, `Chat: ${LONG_TITLE}`, 'Editorial', `${LONG_TITLE} Part II`];
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const anySaid: fc.Arbitrary<Said> = fc
  .record({
    source: pick('arxiv', 'crossref', 'bibtex', 'jsonl'),
    id: pick(
      '2307.09288',
      '2307.09289',
      '10.1000/chat',
      '10.1000/other',
      'mine1',
      'mine2',
      'title:00000000000000aa',
    ),
    title: pick(...TITLES),
    authors: pick(AUTHORS, ['Hugo Touvron'], ['Ada Fox', 'Louis Martin'], []),
    doi: pick(undefined, '10.1000/chat', '10.1000/other', '10.48550/arxiv.2307.09289'),
    url: pick(undefined, 'https://arxiv.org/abs/2307.09288', 'https://doi.org/10.1000/other'),
    abstract: pick('', ABSTRACT, 'Short.'),
  })
  .map(({ source, id, doi, url, ...rest }) =>
    said(source, id, { ...rest, ...(doi && { doi }), ...(url && { url }) }),
  );
/** A source says one thing of an id: what it says last is for `reconcile`. */
const world = fc.uniqueArray(anySaid, {
  maxLength: 12,
  selector: ({ source, paper: { id } }) => `${source} ${id}`,
});

it('is the same index, byte by byte, in whatever order and batches sources with overlapping ids come', async () => {
  const shuffles = world.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length }),
      fc.integer({ min: 1, max: 5 }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(shuffles, async ([list, shuffled, batchSize]) => {
      expect(await exactly(shuffled, idsIn(list), batchSize)).toBe(await exactly(list, idsIn(list)));
    }),
    { numRuns: 300 },
  );
});

it('is the index without them when some are withdrawn, in whatever order', async () => {
  const cases = world.chain((list) =>
    fc.tuple(fc.constant(list), fc.subarray(list), fc.integer({ min: 1, max: 5 })),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([list, gone, batchSize]) => {
      const rest = list.filter((one) => !gone.includes(one));
      const events = [...list, ...gone.map(withdrawn)];
      expect(await exactly(events, idsIn(list), batchSize)).toBe(await exactly(rest, idsIn(list)));
    }),
    { numRuns: 300 },
  );
});

it('holds in a folder what it holds in memory, and every structure agrees', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.integer({ min: 1, max: 5 }), async (list, batchSize) => {
      const dir = temporaryFolder();
      const engine = await openEmbeddedEngine({ dir, space: SPACE });
      const gone = list.slice(0, 2).map(withdrawn);
      await add(engine, [...list, ...gone], batchSize);
      // Vectors on disk have half the digits.
      const withoutVectors = (text: string) => JSON.stringify((JSON.parse(text) as unknown[]).with(2, null));
      const held = withoutVectors(await contents(engine, idsIn(list)));
      await engine.close();
      expect(held).toBe(withoutVectors(await exactly([...list, ...gone], idsIn(list))));
      expect((await verifyIndex({ dir })).checks.filter(({ ok }) => !ok)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

it('leaves alone a title that very many papers have, whoever of them comes last', async () => {
  const many = Array.from({ length: 40 }, (_, at) => said(`s${at}`, `own${at}`));
  for (const count of [32, 33, 40]) {
    const list = many.slice(0, count);
    const expected = await exactly(list, idsIn(list));
    expect(JSON.parse(expected)[4]).toBe(count > 32 ? count : 1);
    expect(await exactly(list.toReversed(), idsIn(list), 1)).toBe(expected);
  }
  const [first = ARXIV, ...rest] = many.slice(0, 33);
  expect(await exactly([first, ...rest, withdrawn(first)], idsIn(many), 1)).toBe(
    await exactly(rest, idsIn(many)),
  );
});
