/**
 * Where the sentences of an abstract are. Own rules rather than `Intl.Segmenter`, which breaks after `et al.`
 * and inside formulas, and takes several times as long. A wrong cut costs a reader a glance, no more.
 */

/** Half-open, in UTF-16 units of the text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where it is worth looking closer. */
const CANDIDATE = /[$.!?\n…。！？｡]/g;
/**
 * What may end a sentence: a formula is passed over whole; full stops of Chinese and Japanese need no space
 * after them; the others do, after any closing quotes and brackets; so does an empty line.
 */
const STOP = /\$[^$\n]{1,200}\$|[。！？｡][」』”’）]*\s*|[.!?…]+["'”’»)\]}]*\s+|\n\s*\n\s*/y;
const OPENING = /^["'“‘«([{\s]*/u;
const LOWER_CASE = /^\p{Ll}/u;
const LINE_FEED = 0x0a;
const DOLLAR = 0x24;
const FULL_STOP = 0x2e;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const IDEOGRAPHIC = 0x3000;
/** How far behind its quotes and brackets a sentence is taken to begin. */
const LOOK_AHEAD = 12;
/** What stands before a full stop that ends no sentence, besides single letters and letters with full stops. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `al approx ca cf ch def dr ed eds eq eqn eqs esp etc ex fig figs inc incl jr lem mr mrs ms no nos nr pp prof
  prop ref refs resp sec sect sr st tab thm viz vol vs wrt`.split(/\s+/),
);
const LETTERS_WITH_STOPS = /^(?:\p{L}\.)*\p{L}$/u;
const LONGEST_ABBREVIATION = 6;
const BEFORE_WORD = ' \n\t([{"\'“‘~-';

/** The sentences in order, trimmed, none empty; what is between them is white space. */
export function sentences(text: string): TextRange[] {
  const found: TextRange[] = [];
  let start = 0;
  CANDIDATE.lastIndex = 0;
  while (CANDIDATE.test(text)) {
    const at = CANDIDATE.lastIndex - 1;
    STOP.lastIndex = at;
    if (!STOP.test(text)) continue;
    const next = STOP.lastIndex;
    CANDIDATE.lastIndex = next;
    if (!isEnd(text, at, next)) continue;
    push(found, text, { start, end: next });
    start = next;
  }
  push(found, text, { start, end: text.length });
  return found;
}

/** Whether the stop that reaches from `at` to `next` ends a sentence. */
function isEnd(text: string, at: number, next: number): boolean {
  const stop = text.charCodeAt(at);
  if (stop === DOLLAR) return false;
  if (stop === LINE_FEED || stop >= IDEOGRAPHIC) return true;
  // Old collections put spaces before their full stops and have no capitals.
  if (/\s/.test(text.charAt(at - 1))) return true;
  if (beginsLower(text, next)) return false;
  return stop !== FULL_STOP || !isAbbreviation(text, at);
}

function beginsLower(text: string, next: number): boolean {
  const first = text.charCodeAt(next);
  if (first >= UPPER_A && first <= UPPER_Z) return false;
  return LOWER_CASE.test(text.slice(next, next + LOOK_AHEAD).replace(OPENING, ''));
}

/** Whether the full stop at `at` belongs to the word before it. */
function isAbbreviation(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && !BEFORE_WORD.includes(text.charAt(from - 1))) {
    from -= 1;
    if (at - from > LONGEST_ABBREVIATION) return false;
  }
  const word = text.slice(from, at);
  return ABBREVIATIONS.has(word.toLowerCase()) || LETTERS_WITH_STOPS.test(word);
}

function push(found: TextRange[], text: string, { start, end }: TextRange): void {
  const sentence = text.slice(start, end);
  const trimmed = sentence.trim();
  if (trimmed === '') return;
  const from = start + sentence.indexOf(trimmed);
  found.push({ start: from, end: from + trimmed.length });
}
