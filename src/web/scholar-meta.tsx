/** The `citation_*` tags by which reference managers know the paper of a page, in the form that Google Scholar documents. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';

export function ScholarMeta({ paper }: { readonly paper: Paper }): VNode {
  return (
    <>
      {citationTags(paper).map(([name, content], at) => (
        <meta key={`${name}${at}`} name={name} content={content} />
      ))}
    </>
  );
}

function citationTags({ title, authors, published, venue, doi, url, abstract }: Paper): [string, string][] {
  const tags: [string, string | undefined][] = [
    ['citation_title', title],
    ...authors.map((name): [string, string] => ['citation_author', name]),
    ['citation_publication_date', published?.replaceAll('-', '/')],
    ['citation_journal_title', venue],
    ['citation_doi', doi],
    ['citation_public_url', url],
    ['citation_abstract', abstract === '' ? undefined : abstract],
  ];
  return tags.filter((tag): tag is [string, string] => tag[1] !== undefined);
}
