/** A paper as an entry of a feed. */
import { parseIdentifier } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';
import { addressOfId, encodedId, publicAddress } from '../paper/paper-address.ts';
import { type FeedEntry, type FeedLink, instantOf } from './feed.ts';

const ARXIV = 'https://arxiv.org';

/**
 * `updated` is when the paper was, not when this index took it in; without either date it is the unknown moment. The
 * alternate link goes to the paper where it is kept, and within the site where nobody else has a page for it.
 */
export function paperEntry(paper: Paper, site: string): FeedEntry {
  const { title, abstract, authors, published, updated, categories } = paper;
  const page = publicAddress(paper) ?? `${site}/api/v1/papers/${encodedId(paper.id)}`;
  return {
    id: paperUri(paper),
    title,
    links: [{ href: page, rel: 'alternate', type: 'text/html' }, ...pdfLinks(paper)],
    updated: instantOf(updated ?? published),
    ...(published !== undefined && { published: instantOf(published) }),
    summary: abstract,
    authors,
    categories: categories.map((term) => ({ term })),
  };
}

/** What names the paper everywhere: its address at arXiv, its DOI's, the Anthology's or PubMed's, or a URN. */
export function paperUri({ id }: Pick<Paper, 'id'>): string {
  return addressOfId(id) ?? `urn:pharos:paper:${encodedId(id)}`;
}

function pdfLinks({ id }: Paper): FeedLink[] {
  if (parseIdentifier(id)?.kind !== 'arxiv') return [];
  return [{ href: `${ARXIV}/pdf/${id}`, rel: 'related', type: 'application/pdf', title: 'pdf' }];
}
