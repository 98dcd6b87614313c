/**
 * The text that LaTeX prints, as far as titles, abstracts and names of bibliographies go: letters, punctuation,
 * spacing, and formatting that is dropped. Mathematics stays as it was typed, and so does a command nobody knows.
 */
import { letterOf, printLetters } from '../paper/latex-letters.ts';

const FORMATTING =
  'textit textbf textsc texttt textrm textsf textsl textmd textup textnormal emph mbox text uppercase lowercase ' +
  'underline enquote nocase href url path textsuperscript textsubscript mkbibquote mkbibemph NoCaseChange';
const SWITCHES =
  'it bf sc tt rm sf sl em itshape bfseries scshape ttfamily rmfamily sffamily normalfont upshape mdseries small ' +
  'large Large footnotesize noopsort';
const SYMBOLS: Readonly<Record<string, string>> = {
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  textbackslash: '\\',
  textasciitilde: '~',
  textasciicircum: '^',
  textunderscore: '_',
  textdollar: '$',
  textbar: '|',
  textless: '<',
  textgreater: '>',
  textdegree: '°',
  textregistered: '®',
  texttrademark: '™',
  textcopyright: '©',
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  S: '§',
  P: '¶',
  textbraceleft: '{',
  textbraceright: '}',
  lbrace: '{',
  rbrace: '}',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
  dj: 'đ',
  DJ: 'Đ',
};
const DROPPED = new Set(`${FORMATTING} ${SWITCHES}`.split(' '));

/** Mathematics between dollar signs or `\( \)`; an escaped dollar is none. */
const MATH = /(?<!\\)\$\$[\s\S]*?\$\$|(?<!\\)\$(?:\\.|[^$\\])*\$|\\\([\s\S]*?\\\)/g;
const COMMAND = /\\([A-Za-z]+)\*?(?:[ \t\n]*(?=\{)|[ \t\n]+(?=[^\s\\])|)/g;
/** An accent on a letter that a command or braces hide from the plain pattern: `\'{\i}` and `\"{{u}}`. */
const DEEP_ACCENT = /\\(["'`^~=.cvuHkrdb])\s*\{+\s*(\\[ij]|\p{L})\s*\}+/gu;
const NEEDS_WORK = /[\\{}$~\u0060]|--|''/;

/** Line breaks and blanks are kept for `oneLine` to deal with. */
export function latexText(source: string): string {
  if (!NEEDS_WORK.test(source)) return source;
  let printed = '';
  let from = 0;
  for (const math of source.matchAll(MATH)) {
    printed += outsideMath(source.slice(from, math.index)) + math[0];
    from = math.index + math[0].length;
  }
  return printed + outsideMath(source.slice(from));
}

function outsideMath(source: string): string {
  if (!NEEDS_WORK.test(source)) return source;
  const flat = source.replace(DEEP_ACCENT, '\\$1{$2}');
  return withoutMarkup(source.includes('\\') ? printLetters(flat) : flat);
}

// In private-use letters while braces are dropped: an escaped one is text.
const [OPEN, CLOSE, BACKSLASH, TILDE] = ['\ue000', '\ue001', '\ue002', '\ue003'];

const KEPT: Readonly<Record<string, string>> = { '\\': BACKSLASH, '~': TILDE, '{': OPEN, '}': CLOSE };

function withoutMarkup(source: string): string {
  return source
    .replace(/\\\\/g, ' ')
    .replace(/\\\{/g, OPEN)
    .replace(/\\\}/g, CLOSE)
    .replace(COMMAND, command)
    .replace(/\\[-/]/g, '')
    .replace(/\\[ ,;:]/g, ' ')
    .replace(/\\([&%$#_~^'"`])(?:\{\})?/g, (_, sign: string) => (sign === '~' ? TILDE : sign))
    .replace(/~/g, ' ')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/[{}]/g, '')
    .replaceAll(OPEN, '{')
    .replaceAll(CLOSE, '}')
    .replaceAll(BACKSLASH, '\\')
    .replaceAll(TILDE, '~');
}

function command(whole: string, name: string): string {
  if (DROPPED.has(name)) return '';
  const printed = SYMBOLS[name] ?? letterOf(name);
  if (printed === undefined) return whole.replace('\\', BACKSLASH);
  return KEPT[printed] ?? printed;
}
