/** The words, marks and operators of arXiv's query language, in their order. Any string has tokens. */

/** `all` stands for no field, too. */
export const ARXIV_FIELDS = [
  'ti',
  'au',
  'abs',
  'co',
  'jr',
  'cat',
  'rn',
  'id',
  'all',
  'submittedDate',
  'lastUpdatedDate',
] as const;
export type ArxivField = (typeof ARXIV_FIELDS)[number];

export type ArxivToken =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'andnot' | 'not' }
  | { readonly kind: 'field'; readonly field: ArxivField }
  /** `isOpen` where the closing quotation mark is missing. */
  | { readonly kind: 'phrase'; readonly text: string; readonly isOpen: boolean }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'word'; readonly text: string };

const FIELDS = new Map(ARXIV_FIELDS.map((field) => [field.toLowerCase(), field]));
/** In capitals only: `and` is a word. */
const OPERATORS = { AND: 'and', OR: 'or', ANDNOT: 'andnot', NOT: 'not' } as const;

const SPACE = /\s+/y;
const FIELD = /([A-Za-z]+):/y;
const PHRASE = /["“”]([^"“”]*)(["“”]?)/y;
const RANGE = /\[\s*(\S+)\s+TO\s+([^\s\]]+)\s*\]/y;
const WORD = /[^\s()"“”]+/y;

export function arxivTokens(text: string): ArxivToken[] {
  const tokens: ArxivToken[] = [];
  let at = 0;
  while (at < text.length) {
    at += matchAt(SPACE, text, at)?.[0].length ?? 0;
    if (at >= text.length) break;
    const { token, length } = tokenAt(text, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): { token: ArxivToken; length: number } {
  if (text[at] === '(') return { token: { kind: 'open' }, length: 1 };
  if (text[at] === ')') return { token: { kind: 'close' }, length: 1 };
  const [phrase, quoted = '', mark] = matchAt(PHRASE, text, at) ?? [];
  if (phrase !== undefined) {
    return { token: { kind: 'phrase', text: quoted, isOpen: mark === '' }, length: phrase.length };
  }
  const [range, from = '', to = ''] = matchAt(RANGE, text, at) ?? [];
  if (range !== undefined) return { token: { kind: 'range', from, to }, length: range.length };
  const [prefix, name = ''] = matchAt(FIELD, text, at) ?? [];
  const field = FIELDS.get(name.toLowerCase());
  if (prefix !== undefined && field !== undefined) {
    return { token: { kind: 'field', field }, length: prefix.length };
  }
  const word = matchAt(WORD, text, at)?.[0] ?? text.slice(at);
  const operator = OPERATORS[word as keyof typeof OPERATORS];
  const token: ArxivToken = operator === undefined ? { kind: 'word', text: word } : { kind: operator };
  return { token, length: word.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
