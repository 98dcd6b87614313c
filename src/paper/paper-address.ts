/** Where people read a paper: at the place that gave it its id. */
import { type Identifier, parseIdentifier } from './identifier.ts';
import type { Paper, PaperId } from './paper.ts';

const ADDRESSES: Readonly<Record<Identifier['kind'], (id: PaperId) => string>> = {
  arxiv: (id) => `https://arxiv.org/abs/${id}`,
  doi: (id) => `https://doi.org/${encodedId(id)}`,
  acl: (id) => `https://aclanthology.org/${id}/`,
  pmid: (id) => `https://pubmed.ncbi.nlm.nih.gov/${id.replace('pmid:', '')}/`,
};

/** The one that its source gave, else that of its id, else that of its DOI; undefined where nobody has a page for it. */
export function publicAddress({ id, url, doi }: Pick<Paper, 'id' | 'url' | 'doi'>): string | undefined {
  return url ?? addressOfId(id) ?? (doi === undefined ? undefined : ADDRESSES.doi(doi));
}

/** Undefined for an id that only its source understands. */
export function addressOfId(id: PaperId): string | undefined {
  const named = parseIdentifier(id);
  return named?.id === id ? ADDRESSES[named.kind](id) : undefined;
}

/** As a path holds it: slashes stay. */
export function encodedId(id: PaperId): string {
  return id.split('/').map(encodeURIComponent).join('/');
}
