import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeText } from '../../src/http/decode-text.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['UTF-8 unless it says otherwise', Buffer.from('é'), '', 'é'],
  ['the charset of the header', latin('é'), 'text/xml; charset=ISO-8859-1', 'é'],
  ['the charset of the header in quotes', latin('é'), 'text/xml; charset="latin1"', 'é'],
  [
    'the charset of the declaration',
    latin('<?xml version="1.0" encoding="latin1"?>é'),
    'text/xml',
    '<?xml version="1.0" encoding="latin1"?>é',
  ],
  ['the mark before the header', Buffer.from('\ufeffé', 'utf16le'), 'text/xml; charset=utf-8', 'é'],
  ['UTF-8 where it names a charset nobody knows', Buffer.from('é'), 'text/xml; charset=martian', 'é'],
])('is read in %s', (_, bytes, type, text) => {
  expect(decodeText(bytes, type)).toEqual({ text, isDamaged: false });
});

it('says when letters were lost', () => {
  expect(decodeText(latin('é'), 'text/xml; charset=utf-8')).toEqual({ text: '\ufffd', isDamaged: true });
});

it('gives back every text that was written in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.startsWith('\ufeff') && !text.startsWith('<?xml'));
      expect(decodeText(Buffer.from(text)).text).toBe(text);
    }),
  );
});
