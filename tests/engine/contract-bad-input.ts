/** The part of the engine contract about vectors that do not fit: refused by name, and nothing half done. */
import { expect, it } from 'vitest';
import { NO_FILTER } from '../../src/engine/filter.ts';
import type { CurrentEngine } from './contract.ts';
import { makePaper, makeVector, SPACE } from './fixtures.ts';

const GOOD = makeVector(0);
const BAD: readonly [string, Float32Array, string][] = [
  ['too few dimensions', GOOD.slice(1), 'VECTORS_MISMATCH'],
  ['too many dimensions', new Float32Array([...GOOD, 0]), 'VECTORS_MISMATCH'],
  ['no dimensions', new Float32Array(0), 'VECTORS_MISMATCH'],
  ['NaN', GOOD.map((component, at) => (at === 3 ? Number.NaN : component)), 'INPUT_INVALID'],
  [
    'infinity',
    GOOD.map((component, at) => (at === 3 ? Number.POSITIVE_INFINITY : component)),
    'INPUT_INVALID',
  ],
  ['zero length', new Float32Array(SPACE.dimensions), 'INPUT_INVALID'],
  ['another length than 1', GOOD.map((component) => 3 * component), 'INPUT_INVALID'],
];

export function describeBadInput(current: CurrentEngine): void {
  it.each(BAD)('refuses a vector of %s and stores nothing of its batch', async (_, vector, code) => {
    const batch = [
      { paper: makePaper({ id: 'a' }), vector: GOOD },
      { paper: makePaper({ id: 'b' }), vector },
    ];
    await expect(current().upsert(batch)).rejects.toMatchObject({ name: 'AppError', code });
    expect(await current().get(['a', 'b'])).toEqual([undefined, undefined]);
    expect(await current().status()).toMatchObject({ papers: 0, embedded: 0 });
  });

  it.each(BAD)('refuses to attach a vector of %s and attaches none of its batch', async (_, vector, code) => {
    await current().upsert([{ paper: makePaper({ id: 'a' }) }, { paper: makePaper({ id: 'b' }) }]);
    const batch = [
      { id: 'a', vector: GOOD },
      { id: 'b', vector },
    ];
    await expect(current().attachVectors(batch)).rejects.toMatchObject({ name: 'AppError', code });
    expect(await current().status()).toMatchObject({ papers: 2, embedded: 0 });
  });

  it.each(BAD)('refuses to search with a vector of %s', async (_, vector, code) => {
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector: GOOD }]);
    await expect(current().semantic(vector, { filter: NO_FILTER, limit: 1 })).rejects.toMatchObject({
      name: 'AppError',
      code,
    });
  });

  it('works on after a refusal', async () => {
    await expect(
      current().upsert([{ paper: makePaper({ id: 'a' }), vector: GOOD.slice(1) }]),
    ).rejects.toThrow();
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector: GOOD }]);
    expect(await current().status()).toMatchObject({ papers: 1, embedded: 1 });
  });
}
