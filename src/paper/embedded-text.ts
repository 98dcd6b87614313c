/**
 * The text of a paper that is turned into a vector, and its hash: the same hash means that the vector still
 * holds and nothing needs embedding again. Changing the template makes every stored vector incomparable.
 */
import { hash } from 'node:crypto';
import type { Paper } from './paper.ts';

/** Part of the identity of the vectors of an index. */
export const TEXT_TEMPLATE = 'title\nabstract';

const HASH_LENGTH = 32;

/** Title, line feed, abstract; the title alone where there is no abstract. */
export function embeddedText({ title, abstract }: Pick<Paper, 'title' | 'abstract'>): string {
  return abstract === '' ? title : `${title}\n${abstract}`;
}

/** The first 32 hex digits of the SHA-256 of the embedded text in UTF-8. */
export function embeddedTextHash(paper: Pick<Paper, 'title' | 'abstract'>): string {
  return hash('sha256', embeddedText(paper), 'hex').slice(0, HASH_LENGTH);
}
