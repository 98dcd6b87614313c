/** Text as every Paper holds it: one line of NFC without anything invisible. */

const UNUSUAL = /[^ -~]/;
const BREAKS = /[\t-\r\u0085]/g;
// Controls, lone surrogates, noncharacters, and the invisible formatting that survives copying out of PDFs and
// pages. The joiners U+200C and U+200D stay: Persian and the scripts of India are spelled with them.
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
/** Every run of white space but the single blank, which needs no work. */
const SPACES = /\s{2,}|[^\S ]/g;

/** NFC; control and invisible characters removed; every run of white space one blank; trimmed. Idempotent. */
export function oneLine(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(BREAKS, ' ').replace(INVISIBLE, '').normalize('NFC').replace(SPACES, ' ').trim();
}

/** Most texts are printable ASCII with single blanks inside, and need no work. */
function isPlain(text: string): boolean {
  return !(text.includes('  ') || text.startsWith(' ') || text.endsWith(' ') || UNUSUAL.test(text));
}
