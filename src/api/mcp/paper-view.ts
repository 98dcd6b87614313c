/** A paper as an agent reads it: short in a list, whole by itself, and the address that people cite it by. */

import type { Paper } from '../../paper/paper.ts';
import { encodedId, publicAddress } from '../../paper/paper-address.ts';
import type { SearchAnswer } from '../../search/answer.ts';
import { QUOTED_NOTICE, quoted, seen } from './quoted.ts';

/** Widths as `seen` counts them. With these, five hits stay under 1,000 tokens; a test counts them. */
const MAX_TITLE_WIDTH = 200;
const MAX_NAME_WIDTH = 60;
const MAX_PASSAGE_WIDTH = 240;
const MAX_LISTED_AUTHORS = 2;

/** One page of hits. Whatever a paper does not have is left out. */
export function listView({ hits, total, notes, didYouMean, next }: SearchAnswer) {
  return {
    notice: QUOTED_NOTICE,
    total,
    hits: hits.map(({ paper, match, confidence }) => ({
      ...shortView(paper),
      confidence: Math.round(confidence * 100) / 100,
      ...(match.passage && { passage: quoted(match.passage.text, MAX_PASSAGE_WIDTH) }),
    })),
    ...(notes.length > 0 && { notes: notes.map(({ message }) => message) }),
    ...(didYouMean && { didYouMean }),
    ...(next !== null && { next }),
  };
}

/** Everything that is known of a paper, its abstract in full. */
export function wholeView(paper: Paper) {
  const { abstract, authors, comment, title, ...others } = paper;
  return {
    notice: QUOTED_NOTICE,
    ...cleaned(others),
    url: addressOf(paper),
    title: seen(title),
    authors: authors.map((author) => seen(author)),
    ...(comment !== undefined && { comment: quoted(comment) }),
    abstract: abstract === '' ? null : quoted(abstract),
  };
}

/** Where people read it; its `paper://` address where no other is known. */
export function addressOf(paper: Pick<Paper, 'id' | 'doi' | 'url'>): string {
  return publicAddress(paper) ?? resourceAddress(paper.id);
}

/** Colons stay as well as slashes, so that it reads as ids are written. */
export function resourceAddress(id: string): string {
  return `paper://${encodedId(id).replaceAll('%3A', ':')}`;
}

function shortView(paper: Paper) {
  const { id, title, published, venue, categories } = paper;
  const [category] = categories;
  return {
    id,
    title: seen(title, MAX_TITLE_WIDTH),
    authors: byline(paper),
    ...(published !== undefined && { published }),
    ...(venue !== undefined && { venue: seen(venue, MAX_NAME_WIDTH) }),
    ...(category !== undefined && { category }),
  };
}

function byline({ authors, authorCount }: Paper): string {
  const shown = authors.slice(0, MAX_LISTED_AUTHORS).map((author) => seen(author, MAX_NAME_WIDTH));
  const more = Math.max(authorCount ?? 0, authors.length) - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Nothing in it is long, and all of it came from outside. */
function cleaned(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return seen(value);
    return Array.isArray(value) ? value.map(clean) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, clean(value)]));
}
