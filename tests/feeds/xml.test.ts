import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { element, textElement, toXml } from '../../src/feeds/xml.ts';

/** Throws for what is not well-formed. */
function read(xml: string): { text: string; attributes: Record<string, string>[] } {
  const parser = new SaxesParser({ xmlns: false });
  const seen = { text: '', attributes: [] as Record<string, string>[] };
  parser.on('error', (error) => {
    throw error;
  });
  let isInside = false;
  parser.on('text', (text) => {
    if (isInside) seen.text += text;
  });
  parser.on('opentag', ({ attributes }) => {
    seen.attributes.push({ ...attributes });
    isInside = true;
  });
  parser.on('closetag', () => {
    isInside = false;
  });
  parser.write(xml).close();
  return seen;
}

/** What may stand in XML 1.0, from the text of the recommendation. */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}

function survivorOf(text: string): string {
  return Array.from(text, (character) => (isAllowed(character) ? character : '\u{FFFD}')).join('');
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...['<', '>', '&', '"', "'", ']]>', '&amp;', '<!--', '\0', '\r', '\n', '\t', '\u{1F}'],
      ...['\u{FFFE}', '\u{D800}', '\u{DC00}', '\u{1F600}', 'a', ' '],
    ),
  }),
);

describe('toXml', () => {
  it('is well-formed whatever the text, and reads back as it was, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, value) => {
        expect(read(toXml(element('a', { b: value }, [text])))).toEqual({
          text: survivorOf(text),
          attributes: [{ b: survivorOf(value) }],
        });
      }),
    );
  });

  it('writes elements in each other, one line each', () => {
    const tree = element('a', {}, [textElement('b', 'x < y'), element('c', { d: '1' })]);
    expect(toXml(tree)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n<b>x &lt; y</b>\n<c d="1"/>\n</a>\n',
    );
  });
});
