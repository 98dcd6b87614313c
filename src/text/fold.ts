/**
 * Folding: the form in which letters are compared. Case, accents, ligatures and width do not matter.
 * Marks that are letters of their own in their script (Indic vowels, Japanese voicing) stay.
 */

/** Accents of Latin, Greek and Cyrillic letters, the points of Hebrew and Arabic, variation selectors. */
const ACCENTS =
  /(?:(?![\u3099\u309a])\p{Script=Inherited}|(?=\p{M})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}])+/gu;
const NON_ASCII = /[^\0-\x7f]/;
// Letters whose decomposition is not their plain form; NFKD leaves them alone.
const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};
const SPECIAL = /[øđðłßæœþıħ]/g;

/** Lower case, compatibility forms unified, combining marks dropped: `Poincaré` -> `poincare`. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!NON_ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');
}
