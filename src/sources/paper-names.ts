/**
 * By which of its names a paper is known here: its arXiv id, else its DOI, its ACL id, its PubMed id, else the name
 * that the service itself has for it. So one paper has one id, whichever service tells of it.
 * Why in this order: docs/decisions/services.md.
 */
import { parseIdentifier } from '../paper/identifier.ts';

export interface PaperNames {
  readonly arxiv?: unknown;
  /** An arXiv DOI (10.48550) counts as the arXiv id that it holds. */
  readonly doi?: unknown;
  readonly acl?: unknown;
  /** The number alone. */
  readonly pubmed?: unknown;
  /** `openalex:W2741809807`: the name of the service, and what `pharos add` takes to ask for the paper again. */
  readonly own: string | undefined;
}

/** The fields `id` and `doi` of a record. The DOI is the publisher's, and absent where there is none. */
export function namesOf({ arxiv, doi, acl, pubmed, own }: PaperNames): {
  readonly id: string | undefined;
  readonly doi?: string;
} {
  const named = known(doi);
  const pmid = pubmed === undefined || pubmed === null ? '' : String(pubmed);
  const first =
    known(arxiv, 'arxiv') ?? named ?? known(acl, 'acl') ?? (/^\d{1,9}$/.test(pmid) ? `pmid:${pmid}` : own);
  return { id: first, ...(named?.startsWith('10.') && { doi: named }) };
}

/** The page of a service for a paper; undefined where the paper has a name elsewhere, for it lives there. */
export function pageOf(id: string | undefined, page: unknown): unknown {
  return id !== undefined && parseIdentifier(id) ? undefined : page;
}

/** The id that a text names; of that kind alone, where one is given. */
function known(text: unknown, kind?: string): string | undefined {
  const found = typeof text === 'string' ? parseIdentifier(text) : undefined;
  return kind === undefined || found?.kind === kind ? found?.id : undefined;
}

const PREPRINT_SERVER = /^(?:arxiv\b.*|corr)$/i;

/** The venue of a record. Services have many words for arXiv. */
export function venueOf(name: unknown): unknown {
  return typeof name === 'string' && PREPRINT_SERVER.test(name.trim()) ? 'arXiv' : name;
}
