/** The forms in which letters and names are compared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.ts';
import { nameTokens } from '../../src/text/names.ts';
import { isStopTerm } from '../../src/text/stop-words.ts';

describe('fold', () => {
  it.each([
    ['Poincaré', 'poincare'],
    ['Straße', 'strasse'],
    ['Łódź Ørsted Æther', 'lodz orsted aether'],
    ['ＡＢＣ ﬁ ²', 'abc fi 2'],
    ['İstanbul', 'istanbul'],
    ['Йод', 'иод'],
    ['שָׁלוֹם', 'שלום'],
    ['ガス', 'ガス'],
    ['हिन्दी', 'हिन्दी'],
    ['한국어', '한국어'],
  ])('folds %s to %s', (text, wanted) => {
    expect(fold(text)).toBe(wanted);
  });

  it('is the same for composed and decomposed letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
    );
  });
});

describe('nameTokens', () => {
  it('are the words of a name, however it is written', () => {
    expect(nameTokens('Müller, J.-P.')).toEqual(['muller', 'j', 'p']);
    expect(nameTokens('—')).toEqual([]);
  });
});

describe('isStopTerm', () => {
  it('knows the words of every question, and no subject', () => {
    expect(['the', 'what', 'doe', 'whi'].every(isStopTerm)).toBe(true);
    expect(['network', 'attent', 'who2', 'vitamin'].some(isStopTerm)).toBe(false);
  });
});
