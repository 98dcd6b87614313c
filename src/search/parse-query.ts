/**
 * A question as it was typed, read: its words in one line, and the papers it may name as a whole. Any string can
 * be parsed. Quotation marks are punctuation here: the words between them count like all others.
 */
import type { LookupKey } from '../engine/engine.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import { oneLine } from '../paper/normalize-text.ts';
import { titleKey } from '../paper/title-key.ts';
import type { Match } from './answer.ts';

/** One way in which a whole question may name papers. */
export interface PaperName {
  readonly key: LookupKey;
  readonly as: NonNullable<Match['exact']>;
}

export interface ParsedQuery {
  /** NFC, in one line; empty when nothing is left of the question but punctuation. */
  readonly text: string;
  /** The surest first. */
  readonly names: readonly PaperName[];
  /** True for an arXiv id, DOI or address of a paper: words that mean nothing but that paper. */
  readonly isIdentifier: boolean;
}

const WORDLESS = /^[\p{P}\p{Z}\p{C}\p{M}]*$/u;
/** Every identifier of a paper has one, and most questions have none. */
const DIGIT = /\d/;
/** No id is longer; longer questions are not worth a look-up. */
const MAX_ID_LENGTH = 500;

export function parseQuery(query: string): ParsedQuery {
  const text = oneLine(query);
  if (WORDLESS.test(text)) return { text: '', names: [], isIdentifier: false };
  const identifier = DIGIT.test(text) ? parseIdentifier(text) : undefined;
  const names: PaperName[] = [];
  if (identifier) {
    const { id, kind } = identifier;
    const as = kind === 'doi' ? 'doi' : 'id';
    names.push({ key: { kind: 'id', value: id }, as });
    if (kind === 'doi') names.push({ key: { kind: 'doi', value: id }, as });
  }
  if (text.length <= MAX_ID_LENGTH) names.push({ key: { kind: 'id', value: text }, as: 'id' });
  names.push({ key: { kind: 'title', value: titleKey(text) }, as: 'title' });
  return { text, names, isIdentifier: identifier !== undefined };
}
