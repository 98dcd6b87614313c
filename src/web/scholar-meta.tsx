/**
 * What a page says of its paper to programs: the `citation_*` tags that reference managers read (the form that Google
 * Scholar documents), and JSON-LD by schema.org. JSON in a script element ends where `</` stands, so `<` is escaped.
 */
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
