/**
 * A work of Crossref as a record: CSL-JSON in most, with lists where that has texts, and markup of journals in it.
 * Source: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
 */
import { cslPaper } from '../ingest/csl.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { jatsText } from './jats-text.ts';
import { type JsonNode, listOf, nodeOf, textOf } from './json-answer.ts';
import { namesOf } from './paper-names.ts';

/** What is asked for of each work: whole ones list all that they cite. */
export const CROSSREF_FIELDS =
  'DOI,URL,title,subtitle,abstract,author,published,issued,container-title,publisher,volume,issue,page,license,' +
  'subject,relation,type';

export function crossrefWork(value: unknown): RawPaper {
  const work = nodeOf(value);
  const doi = textOf(work.DOI);
  const authors = listOf(work.author).map((author) => withLiteral(nodeOf(author)));
  const journal = jatsText(listOf(work['container-title'])[0]);
  const record = cslPaper({ ...work, 'container-title': journal, author: authors, issued: dateOf(work) });
  return {
    ...record,
    ...namesOf({ arxiv: preprintOf(work), doi, own: doi }),
    title: titleOf(work),
    abstract: jatsText(work.abstract),
    venue: journal ?? jatsText(work.publisher),
    categories: listOf(work.subject),
    license: nodeOf(listOf(work.license)[0]).URL,
    // The DOI is an address already.
    url: undefined,
    tags: undefined,
  };
}

/** Names of groups stand under `name`. */
function withLiteral(author: JsonNode): JsonNode {
  return textOf(author.name) === undefined ? author : { literal: author.name };
}

/** `published` is the earliest of the dates on paper and on the web. */
function dateOf({ published, issued }: JsonNode): unknown {
  const [first] = listOf(listOf(nodeOf(published)['date-parts'])[0]);
  return first === undefined || first === null ? issued : published;
}

function titleOf({ title, subtitle }: JsonNode): string | undefined {
  const main = jatsText(listOf(title)[0]);
  const rest = jatsText(listOf(subtitle)[0]);
  if (!main || !rest || main.toLowerCase().includes(rest.toLowerCase())) return main;
  return `${main.replace(/[\s:.]+$/, '')}: ${rest}`;
}

/** The arXiv id of the preprint that the publisher names. */
function preprintOf({ relation }: JsonNode): string | undefined {
  for (const preprint of listOf(nodeOf(relation)['has-preprint'])) {
    const named = parseIdentifier(textOf(nodeOf(preprint).id) ?? '');
    if (named?.kind === 'arxiv') return named.id;
  }
  return undefined;
}
