/**
 * The names that a paper goes by: its id, and what its DOI and its address name. Papers that are one share a name
 * or a title, so that those which may be can be looked up instead of compared one by one.
 */
import { parseIdentifier } from './identifier.ts';
import type { Paper, PaperId } from './paper.ts';
import { titleKey } from './title-key.ts';

/** Known kinds, in the order in which they name a paper that has several ids. */
const KINDS = ['arxiv', 'doi', 'acl', 'pmid'] as const;
export type IdKind = (typeof KINDS)[number] | 'other' | 'title';

/** Given by `normalizePaper` to papers that came without any id. */
const TITLE_ID = 'title:';

/** `title` is an id that was made of the title, `other` one that only its source understands. */
export function idKind(id: PaperId): IdKind {
  return parseIdentifier(id)?.kind ?? (id.startsWith(TITLE_ID) ? 'title' : 'other');
}

/** Orders ids: arXiv, DOI, ACL, PubMed, others, those made of titles; within a kind by code units. */
export function compareIds(a: PaperId, b: PaperId): number {
  if (a === b) return 0;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** The id of a paper that came under all of these; at least one. */
export function preferredId(ids: readonly PaperId[]): PaperId {
  return ids.reduce((best, id) => (compareIds(id, best) < 0 ? id : best));
}

/** What id, DOI and address name, in the form of ids; each once, the id itself first. */
export function namedIds({ id, doi, url }: Pick<Paper, 'id' | 'doi' | 'url'>): PaperId[] {
  const named = [id, ...identifierIn(doi), ...identifierIn(url)];
  return [...new Set(named)];
}

/** The title as it is looked up; undefined where nobody is named who could say that it is the same paper. */
export function tellingTitle({ title, authors }: Pick<Paper, 'title' | 'authors'>): string | undefined {
  return authors.length === 0 ? undefined : titleKey(title);
}

function identifierIn(text: string | undefined): PaperId[] {
  const identifier = text === undefined ? undefined : parseIdentifier(text);
  return identifier ? [identifier.id] : [];
}

function rank(id: PaperId): number {
  const kind = idKind(id);
  if (kind === 'title') return KINDS.length + 1;
  return kind === 'other' ? KINDS.length : KINDS.indexOf(kind);
}
