import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopK } from '../../../src/engine/embedded/top-k.ts';

const candidates = fc.uniqueArray(
  fc.record({ docId: fc.integer({ min: 1, max: 500 }), score: fc.integer({ min: -5, max: 5 }) }),
  { selector: ({ docId }) => docId, maxLength: 80 },
);

test('keeps what sorting everything would keep, ties by lower docId', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 0, max: 20 }), (all, k) => {
      const best = new TopK(k);
      for (const { docId, score } of all) best.offer(docId, score);
      const { docIds, scores } = best.take();
      const expected = [...all].sort((a, b) => b.score - a.score || a.docId - b.docId).slice(0, k);
      expect([...docIds]).toEqual(expected.map(({ docId }) => docId));
      expect([...scores]).toEqual(expected.map(({ score }) => score));
    }),
  );
});

test('the threshold refuses nothing until k are kept, then is the worst of them', () => {
  const best = new TopK(2);
  best.offer(1, 3);
  expect(best.threshold).toBe(Number.NEGATIVE_INFINITY);
  best.offer(2, 5);
  expect(best.threshold).toBe(3);
});
