/**
 * Text for the fields of a BibTeX entry. Letters stay UTF-8; the ten characters that LaTeX acts on are escaped, so
 * that no field can end its entry, start a comment or run a command, and every field parses back to the text it was.
 * Mathematics between dollar signs stays LaTeX, because that is what the dollar signs of a title mean.
 */
import { mathPieces, type TextPiece } from './math-pieces.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
  // BibTeX counts braces, escaped or not.
  '{': String.raw`\lbrace{}`,
  '}': String.raw`\rbrace{}`,
  '&': String.raw`\&`,
  '%': String.raw`\%`,
  $: String.raw`\$`,
  '#': String.raw`\#`,
  _: String.raw`\_`,
};
const SPECIAL = /[\\~^{}&%$#_]/g;
/** Pairs that LaTeX would join: dashes, quotation marks, and the Spanish ?` and !`. */
const LIGATURES = /-(?=-)|`(?=`)|'(?=')|[?!](?=`)|,(?=,)|<(?=<)|>(?=>)/g;

/** What BibTeX styles set in lower case in titles and must not: a capital inside a word, any in mathematics. */
const INNER_CAPITAL = /.\p{Lu}/u;
const CAPITAL = /\p{Lu}/u;

/** Text without mathematics: names, journals, remarks. */
export function escapeText(text: string): string {
  return text
    .replace(LIGATURES, '$&\0')
    .replace(SPECIAL, (sign) => ESCAPES[sign] ?? sign)
    .replaceAll('\0', '{}');
}

/** Prose that may hold mathematics: abstracts. */
export function escapeProse(text: string): string {
  return mathPieces(text)
    .map(({ text: piece, isMath }) => (isMath ? piece : escapeText(piece)))
    .join('');
}

/** As prose, with braces around the words whose capitals a style must keep. */
export function escapeTitle(title: string): string {
  return wordsOf(title).map(protectedWord).join(' ');
}

/** Blanks between words divide; blanks in mathematics do not. */
function wordsOf(title: string): TextPiece[][] {
  const words: TextPiece[][] = [[]];
  for (const piece of mathPieces(title)) {
    const [first = '', ...rest] = piece.isMath ? [piece.text] : piece.text.split(' ');
    words.at(-1)?.push({ ...piece, text: first });
    for (const text of rest) words.push([{ text, isMath: false }]);
  }
  return words;
}

function protectedWord(word: readonly TextPiece[]): string {
  const text = word.map((piece) => (piece.isMath ? piece.text : escapeText(piece.text))).join('');
  const isKept = word.some(({ text: piece, isMath }, at) =>
    (isMath || at > 0 ? CAPITAL : INNER_CAPITAL).test(piece),
  );
  if (!isKept) return text;
  // BibTeX looks into braces that begin with a backslash, but not into two pairs of them.
  return text.startsWith('\\') ? `{{${text}}}` : `{${text}}`;
}
