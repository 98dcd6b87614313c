import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringTable } from '../../../src/engine/embedded/string-table.ts';

const wellFormed = fc.string({ unit: 'grapheme', maxLength: 40 });

test('behaves like a Map from strings to the order of their first appearance', () => {
  fc.assert(
    fc.property(fc.array(wellFormed, { maxLength: 300 }), (strings) => {
      const table = new StringTable();
      const model = new Map<string, number>();
      for (const text of strings) {
        if (!model.has(text)) model.set(text, model.size);
        expect(table.intern(text)).toBe(model.get(text));
      }
      expect(table.size).toBe(model.size);
      const copy = new StringTable(table.sections());
      for (const [text, ordinal] of model) {
        expect(table.text(ordinal)).toBe(text);
        expect(copy.ordinal(text)).toBe(ordinal);
      }
    }),
  );
});

test('a string that was never interned has no ordinal', () => {
  const table = new StringTable();
  table.intern('known');
  expect(table.ordinal('unknown')).toBeUndefined();
});

test('what is added to a restored table leaves the sections it came from alone', () => {
  const first = new StringTable();
  for (let at = 0; at < 100; at++) first.intern(`term ${at}`);
  const sections = first.sections();
  const second = new StringTable(sections);
  second.intern('new');
  expect(second.ordinal('new')).toBe(100);
  expect(new StringTable(sections).ordinal('new')).toBeUndefined();
});
