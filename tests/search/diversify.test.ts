/** Diversity: like hits make room for others, nothing is lost, and pages still concatenate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { DIVERSIFIED_HEAD, diversified } from '../../src/search/diversify.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const X = Float32Array.of(1, 0);
const NEAR_X = Float32Array.of(Math.cos(0.1), Math.sin(0.1));
const Y = Float32Array.of(0, 1);

function engineWith(...vectors: readonly (Float32Array | undefined)[]) {
  return { vectorsOf: async (docIds: readonly number[]) => docIds.map((docId) => vectors[docId]) };
}

function rankingOf(...scores: readonly number[]) {
  return { docIds: Uint32Array.from(scores.keys()), scores: Float32Array.from(scores) };
}

async function orderOf(
  scores: readonly number[],
  vectors: readonly (Float32Array | undefined)[],
  options: { diversity: number; first?: readonly number[] },
): Promise<number[]> {
  return [...(await diversified(engineWith(...vectors), rankingOf(...scores), options)).docIds];
}

describe('diversified', () => {
  it('puts what is unlike before what is alike, the more the more it is asked to', async () => {
    const scores = [1, 0.9, 0.5, 0];
    const vectors = [X, NEAR_X, Y, NEAR_X];
    expect(await orderOf(scores, vectors, { diversity: 0 })).toEqual([0, 1, 2, 3]);
    expect(await orderOf(scores, vectors, { diversity: 0.2 })).toEqual([0, 1, 2, 3]);
    expect(await orderOf(scores, vectors, { diversity: 0.5 })).toEqual([0, 2, 1, 3]);
    expect(await orderOf(scores, vectors, { diversity: 1 })).toEqual([0, 2, 1, 3]);
  });

  it('takes a paper without a vector to be like no other', async () => {
    expect(await orderOf([1, 0.9, 0.2], [X, NEAR_X, undefined], { diversity: 0.9 })).toEqual([0, 2, 1]);
  });

  it('differs from what comes first anyway', async () => {
    const order = await orderOf([1, 0.9, 0.8], [NEAR_X, Y, X], { diversity: 0.5, first: [2] });
    expect(order).toEqual([2, 1, 0]);
  });

  it('keeps every paper, its score, and everything below the head', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 628 }), { maxLength: DIVERSIFIED_HEAD + 20, size: 'max' }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (angles, diversity) => {
          const vectors = angles.map((angle) =>
            Float32Array.of(Math.cos(angle / 100), Math.sin(angle / 100)),
          );
          const ranking = rankingOf(...angles.map((_, at) => 1 - at / 200));
          const { docIds, scores } = await diversified(engineWith(...vectors), ranking, { diversity });
          expect([...docIds].toSorted((a, b) => a - b)).toEqual([...ranking.docIds]);
          expect([...scores]).toEqual([...docIds].map((docId) => ranking.scores[docId]));
          expect(docIds[0]).toBe(ranking.docIds[0]);
          expect(docIds.slice(DIVERSIFIED_HEAD)).toEqual(ranking.docIds.slice(DIVERSIFIED_HEAD));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('with diversity', () => {
  const topics = ['whale songs', 'river stones', 'forest fires', 'ember glow'];
  const papers = Array.from({ length: 140 }, (_, at) =>
    makePaper({
      id: `p${at}`,
      title: `Ocean ${topics[at < 60 ? 0 : at % 4]} ${'deep '.repeat(at % 5)}`,
      abstract: 'Ocean.',
    }),
  );
  const idsOf = ({ hits }: SearchAnswer) => hits.map(({ paper }) => paper.id);

  it.each(['hybrid', 'semantic', 'keyword'] as const)('pages concatenate in mode %s', async (mode) => {
    const { searcher } = await makeLibrary(papers);
    const ask = (offset: number, limit: number) =>
      searcher.search({ query: 'ocean whale songs', mode, diversity: 0.6, offset, limit });
    const whole = [...idsOf(await ask(0, 100)), ...idsOf(await ask(100, 40))];
    const pages: string[] = [];
    for (let offset = 0; offset < 140; offset += 35) pages.push(...idsOf(await ask(offset, 35)));
    expect(pages).toEqual(whole);
    expect(new Set(whole).size).toBe(140);
    expect(whole).not.toEqual(idsOf(await searcher.search({ query: 'ocean whale songs', mode, limit: 100 })));
  });

  it('related work covers more topics', async () => {
    const { searcher } = await makeLibrary(papers);
    const topicsIn = (answer: SearchAnswer) =>
      new Set(answer.hits.map(({ paper }) => paper.title.split(' ').slice(1, 3).join(' '))).size;
    const plain = await searcher.related({ positive: ['p0'] });
    const varied = await searcher.related({ positive: ['p0'], diversity: 0.95 });
    expect(topicsIn(varied)).toBeGreaterThan(topicsIn(plain));
    expect(varied.total).toBe(plain.total);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses %s', async (diversity) => {
    const { searcher } = await makeLibrary(papers.slice(0, 2));
    await expect(searcher.search({ query: 'ocean', diversity })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      issues: [{ pointer: 'diversity' }],
    });
  });
});
