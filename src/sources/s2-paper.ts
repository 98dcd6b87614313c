/** A paper of Semantic Scholar as a record. Source: the field tables of https://api.semanticscholar.org/api-docs/ */
import { journalReference } from '../ingest/named-ids.ts';
import { plainText } from '../ingest/plain-text.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { listOf, nodeOf, textOf } from './json-answer.ts';
import { namesOf, pageOf, venueOf } from './paper-names.ts';

/** What is asked for: without it come ids and titles alone. */
export const S2_FIELDS =
  'externalIds,url,title,abstract,authors,year,publicationDate,venue,journal,fieldsOfStudy';

export function s2Paper(value: unknown): RawPaper {
  const paper = nodeOf(value);
  const { ArXiv: arxiv, DOI: doi, ACL: acl, PubMed: pubmed } = nodeOf(paper.externalIds);
  const own = textOf(paper.paperId);
  const names = namesOf({ arxiv, doi, acl, pubmed, own: own && `s2:${own}` });
  const journal = nodeOf(paper.journal);
  return {
    ...names,
    title: plainText(textOf(paper.title)),
    abstract: paper.abstract,
    authors: paper.authors,
    published: paper.publicationDate ?? paper.year,
    categories: listOf(paper.fieldsOfStudy),
    venue: venueOf(textOf(paper.venue) ?? journal.name),
    journalRef: journalReference({
      journal: textOf(journal.name),
      volume: textOf(journal.volume),
      pages: textOf(journal.pages),
    }),
    url: pageOf(names.id, paper.url),
  };
}
