/**
 * arXiv's query language as a tree. AND and ANDNOT bind more closely than OR, and where two parts stand side by side
 * with nothing between them, arXiv means OR. Words that follow each other are one part.
 * Source: https://info.arxiv.org/help/api/user-manual.html#query_details
 */
import { AppError } from '../../fault/app-error.ts';
import { type ArxivField, type ArxivToken, arxivTokens } from './tokens.ts';

export interface ArxivTerm {
  readonly kind: 'term';
  readonly field: ArxivField;
  /** As it was written; several words where they followed each other. */
  readonly text: string;
  readonly isPhrase: boolean;
  /** Of a field that holds dates. */
  readonly range?: { readonly from: string; readonly to: string };
}

export type ArxivNode =
  | ArxivTerm
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly ArxivNode[] }
  | { readonly kind: 'not'; readonly node: ArxivNode };

/** Each may cost a look-up of its own, so there must be an end. */
const MAX_TERMS = 100;
const MAX_DEPTH = 30;

/**
 * Undefined for a text without a field or an operator, which is a question in plain words. INPUT_INVALID for what
 * cannot be read.
 */
export function parseArxivQuery(text: string): ArxivNode | undefined {
  const tokens = arxivTokens(text);
  const isPlain = tokens.every(({ kind }) => ['word', 'phrase', 'range', 'open', 'close'].includes(kind));
  return isPlain ? undefined : new ArxivQueryParser(tokens).parse();
}

/** INPUT_INVALID, pointing at the parameter that arXiv calls search_query. */
export function queryFault(problem: string): AppError {
  const message = `search_query ${problem}`;
  return new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: 'search_query' }] });
}

class ArxivQueryParser {
  readonly #tokens: readonly ArxivToken[];
  #at = 0;
  #terms = 0;
  #depth = 0;

  constructor(tokens: readonly ArxivToken[]) {
    this.#tokens = tokens;
  }

  parse(): ArxivNode {
    const node = this.#alternatives();
    if (this.#next()?.kind === 'close') throw queryFault('closes a bracket that was never opened');
    return node;
  }

  /** Up to the end or a closing bracket. `field` is that of the brackets: `ti:(deep learning)`. */
  #alternatives(field?: ArxivField): ArxivNode {
    const nodes = [this.#conjunction(field)];
    while (this.#next() !== undefined && this.#next()?.kind !== 'close') {
      if (this.#next()?.kind === 'or') this.#at += 1;
      nodes.push(this.#conjunction(field));
    }
    return joined('or', nodes);
  }

  #conjunction(field: ArxivField | undefined): ArxivNode {
    const nodes = [this.#factor(field)];
    for (;;) {
      const kind = this.#next()?.kind;
      if (kind !== 'and' && kind !== 'andnot') return joined('and', nodes);
      this.#at += 1;
      const node = this.#factor(field);
      nodes.push(kind === 'andnot' ? { kind: 'not', node } : node);
    }
  }

  #factor(field: ArxivField | undefined): ArxivNode {
    if (this.#next()?.kind !== 'not') return this.#part(field);
    this.#at += 1;
    return { kind: 'not', node: this.#part(field) };
  }

  #part(inherited: ArxivField | undefined): ArxivNode {
    const token = this.#next();
    if (token?.kind === 'field') {
      this.#at += 1;
      return this.#next()?.kind === 'open' ? this.#brackets(token.field) : this.#term(token.field, true);
    }
    if (token?.kind === 'open') return this.#brackets(inherited);
    return this.#term(inherited ?? 'all', inherited === undefined);
  }

  #brackets(field: ArxivField | undefined): ArxivNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw queryFault(`has more than ${MAX_DEPTH} brackets in each other`);
    this.#at += 1;
    const node = this.#alternatives(field);
    if (this.#next()?.kind !== 'close') throw queryFault('opens a bracket that is never closed');
    this.#at += 1;
    this.#depth -= 1;
    return node;
  }

  /** Within the brackets of a field each word is a part of its own: `ti:(deep learning)` asks for either. */
  #term(field: ArxivField, takesAllWords: boolean): ArxivTerm {
    this.#terms += 1;
    if (this.#terms > MAX_TERMS) throw queryFault(`has more than ${MAX_TERMS} parts`);
    const token = this.#next();
    this.#at += 1;
    if (token?.kind === 'range') {
      return { kind: 'term', field, text: '', isPhrase: false, range: { from: token.from, to: token.to } };
    }
    if (token?.kind === 'phrase') {
      if (token.isOpen) throw queryFault('opens a quotation mark that is never closed');
      return { kind: 'term', field, text: token.text, isPhrase: true };
    }
    if (token?.kind !== 'word') throw queryFault(`lacks a word ${placeOf(token)}`);
    const words = [token.text];
    for (let next = this.#next(); takesAllWords && next?.kind === 'word'; next = this.#next()) {
      words.push(next.text);
      this.#at += 1;
    }
    return { kind: 'term', field, text: words.join(' '), isPhrase: false };
  }

  #next(): ArxivToken | undefined {
    return this.#tokens[this.#at];
  }
}

function joined(kind: 'and' | 'or', nodes: readonly ArxivNode[]): ArxivNode {
  const [only] = nodes;
  return only !== undefined && nodes.length === 1 ? only : { kind, nodes };
}

function placeOf(token: ArxivToken | undefined): string {
  if (token === undefined) return 'at its end';
  if (token.kind === 'field') return `before ${token.field}:`;
  return token.kind === 'open' || token.kind === 'close'
    ? 'at a bracket'
    : `before ${token.kind.toUpperCase()}`;
}
