import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyHit } from '../../src/client/every-hit.ts';
import type { Narrowing } from '../../src/client/requests.ts';
import { ANSWER } from '../api/test-server.ts';

const [HIT] = ANSWER.hits;

/** Answers a list of so many hits; a cursor is the place it goes on from. */
function listOf(length: number) {
  const asked: Narrowing[] = [];
  const ask = async (input: Narrowing) => {
    asked.push(input);
    const { cursor, offset = 0, limit = 10 } = input;
    const first = cursor === undefined ? offset : Number(cursor);
    const end = Math.min(length, first + limit);
    const hits = Array.from({ length: Math.max(0, end - first) }, (_, at) => ({
      ...(HIT as (typeof ANSWER.hits)[number]),
      rank: first + at + 1,
    }));
    return { hits, next: end < length ? String(end) : null };
  };
  return { asked, ask };
}

test('gives every hit once and in order, whatever the size of a page', async () => {
  const sizes = fc.record({
    length: fc.nat(60),
    limit: fc.integer({ min: 1, max: 20 }),
    offset: fc.nat(70),
    wanted: fc.nat(80),
  });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ length, limit, offset, wanted }) => {
      const { ask, asked } = listOf(length);
      const ranks: number[] = [];
      for await (const { rank } of everyHit(ask, { limit, offset })) {
        if (ranks.length === wanted) break;
        ranks.push(rank);
      }
      const all = Array.from({ length: Math.max(0, length - offset) }, (_, at) => offset + at + 1);
      expect(ranks).toEqual(all.slice(0, wanted));
      // No page is asked for before somebody wants one of its hits.
      expect(asked.length).toBeLessThanOrEqual(Math.floor(wanted / limit) + 1);
      expect(asked.filter(({ cursor, offset: at }) => cursor !== undefined && at !== undefined)).toEqual([]);
    }),
  );
});

test('a failure ends the sequence with it', async () => {
  const hits = everyHit(async () => Promise.reject(new Error('no')), {});
  await expect(hits.next()).rejects.toThrow('no');
});
