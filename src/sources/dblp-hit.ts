/** A hit of DBLP's search as a record. Lists of one are no lists in it, and texts hold entities. */
import { journalReference } from '../ingest/named-ids.ts';
import { plainText } from '../ingest/plain-text.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { type JsonNode, listOf, nodeOf, textOf } from './json-answer.ts';
import { namesOf, pageOf, venueOf } from './paper-names.ts';

/** Persons who share a name are told apart by a number: `Wei Wang 0001`. */
const HOMONYM = / \d{4}$/;
const ARXIV_VOLUME = /^abs\/(.+)$/;

export function dblpHit(hit: unknown): RawPaper {
  const info = nodeOf(nodeOf(hit).info);
  const key = textOf(info.key);
  const volume = textOf(info.volume);
  const names = namesOf({ arxiv: arxivIdOf(info), doi: info.doi, own: key && `dblp:${key}` });
  const venue = plainText(textOf(listOf(info.venue)[0]));
  const preprint = venueOf(venue) === 'arXiv';
  return {
    ...names,
    // Titles end as sentences do.
    title: plainText(textOf(info.title))?.replace(/(?<!\.)\.$/, ''),
    authors: listOf(nodeOf(info.authors).author).map(authorName),
    published: info.year,
    venue: venueOf(venue),
    journalRef: preprint
      ? undefined
      : journalReference({
          journal: venue,
          volume,
          issue: textOf(info.number),
          pages: textOf(info.pages),
        }),
    url: pageOf(names.id, listOf(info.ee)[0] ?? info.url),
  };
}

/** The volume as a whole, with its editors. */
export function isProceedings(hit: unknown): boolean {
  return nodeOf(nodeOf(hit).info).type === 'Editorship';
}

/** Preprints are a journal to it, whose volumes are their ids. */
function arxivIdOf({ venue, volume, ee }: JsonNode): string | undefined {
  if (venueOf(listOf(venue)[0]) !== 'arXiv') return undefined;
  const [, id] = ARXIV_VOLUME.exec(textOf(volume) ?? '') ?? [];
  return id ?? textOf(listOf(ee)[0]);
}

function authorName(author: unknown): string | undefined {
  const name = typeof author === 'string' ? author : textOf(nodeOf(author).text);
  return plainText(name)?.replace(HOMONYM, '');
}
