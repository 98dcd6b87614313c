/** Text out of the little HTML and JATS that titles and abstracts carry: `<i>C. elegans</i>`, `<jats:p>`, `&amp;`. */

const TAG =
  /<\/?(?:jats:)?(?:i|b|em|strong|sub|sup|sc|u|p|br|div|title|sec|italic|bold|span)(?:\s[^<>]*|\/)?>/gi;
const BREAKING = /^<\/?(?:jats:)?(?:p|br|div|title|sec)\b/i;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Formatting goes, its text stays; a `<` that begins no known tag is a sign. Entities are read once. */
export function plainText(text: string | undefined): string | undefined {
  return text
    ?.replace(TAG, (tag) => (BREAKING.test(tag) ? ' ' : ''))
    .replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    });
}
