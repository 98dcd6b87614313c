/**
 * The answers of arXiv's query API: an Atom feed with the fields of OpenSearch and some of its own.
 * Source: https://info.arxiv.org/help/api/user-manual.html
 */
import { AppError } from '../fault/app-error.ts';
import type { PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { PaperId } from '../paper/paper.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { attribute, child, children, readXml, textOf, type XmlNode } from './read-xml.ts';

export interface ArxivEntry {
  readonly raw: RawPaper;
  /** Undefined for an entry whose id is none of arXiv's. */
  readonly id: PaperId | undefined;
  /** The moment of the first version, as the feed writes it: `2017-06-12T17:57:34Z`. */
  readonly published: string;
}

export interface ArxivFeed {
  /** How many the question finds, whatever was the limit. */
  readonly total: number;
  readonly entries: readonly ArxivEntry[];
  readonly isDamaged: boolean;
}

const ERROR_ID = /arxiv\.org\/api\/errors/;

/** Throws SOURCE_FAILED with arXiv's own words where the feed is an error, and as `readXml` does. */
export function readArxivFeed(answer: PoliteAnswer): ArxivFeed {
  const feed = child(readXml(answer), 'feed');
  if (feed === undefined) throw new TransientFault(`${answer.address} does not answer with a feed`);
  const entries = children(feed, 'entry');
  const error = entries.find((entry) => ERROR_ID.test(textOf(entry, 'id') ?? ''));
  if (error) {
    throw new AppError('SOURCE_FAILED', {
      message: `arXiv refuses the question: ${textOf(error, 'summary') ?? 'no reason given'}`,
    });
  }
  const total = Number(textOf(feed, 'totalResults') ?? entries.length);
  return { total, entries: entries.map(asEntry), isDamaged: answer.text().isDamaged };
}

function asEntry(entry: XmlNode): ArxivEntry {
  const address = textOf(entry, 'id') ?? '';
  const named = parseIdentifier(address);
  const published = textOf(entry, 'published') ?? '';
  const raw = {
    id: address,
    title: textOf(entry, 'title'),
    summary: textOf(entry, 'summary'),
    authors: children(entry, 'author').map((author) => ({ name: textOf(author, 'name') })),
    categories: categoriesOf(entry),
    published,
    updated: textOf(entry, 'updated'),
    venue: 'arXiv',
    url: named && `https://arxiv.org/abs/${named.id}`,
    doi: textOf(entry, 'doi'),
    comment: textOf(entry, 'comment'),
    journalRef: textOf(entry, 'journal_ref'),
  };
  return { raw, id: named?.id, published };
}

/** The primary one first. */
function categoriesOf(entry: XmlNode): string[] {
  const primary = attribute(child(entry, 'primary_category'), 'term');
  const all = children(entry, 'category').map((category) => attribute(category, 'term'));
  return [...new Set([primary, ...all])].filter((term) => term !== undefined);
}
