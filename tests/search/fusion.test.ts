/** The two ways of fusing, by hand and against brute force. */
import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../src/engine/ranking.ts';
import { convexFusion, reciprocalRankFusion } from '../../src/search/fusion.ts';

function ranking(...entries: readonly (readonly [docId: number, score: number])[]): Ranking {
  return {
    docIds: Uint32Array.from(entries, ([docId]) => docId),
    scores: Float32Array.from(entries, ([, score]) => score),
  };
}

function entries({ docIds, scores }: Ranking): [number, unknown][] {
  return Array.from(docIds, (docId, at) => [docId, expect.closeTo(scores[at] ?? Number.NaN, 6)]);
}

const EMPTY = ranking();

describe('convexFusion', () => {
  it('adds half the scaled lexical score and half the scaled similarity', () => {
    const fused = convexFusion({
      lexical: ranking([1, 8], [2, 4], [3, 2]),
      nearest: ranking([4, 0.9], [2, 0.7], [5, 0.5]),
      nearestLexicalScores: Float32Array.of(1, 4, 0),
    });
    expect(entries(fused)).toEqual(
      [
        [4, 0.5 + 1 / 16],
        [1, 0.5],
        [2, 0.25 + 0.25],
        [3, 2 / 16],
        [5, 0],
      ].sort(([a = 0, x = 0], [b = 0, y = 0]) => y - x || a - b),
    );
  });

  it('keeps the lower docId first on ties', () => {
    const fused = convexFusion({
      lexical: ranking([7, 2], [9, 2]),
      nearest: ranking([3, 0.4], [5, 0.4]),
      nearestLexicalScores: new Float32Array(2),
    });
    expect([...fused.docIds]).toEqual([3, 5, 7, 9]);
  });

  it('is one ranking where the other is empty', () => {
    const lexical = ranking([1, 8], [2, 4]);
    const alone = convexFusion({ lexical, nearest: EMPTY, nearestLexicalScores: new Float32Array(0) });
    expect([...alone.docIds]).toEqual([1, 2]);
    const nearest = ranking([4, 0.9], [2, -0.7]);
    const near = convexFusion({ lexical: EMPTY, nearest, nearestLexicalScores: new Float32Array(2) });
    expect(entries(near)).toEqual([
      [4, 0.5],
      [2, 0],
    ]);
  });

  it('gives a single near paper its whole share', () => {
    const fused = convexFusion({
      lexical: EMPTY,
      nearest: ranking([4, 0.2]),
      nearestLexicalScores: new Float32Array(1),
    });
    expect(entries(fused)).toEqual([[4, 0.5]]);
  });
});

describe('reciprocalRankFusion', () => {
  it('adds up reciprocal ranks, the lower docId first on ties', () => {
    const fused = reciprocalRankFusion([
      ranking([1, 9], [2, 8], [3, 7]),
      ranking([3, 0.9], [2, 0.8], [4, 0.1]),
    ]);
    expect(entries(fused)).toEqual([
      [3, 1 / 61 + 1 / 63],
      [2, 1 / 62 + 1 / 62],
      [1, 1 / 61],
      [4, 1 / 63],
    ]);
  });

  it('stops at the depth', () => {
    const rankings = [ranking([1, 9], [2, 8], [3, 7]), ranking([3, 0.9], [2, 0.8], [4, 0.1])];
    expect([...reciprocalRankFusion(rankings, 2).docIds]).toEqual([3, 2]);
  });
});
