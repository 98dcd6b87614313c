/**
 * A work of OpenAlex as a record. Abstracts come as an index, for each word the places where it stands; the text is
 * put together again. Source: https://developers.openalex.org/api-reference/works
 */
import { journalReference } from '../ingest/named-ids.ts';
import { plainText } from '../ingest/plain-text.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { type JsonNode, listOf, nodeOf, textOf } from './json-answer.ts';
import { namesOf, pageOf, venueOf } from './paper-names.ts';

/** What is asked for of each work: whole ones list all that they cite. */
export const OPENALEX_FIELDS =
  'id,doi,ids,title,authorships,abstract_inverted_index,publication_date,publication_year,language,' +
  'primary_location,locations,primary_topic,keywords,biblio';

const WORK = /\/?(W\d+)$/i;

export function openalexWork(value: unknown): RawPaper {
  const work = nodeOf(value);
  const location = nodeOf(work.primary_location);
  const own = WORK.exec(textOf(work.id) ?? '')?.[1]?.toUpperCase();
  const names = namesOf({
    arxiv: arxivIdOf(work),
    doi: work.doi,
    pubmed: /(\d+)\/?$/.exec(textOf(nodeOf(work.ids).pmid) ?? '')?.[1],
    own: own && `openalex:${own}`,
  });
  const venue = textOf(nodeOf(location.source).display_name);
  return {
    ...names,
    title: plainText(textOf(work.title)),
    abstract: plainText(textFromIndex(work.abstract_inverted_index)),
    authors: listOf(work.authorships).map(authorName),
    published: work.publication_date ?? work.publication_year,
    categories: [textOf(nodeOf(nodeOf(work.primary_topic).field).display_name)].filter(Boolean),
    keywords: listOf(work.keywords).map((keyword) => nodeOf(keyword).display_name),
    language: work.language,
    license: location.license,
    venue: venueOf(venue),
    journalRef: placeOf(nodeOf(work.biblio), venue),
    url: pageOf(names.id, textOf(location.landing_page_url) ?? work.id),
  };
}

/**
 * The text of `{ "word": [places] }`; undefined where there is none. Places need not be without gaps, and one that is
 * no place counts for nothing.
 */
export function textFromIndex(index: unknown): string | undefined {
  const words: (readonly [number, string])[] = [];
  for (const [word, places] of Object.entries(nodeOf(index))) {
    for (const place of listOf(places)) {
      if (typeof place === 'number' && Number.isSafeInteger(place)) words.push([place, word]);
    }
  }
  const text = words.sort(([one], [other]) => one - other).map(([, word]) => word);
  return text.length === 0 ? undefined : text.join(' ');
}

/** One of its places on the web is at arXiv. */
function arxivIdOf(work: JsonNode): string | undefined {
  for (const location of [work.primary_location, ...listOf(work.locations)]) {
    const named = parseIdentifier(textOf(nodeOf(location).landing_page_url) ?? '');
    if (named?.kind === 'arxiv') return named.id;
  }
  return undefined;
}

function authorName(authorship: unknown): string | undefined {
  const { author, raw_author_name: written } = nodeOf(authorship);
  return textOf(nodeOf(author).display_name) ?? textOf(written);
}

function placeOf(biblio: JsonNode, journal: string | undefined): string | undefined {
  const [first, last] = [textOf(biblio.first_page), textOf(biblio.last_page)];
  return journalReference({
    journal,
    volume: textOf(biblio.volume),
    issue: textOf(biblio.issue),
    pages: first && last && first !== last ? `${first}-${last}` : first,
  });
}
