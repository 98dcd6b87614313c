/**
 * Filters of every selectivity, from one paper in ten thousand to all, on a corpus made so that each is known: the
 * embedded engine lets through what the exact one does, scores it alike, and finds the nearest under it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../../src/engine/embedded/open.ts';
import type { Engine, IndexedPaper } from '../../../src/engine/engine.ts';
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import type { Filter } from '../../../src/engine/filter.ts';
import type { Ranking } from '../../../src/engine/ranking.ts';
import { makePaper } from '../fixtures.ts';
import { randomUnitVectors } from './random-vectors.ts';
import { removeFolders, SPACE, temporaryFolder } from './temporary-index.ts';

const PAPERS = 10_000;
/** Every so many papers hold the mark of that step. */
const STEPS = [10_000, 3_000, 1_000, 300, 100, 30, 10, 3, 2, 1];
const QUESTIONS = 20;
const K = 10;

function papers(): IndexedPaper[] {
  const vectors = randomUnitVectors(PAPERS, { dimensions: SPACE.dimensions, seed: 5 });
  return vectors.map((vector, at) => {
    const steps = STEPS.filter((step) => at % step === 0);
    const paper = makePaper({
      id: `p${at}`,
      title: `Study ${steps.map((step) => `mark${step}`).join(' of ')}`,
      abstract: at % 2 === 0 ? 'whale song' : 'ocean wind, whale',
      authors: steps.map((step) => `Ada Author${step}`),
      categories: steps.map((step) => `cs.C${step}`),
      published: `${2000 + (at % 20)}`,
    });
    return { paper, vector };
  });
}

let embedded: Engine;
const exact = new ExactEngine(SPACE);
const all = papers();

beforeAll(async () => {
  embedded = await openEmbeddedEngine({ dir: temporaryFolder(), space: SPACE });
  await embedded.upsert(all);
  await exact.upsert(all);
}, 120_000);

afterAll(async () => {
  await embedded.close();
  await removeFolders();
});

const ids = async (engine: Engine, { docIds }: Pick<Ranking, 'docIds'>) =>
  (await engine.papers([...docIds])).map((paper) => paper?.id);

const FILTERS = STEPS.flatMap((step): [string, number, Filter][] => [
  [`a category of one in ${step}`, Math.ceil(PAPERS / step), { categories: [`cs.C${step}`] }],
  [`an author of one in ${step}`, Math.ceil(PAPERS / step), { authors: [`author${step}`] }],
  [
    `a phrase of one in ${step}`,
    Math.ceil(PAPERS / step),
    { texts: [{ as: 'phrase', text: `mark${step}` }] },
  ],
  [
    `all but a title of one in ${step}`,
    PAPERS - Math.ceil(PAPERS / step),
    { not: [{ texts: [{ as: 'words', text: `mark${step}`, in: 'title' }] }] },
  ],
]);

describe('the embedded engine under filters', () => {
  it.each(FILTERS)('gives the papers and scores of the exact one: %s', async (_, total, filter) => {
    const terms = ['whale', 'song', 'wind', 'of'].map((term) => ({ term, weight: 1 }));
    const listed = await embedded.newest({ filter, limit: PAPERS });
    expect(listed.total).toBe(total);
    const mine = await embedded.lexical(terms, { filter, limit: 50 });
    const theirs = await exact.lexical(terms, { filter, limit: 50 });
    expect(mine.total).toBe(theirs.total);
    mine.scores.forEach((score, at) => {
      expect(score).toBeCloseTo(theirs.scores[at] ?? 0, 4);
    });
    const expected = await exact.newest({ filter, limit: PAPERS });
    expect(new Set(await ids(embedded, listed))).toEqual(new Set(await ids(exact, expected)));
  });

  it('finds .99 of the ten nearest at every selectivity', async () => {
    const questions = randomUnitVectors(QUESTIONS, { dimensions: SPACE.dimensions, seed: 77 });
    for (const step of STEPS) {
      const filter = { categories: [`cs.C${step}`] };
      let found = 0;
      let wanted = 0;
      for (const question of questions) {
        const mine = await ids(embedded, await embedded.semantic(question, { filter, limit: 200 }));
        const truth = await ids(exact, await exact.semantic(question, { filter, limit: K }));
        wanted += truth.length;
        found += truth.filter((id) => mine.slice(0, K).includes(id)).length;
      }
      expect(found / wanted, `one in ${step}`).toBeGreaterThanOrEqual(0.99);
    }
  });
});
