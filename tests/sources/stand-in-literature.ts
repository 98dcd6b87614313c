/** PubMed, feeds and a Zotero that runs, in the stand-in; each has a file of its own. */
import { feedAnswer } from './stand-in-feed.ts';
import { pubmedAnswer } from './stand-in-pubmed.ts';
import type { StandInPaper } from './stand-in-services.ts';
import { zoteroAnswer } from './stand-in-zotero.ts';

export interface LiteratureAnswer {
  readonly body: string;
  readonly type: string;
  readonly etag?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Names of sources, each of which is asked under its name. */
export const LITERATURE = ['pubmed', 'feed', 'zotero'] as const;

/** Undefined for an address that is none of theirs. */
export function literatureAnswer(url: URL, papers: readonly StandInPaper[]): LiteratureAnswer | undefined {
  const [, name, ...path] = url.pathname.split('/');
  const rest = { path: path.join('/'), parameters: url.searchParams, papers };
  if (name === 'pubmed') return pubmedAnswer(rest);
  if (name === 'zotero') return zoteroAnswer(rest);
  return name === 'feed' ? feedAnswer(rest) : undefined;
}
