/**
 * Splits a question into plain text and the parts that mean more: quoted phrases, fields, exclusions. Only the form
 * of a part is judged here, not whether its value can be read. Any string can be split; what looks like a part and is
 * not well formed (an open quotation mark, `Title: subtitle`, `12:30`, `:-)`, a URL, a lone hyphen) is plain text.
 */

export interface Part {
  /** The part as it was written. */
  readonly source: string;
  readonly isNegated: boolean;
  /** As it was written; undefined for a phrase and for an excluded word. */
  readonly field: string | undefined;
  readonly value: string;
  readonly isQuoted: boolean;
}

const MARK = `["“”„‟«»＂]`;
const QUOTED = `${MARK}([^"“”„‟«»＂]+)${MARK}(?=$|[\\s\\p{P}])`;
/** All of them are tried where a word begins. */
const PHRASE = new RegExp(`(-?)${QUOTED}`, 'uy');
const FIELD = new RegExp(`(-?)([A-Za-z]+):(?:${QUOTED}|([^\\s"“”„‟«»＂][^\\s]*))`, 'uy');
/** Below zero, negative exponents and options of programs are no exclusions: a letter must follow. */
const EXCLUDED_WORD = /-(\p{L}\S*)/uy;
const OPENING = /[([{]+/y;
const PLAIN = /\S+/y;
const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}]/u;

/** In the order of the question; white space between them is dropped. */
export function splitQuestion(question: string): (Part | string)[] {
  const found: (Part | string)[] = [];
  let at = 0;
  while (at < question.length) {
    const here = matchAt(OPENING, question, at)?.[0] ?? '';
    const start = at + here.length;
    const part = partAt(question, start);
    if (part) {
      found.push(part);
      at = start + part.source.length;
      // What clings to a closing quotation mark begins no part: the colon of `"A phrase": more`, `"top"-down`.
      const clinging = matchAt(PLAIN, question, at)?.[0] ?? '';
      if (WORD.test(clinging)) found.push(clinging);
      at += clinging.length;
    } else {
      const plain = matchAt(PLAIN, question, at)?.[0] ?? '';
      if (plain !== '') found.push(plain);
      at += plain.length;
    }
    at += matchAt(SPACE, question, at)?.[0].length ?? 0;
  }
  return found;
}

function partAt(question: string, at: number): Part | undefined {
  const phrase = matchAt(PHRASE, question, at);
  if (phrase) return partOf(phrase[0], { negation: phrase[1], value: phrase[2], isQuoted: true });
  const field = matchAt(FIELD, question, at);
  if (field) {
    const [source, negation, name, quoted, bare] = field;
    return partOf(source, { negation, field: name, value: quoted ?? bare, isQuoted: quoted !== undefined });
  }
  const word = matchAt(EXCLUDED_WORD, question, at);
  return word ? partOf(word[0], { negation: '-', value: word[1], isQuoted: false }) : undefined;
}

interface PartPieces {
  readonly negation: string | undefined;
  readonly field?: string | undefined;
  readonly value: string | undefined;
  readonly isQuoted: boolean;
}

function partOf(source: string, { negation, field, value = '', isQuoted }: PartPieces): Part {
  return { source, isNegated: negation === '-', field, value, isQuoted };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
