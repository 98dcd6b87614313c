import { expect, it } from 'vitest';
import { isSameText } from '../../src/search/pasted-papers.ts';

const TEN = 'whale ocean river stone wind cloud ember forest glacier harbour';

it.each([
  ['case, order and punctuation', 'Harbour, glacier; FOREST ember cloud wind stone river ocean whale.', true],
  ['nine words of ten', TEN.replace('whale ', ''), true],
  ['eight words of ten', TEN.replace('whale ocean ', ''), false],
  ['one word more', `${TEN} island`, true],
  ['two words more', `${TEN} island jungle`, false],
  ['nothing', '', false],
])('a text is the same or not: %s', (_, other, expected) => {
  expect(isSameText(TEN, other)).toBe(expected);
  expect(isSameText(other, TEN)).toBe(expected);
});

it('a text without words is no text', () => {
  expect(isSameText('', '')).toBe(false);
});
