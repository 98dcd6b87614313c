/** The head ordered anew: by hand for ten papers, and what holds for any number of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../src/engine/ranking.ts';
import { type Candidates, convexFusion, FUSIONS } from '../../src/search/fusion.ts';
import { type HeadRanking, rankHead } from '../../src/search/head-ranking.ts';
import { dot } from '../../src/vector/dot.ts';

const settings = FUSIONS.neighbours.head;
const HEAD_SIZE = settings.size;

/** Lexical scores that fall from 10 to 1, and nobody near: own shares are half of a tenth of them. */
const BY_WORDS: Candidates = {
  lexical: {
    docIds: Uint32Array.from({ length: 10 }, (_, at) => at + 11),
    scores: Float32Array.from({ length: 10 }, (_, at) => 10 - at),
  },
  nearest: { docIds: new Uint32Array(0), scores: new Float32Array(0) },
  nearestLexicalScores: new Float32Array(0),
};

function matrix(count: number, pairs: readonly (readonly [number, number, number])[]): Float32Array {
  const similarities = new Float32Array(count * count);
  for (let at = 0; at < count; at++) similarities[at * count + at] = 1;
  for (const [a, b, similarity] of pairs) {
    similarities[a * count + b] = similarity;
    similarities[b * count + a] = similarity;
  }
  return similarities;
}

describe('rankHead', () => {
  it('adds feedback and moves each score half way to that of the neighbour', () => {
    // The last is like the first; the third and the fourth are like each other; the first three are like themselves.
    const similarities = matrix(10, [
      [0, 9, 0.5],
      [2, 3, 0.8],
    ]);
    const { ranking, shares } = rankHead(convexFusion(BY_WORDS), BY_WORDS, { settings, similarities });
    // Summed similarity to the first three: 1, 1, 1, .8, 0 ..., .5.
    const own = [0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05];
    const feedback = [1, 1, 1, 0.8, 0, 0, 0, 0, 0, 0.5].map((sum) => 0.25 * sum);
    const z = own.map((words, at) => words + (feedback[at] ?? 0));
    const score = [...z];
    for (const [a, b] of [
      [0, 9],
      [9, 0],
      [2, 3],
      [3, 2],
    ] as const) {
      score[a] = ((z[a] ?? 0) + (z[b] ?? 0)) / 2;
    }
    const order = [...score.keys()].sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
    expect([...ranking.docIds]).toEqual(order.map((at) => at + 11));
    expect([...ranking.scores]).toEqual(order.map((at) => expect.closeTo(score[at] ?? 9, 6)));
    // .5 * .05 by words, .5 * .25 * .5 by feedback, and by its neighbour half of the .75 that speaks for the first.
    expect(shares.get(20)).toEqual({
      words: expect.closeTo(0.025, 6),
      meaning: 0,
      feedback: expect.closeTo(0.0625, 6),
      neighbours: expect.closeTo(0.375, 6),
    });
  });

  it('counts nearness to the question half of what the fusion does, and feedback the other half', () => {
    const candidates: Candidates = {
      lexical: BY_WORDS.nearest,
      nearest: { docIds: Uint32Array.of(5, 3), scores: Float32Array.of(0.9, 0.1) },
      nearestLexicalScores: Float32Array.of(0, 0),
    };
    const { shares } = rankHead(convexFusion(candidates), candidates, {
      settings,
      similarities: matrix(2, []),
    });
    expect(shares.get(5)).toEqual({ words: 0, meaning: 0.25, feedback: 0.25, neighbours: 0 });
    expect(shares.get(3)).toEqual({ words: 0, meaning: 0, feedback: 0.25, neighbours: 0 });
  });

  it('keeps the fused order where no paper has a vector', () => {
    const { ranking } = rankHead(convexFusion(BY_WORDS), BY_WORDS, {
      settings,
      similarities: new Float32Array(100),
    });
    expect([...ranking.docIds]).toEqual([...BY_WORDS.lexical.docIds]);
  });

  it('is the fusion where both parts count nothing', () => {
    const off = { ...settings, feedbackShare: 0, neighbourShare: 0 };
    const similarities = new Float32Array(100).fill(0.5);
    const fused = convexFusion(BY_WORDS);
    expect(rankHead(fused, BY_WORDS, { settings: off, similarities }).ranking).toEqual(fused);
  });

  it('makes nothing of nothing', () => {
    const none = { ...BY_WORDS, lexical: BY_WORDS.nearest };
    const { ranking, shares } = rankHead(convexFusion(none), none, {
      settings,
      similarities: new Float32Array(0),
    });
    expect([ranking.docIds.length, ranking.scores.length, shares.size]).toEqual([0, 0, 0]);
  });

  it('orders only the head, and lets scores fall along the whole list', () => {
    fc.assert(
      fc.property(scene(), ({ candidates, vectorOf }) => {
        const fused = convexFusion(candidates);
        const { ranking, shares } = ranked(candidates, vectorOf);
        const [before, after] = [[...fused.docIds], [...ranking.docIds]];
        expect(after.slice(0, HEAD_SIZE).toSorted()).toEqual(before.slice(0, HEAD_SIZE).toSorted());
        expect(after.slice(HEAD_SIZE)).toEqual(before.slice(HEAD_SIZE));
        expect([...ranking.scores]).toEqual([...ranking.scores].toSorted((a, b) => b - a));
        for (const [at, docId] of after.slice(0, HEAD_SIZE).entries()) {
          const { words, meaning, feedback, neighbours } = shares.get(docId) ?? expect.fail();
          expect(ranking.scores[at]).toBeCloseTo(words + meaning + feedback + neighbours, 5);
          expect(Math.min(words, meaning, feedback, neighbours)).toBeGreaterThanOrEqual(0);
          expect(ranking.scores[at]).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not hang on the order in which candidates without ties are given', () => {
    fc.assert(
      fc.property(scene(), ({ candidates, vectorOf }) => {
        const swapped: Candidates = {
          ...candidates,
          nearest: reversedBetween(candidates.nearest),
          nearestLexicalScores: reversedInside(candidates.nearestLexicalScores),
        };
        expect(ranked(swapped, vectorOf).ranking).toEqual(ranked(candidates, vectorOf).ranking);
      }),
      { numRuns: 30 },
    );
  });
});

interface Scene {
  readonly candidates: Candidates;
  readonly vectorOf: (docId: number) => Float32Array;
}

/** Up to 160 papers found by words and 60 near ones, some of them both. */
function scene(): fc.Arbitrary<Scene> {
  return fc
    .record({
      words: fc.uniqueArray(fc.nat({ max: 400 }), { maxLength: 160 }),
      near: fc.uniqueArray(fc.nat({ max: 400 }), { maxLength: 60 }),
      seed: fc.nat({ max: 9_999 }),
    })
    .map(({ words, near, seed }) => {
      const wave = (a: number, b: number) => Math.sin(a * 12.9898 + b * 78.233 + seed);
      const nearest = falling(near, (docId) => wave(docId, 1));
      const byWords = (docId: number) => (words.includes(docId) ? 9 + 8 * wave(docId, 2) : 0);
      return {
        candidates: {
          lexical: falling(words, byWords),
          nearest,
          nearestLexicalScores: Float32Array.from(nearest.docIds, byWords),
        },
        vectorOf: (docId: number) => unit(Float32Array.from({ length: 4 }, (_, at) => wave(docId, at + 3))),
      };
    });
}

function ranked(candidates: Candidates, vectorOf: Scene['vectorOf']): HeadRanking {
  const fused = convexFusion(candidates);
  const vectors = Array.from(fused.docIds.subarray(0, HEAD_SIZE), vectorOf);
  const similarities = Float32Array.from(vectors.flatMap((a) => vectors.map((b) => dot(a, b))));
  return rankHead(fused, candidates, { settings, similarities });
}

function falling(docIds: readonly number[], scoreOf: (docId: number) => number): Ranking {
  const sorted = docIds.toSorted((a, b) => scoreOf(b) - scoreOf(a) || a - b);
  return { docIds: Uint32Array.from(sorted), scores: Float32Array.from(sorted, scoreOf) };
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}

/** The first and the last stay, for they set the scale. */
function reversedBetween({ docIds, scores }: Ranking): Ranking {
  return { docIds: reversedInside(docIds), scores: reversedInside(scores) };
}

function reversedInside<T extends Uint32Array | Float32Array>(values: T): T {
  const copy = values.slice() as T;
  copy.subarray(1, -1).reverse();
  return copy;
}
