/** Where a paper is kept, as its id tells: what people mean by "the arXiv ones". */
import { parseIdentifier } from './identifier.ts';
import type { Paper } from './paper.ts';

/** `other` is every id that is none of these kinds, `title:<hash>` and `pmid:<number>` among them. */
export const SOURCES = ['arxiv', 'acl', 'doi', 'other'] as const;
export type Source = (typeof SOURCES)[number];

/** The id alone decides, so that a paper has one source however many copies of it there are elsewhere. */
export function sourceOf({ id }: Pick<Paper, 'id'>): Source {
  const kind = parseIdentifier(id)?.kind;
  return kind === undefined || kind === 'pmid' ? 'other' : kind;
}
