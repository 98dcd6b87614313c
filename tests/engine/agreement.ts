/**
 * The same random operations on two engines, then the same questions: they must agree up to rounding. One of the
 * two is meant to be the exact engine. What a single engine promises by itself is in `contract.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recency } from '../../src/engine/by-date.ts';
import type { Engine, VectorSpace, WeightedTerm } from '../../src/engine/engine.ts';
import { type Filter, PAPER_PARTS } from '../../src/engine/filter.ts';
import type { Ranking } from '../../src/engine/ranking.ts';
import type { Paper, PaperId } from '../../src/paper/paper.ts';
import type { Source } from '../../src/paper/source.ts';
import { compareResultSets } from './agreement-result-sets.ts';
import { SPACE } from './fixtures.ts';

/** float32 sums in another order. */
const LEXICAL_TOLERANCE = 1e-4;
/** A byte a component: off by half of 1/127 in each of 8 dimensions, at most sqrt(8) / 254. */
const SEMANTIC_TOLERANCE = 1.2e-2;
/** Above any number of papers here: rankings are whole. */
const ALL = 1_000;
const SHORT = 5;

export interface EnginePair {
  readonly create: (space: VectorSpace) => Promise<Engine>;
  readonly cleanUp?: () => Promise<void>;
  readonly oracle: (space: VectorSpace) => Promise<Engine>;
  readonly runs?: number;
}

type Operation =
  | { readonly kind: 'upsert'; readonly papers: readonly { paper: Paper; seed: number | undefined }[] }
  | { readonly kind: 'attach'; readonly vectors: readonly { id: PaperId; seed: number }[] }
  | { readonly kind: 'remove'; readonly ids: readonly PaperId[] }
  | { readonly kind: 'checkpoint' };

interface Question {
  readonly terms: readonly WeightedTerm[];
  readonly seed: number;
  readonly filter: Filter;
}

export function describeAgreement(name: string, { create, cleanUp, oracle, runs = 40 }: EnginePair): void {
  describe(`${name} agrees with its oracle`, () => {
    it('whatever was done before and whatever is asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(operation(), { minLength: 1, maxLength: 8 }),
          fc.array(question(), { minLength: 1, maxLength: 6 }),
          async (operations, questions) => {
            const engine = await create(SPACE);
            const exact = await oracle(SPACE);
            try {
              for (const step of operations) await Promise.all([apply(engine, step), apply(exact, step)]);
              await compareContents(engine, exact);
              for (const asked of questions) await compareAnswers({ engine, exact }, asked);
            } finally {
              await engine.close();
              await exact.close();
              await cleanUp?.();
            }
          },
        ),
        { numRuns: runs },
      );
    });
  });
}

const VOCABULARY =
  'whale ocean river stone wind cloud ember forest glacier harbour island jungle kelp lagoon GPT-4 深度学习'.split(
    ' ',
  );
const paperId = () => fc.integer({ min: 0, max: 24 }).map((n) => `p${n}`);
const seed = () => fc.integer({ min: 0, max: 9_999 });
const subset = (...values: string[]) => fc.subarray(values, { maxLength: 2 });

function text(maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength })
    .map((words) => words.join(' '));
}

function paper(): fc.Arbitrary<Paper> {
  return fc.record(
    {
      id: paperId(),
      title: text(4),
      abstract: fc.oneof(fc.constant(''), text(30)),
      authors: subset('Ada Fox', 'José Ruiz', 'A. Bell', 'Fox Ruiz'),
      categories: subset('cs.CL', 'cs.LG', 'math.AG', 'stat'),
      published: fc.constantFrom('2016', '2017-06', '2017-06-12', '2018', '2019-12-31'),
      venue: fc.constantFrom('Ocean Letters', 'NeurIPS', 'Letters'),
      doi: fc.constantFrom('10.1/a', '10.1/b'),
      code: fc.constantFrom('https://code.example/a', 'https://code.example/b'),
    },
    { requiredKeys: ['id', 'title', 'abstract', 'authors', 'categories'] },
  );
}

function operation(): fc.Arbitrary<Operation> {
  const batch = fc.array(fc.record({ paper: paper(), seed: fc.option(seed(), { nil: undefined }) }), {
    maxLength: 12,
  });
  return fc.oneof(
    { weight: 5, arbitrary: batch.map((papers): Operation => ({ kind: 'upsert', papers })) },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.record({ id: paperId(), seed: seed() }), { maxLength: 8 })
        .map((vectors): Operation => ({ kind: 'attach', vectors })),
    },
    {
      weight: 2,
      arbitrary: fc.array(paperId(), { maxLength: 6 }).map((ids): Operation => ({ kind: 'remove', ids })),
    },
    { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'checkpoint' }) },
  );
}

function question(): fc.Arbitrary<Question> {
  const term = fc.constantFrom(
    'whale',
    'ocean',
    'river',
    'stone',
    'wind',
    'gpt4',
    '深度',
    'fox',
    'letter',
    'unheard',
  );
  return fc.record({
    terms: fc.uniqueArray(fc.record({ term, weight: fc.constantFrom(0.5, 1, 2) }), {
      maxLength: 5,
      selector: (weighted) => weighted.term,
    }),
    seed: seed(),
    filter: filter(),
  });
}

/** Filters of fields, and filters joined out of them. */
function filter(): fc.Arbitrary<Filter> {
  const few = (of: fc.Arbitrary<Filter>) => fc.array(of, { minLength: 1, maxLength: 2 });
  const joined = fc.record({ all: few(fieldFilter()), not: few(fieldFilter()) }, { requiredKeys: [] });
  return fc.oneof(
    { weight: 3, arbitrary: fieldFilter() },
    { weight: 2, arbitrary: fc.tuple(fieldFilter(), joined).map(([own, more]) => ({ ...own, ...more })) },
    { weight: 1, arbitrary: fc.record({ not: few(joined) }) },
  );
}

function fieldFilter(): fc.Arbitrary<Filter> {
  const textTest = fc.record(
    {
      as: fc.constantFrom('phrase', 'words', 'prefix', 'near', 'fuzzy'),
      text: fc.oneof(text(3), fc.constantFrom('Whales', '学', 'gpt 4', 'GPT4', '?!', 'fox')),
      in: fc.constant('title' as const),
      within: fc.nat(3),
    },
    { requiredKeys: ['as', 'text'] },
  );
  return fc.record(
    {
      from: fc.constantFrom('2017', '2017-06-13'),
      to: fc.constantFrom('2017-06', '2018'),
      categories: subset('cs', 'cs.LG', 'math.*', 'none'),
      authors: subset('fox', 'jose', 'a', 'bell a', '"Fox Ruiz"'),
      venues: subset('letters', '"Letters"', 'neurips'),
      sources: fc.subarray<Source>(['arxiv', 'other'], { maxLength: 1 }),
      ids: subset('p1', 'p7', '10.1/a', 'p99'),
      has: fc.subarray([...PAPER_PARTS]),
      texts: fc.array(textTest, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
}

/** A unit vector of hashed components: the same for the same seed. */
function vectorOf(from: number): Float32Array {
  let state = from + 1;
  const vector = Float32Array.from({ length: SPACE.dimensions }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state >>> 8) / 0x1000000 - 0.5;
  });
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}

async function apply(engine: Engine, step: Operation): Promise<void> {
  if (step.kind === 'checkpoint') return engine.checkpoint();
  if (step.kind === 'remove') return void (await engine.remove(step.ids));
  if (step.kind === 'attach') {
    return engine.attachVectors(step.vectors.map(({ id, seed: from }) => ({ id, vector: vectorOf(from) })));
  }
  return engine.upsert(
    step.papers.map(({ paper: added, seed: from }) =>
      from === undefined ? { paper: added } : { paper: added, vector: vectorOf(from) },
    ),
  );
}

async function compareContents(engine: Engine, exact: Engine): Promise<void> {
  const ids = Array.from({ length: 25 }, (_, n) => `p${n}`);
  expect(await engine.get(ids)).toEqual(await exact.get(ids));
  const embedded = async (of: Engine) => (await of.vectors(ids)).map((vector) => vector !== undefined);
  expect(await embedded(engine)).toEqual(await embedded(exact));
  const { papers, embedded: count } = await exact.status();
  expect(await engine.status()).toMatchObject({ papers, embedded: count });
  const waiting = async (of: Engine) => (await of.unembedded(ALL)).map(({ id }) => id).toSorted();
  expect(await waiting(engine)).toEqual(await waiting(exact));
}

async function compareAnswers(
  { engine, exact }: { engine: Engine; exact: Engine },
  { terms, seed: from, filter }: Question,
): Promise<void> {
  const words = terms.map(({ term }) => term);
  expect(await engine.statistics(words)).toEqual(await exact.statistics(words));

  const [mine, theirs] = [
    await engine.lexical(terms, { filter, limit: ALL }),
    await exact.lexical(terms, { filter, limit: ALL }),
  ];
  expect(mine.total).toBe(theirs.total);
  await compareRankings(await named(engine, mine), await named(exact, theirs), relative(LEXICAL_TOLERANCE));
  const short = await engine.lexical(terms, { filter, limit: SHORT, also: [...mine.docIds] });
  expect([...short.docIds]).toEqual([...mine.docIds.slice(0, SHORT)]);
  expect([...short.alsoScores]).toEqual([...mine.scores].map((score) => expect.closeTo(score, 4)));

  for (const limit of [ALL, SHORT]) await compareListings({ engine, exact }, { filter, limit });
  for (const typed of [['whale'], ['ocean', 'r'], ['f'], ['ruiz', 'jo'], ['cs']]) {
    const { titles, ...names } = await engine.complete(typed, SHORT);
    const { titles: theirTitles, ...theirNames } = await exact.complete(typed, SHORT);
    expect(names).toEqual(theirNames);
    expect(titles).toHaveLength(theirTitles.length);
  }

  await compareResultSets({ engine, exact }, { terms, filter, limit: ALL });
  const ids = (await named(engine, mine)).map(({ id = '' }) => ({ kind: 'id' as const, value: id }));
  const wanted = await exact.similarities((await exact.lookup(ids)).flat());
  const off = (await engine.similarities([...mine.docIds])).map((like, at) =>
    Math.abs(like - (wanted[at] ?? 9)),
  );
  expect(Math.max(0, ...off)).toBeLessThanOrEqual(2 * SEMANTIC_TOLERANCE);

  const vector = vectorOf(from);
  for (const limit of [ALL, SHORT]) {
    const near = await named(engine, await engine.semantic(vector, { filter, limit }));
    const truth = await named(exact, await exact.semantic(vector, { filter, limit }));
    await compareRankings(near, truth, () => SEMANTIC_TOLERANCE);
  }
}

/** docIds of the two engines differ, so papers of one date may stand in any order. */
async function compareListings(
  { engine, exact }: { engine: Engine; exact: Engine },
  options: { readonly filter: Filter; readonly limit: number },
): Promise<void> {
  const [mine, theirs] = [await engine.newest(options), await exact.newest(options)];
  expect(mine.total).toBe(theirs.total);
  const dates = async (of: Engine, docIds: Uint32Array) =>
    (await of.papers([...docIds])).map((listed) => recency(listed?.published));
  expect(await dates(engine, mine.docIds)).toEqual(await dates(exact, theirs.docIds));
  if (options.limit < ALL) return;
  const ids = async (of: Engine, docIds: Uint32Array) =>
    (await of.papers([...docIds])).map((listed) => listed?.id).toSorted();
  expect(await ids(engine, mine.docIds)).toEqual(await ids(exact, theirs.docIds));
}

type Named = readonly { readonly id: PaperId | undefined; readonly docId: number; readonly score: number }[];
type Tolerance = (score: number) => number;

async function named(engine: Engine, { docIds, scores }: Ranking): Promise<Named> {
  const papers = await engine.papers([...docIds]);
  return papers.map((found, at) => ({ id: found?.id, docId: docIds[at] ?? 0, score: scores[at] ?? 0 }));
}

function relative(tolerance: number): Tolerance {
  return (score) => tolerance * Math.max(Math.abs(score), 1e-6);
}

/** Position by position the same scores; and whoever is clearly above the end of the one is in the other. */
async function compareRankings(mine: Named, theirs: Named, tolerance: Tolerance): Promise<void> {
  expect(mine).toHaveLength(theirs.length);
  expectOrdered(mine);
  const end = theirs.at(-1)?.score ?? 0;
  const mineById = new Map(mine.map(({ id, score }) => [id, score]));
  theirs.forEach(({ id, score }, at) => {
    expect(Math.abs((mine[at]?.score ?? Number.NaN) - score)).toBeLessThanOrEqual(tolerance(score));
    if (score <= end + tolerance(score)) return;
    expect(Math.abs((mineById.get(id) ?? Number.NaN) - score)).toBeLessThanOrEqual(tolerance(score));
  });
}

function expectOrdered(ranking: Named): void {
  const sorted = ranking.toSorted((a, b) => b.score - a.score || a.docId - b.docId);
  expect(ranking.map(({ docId }) => docId)).toEqual(sorted.map(({ docId }) => docId));
}
