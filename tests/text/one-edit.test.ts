/** The spellings one slip away: all of them, each once, and the common slips likeliest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { respellings } from '../../src/text/one-edit.ts';

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');

function likelihoods(of: string): ReadonlyMap<string, number> {
  return new Map(respellings(of).map(({ word: spelling, likelihood }) => [spelling, likelihood]));
}

describe('respellings', () => {
  it('undo any slip', () => {
    fc.assert(
      fc.property(word, fc.nat(), letter, (meant, place, other) => {
        const at = place % meant.length;
        const rest = meant.slice(at + 1);
        const slips = [
          meant.slice(0, at) + rest,
          meant.slice(0, at) + other + meant.slice(at),
          meant.slice(0, at) + other + rest,
          meant.slice(0, at) + rest.slice(0, 1) + meant.charAt(at) + rest.slice(1),
        ];
        for (const typed of slips) if (typed !== meant) expect(likelihoods(typed).has(meant)).toBe(true);
      }),
    );
  });

  it('are each there once, and never the word itself', () => {
    fc.assert(
      fc.property(word, (typed) => {
        const found = respellings(typed).map(({ word: spelling }) => spelling);
        expect(new Set(found).size).toBe(found.length);
        expect(found).not.toContain(typed);
        expect(found.length).toBeLessThanOrEqual(53 * typed.length + 25);
      }),
    );
  });

  it('take swapped and doubled letters for likely, another first letter for unlikely', () => {
    const found = likelihoods('grpah');
    expect(found.get('graph')).toBeGreaterThan(found.get('grapah') ?? 0);
    expect(likelihoods('speling').get('spelling')).toBeGreaterThan(
      likelihoods('speling').get('spelting') ?? 0,
    );
    expect(found.get('xrpah')).toBeLessThan(found.get('grpax') ?? 0);
  });
});
