/**
 * An entry of a feed as a record. Beside what RSS and Atom have themselves, journals use Dublin Core and PRISM; arXiv
 * writes a line of its own before its abstracts.
 */
import { looseDate } from '../ingest/loose-date.ts';
import { journalReference } from '../ingest/named-ids.ts';
import { plainText } from '../ingest/plain-text.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { attribute, child, children, textOf, type XmlNode } from './read-xml.ts';

const ANNOUNCEMENT = /^\s*arXiv:\S+\s+Announce Type:\s*(\S+)\s+Abstract:\s*/;
const OAI_PREFIX = /^oai:arxiv\.org:/i;
const BREAKING_TAG = /<\/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|table|section|blockquote)\b[^<>]*>/gi;
const ANY_TAG = /<\/?[a-z][a-z0-9:-]*(?:\s[^<>]*|\/)?>/gi;
/** `ada@example.org (Ada Fox)`: RSS names people by their addresses. */
const MAIL_AND_NAME = /^[^\s@]+@[^\s@]+(?:\s*\((.*)\))?$/;

export function feedPaper(entry: XmlNode): RawPaper {
  const addresses = addressesOf(entry);
  const names = [...addresses, ...namesOf(entry)].flatMap((name) => parseIdentifier(name) ?? []);
  const arxiv = names.find(({ kind }) => kind === 'arxiv');
  const text = proseOf(entry);
  const announced = ANNOUNCEMENT.exec(text)?.[1];
  const words = [...children(entry, 'category'), ...children(entry, 'subject')].flatMap(
    (word) => attribute(word, 'term') ?? flat(word) ?? [],
  );
  const journal = textOf(entry, 'publicationName');
  const day = dateOf(entry);
  return {
    id: arxiv?.id,
    title: plainText(flatAt(entry, 'title')),
    abstract: text.replace(ANNOUNCEMENT, ''),
    authors: authorsOf(entry),
    // The announcement of a new version says when that came, and nothing of the first one.
    ...(announced?.startsWith('replace') ? { updated: day } : { published: day }),
    ...(arxiv ? { categories: words } : { tags: words }),
    venue: arxiv ? 'arXiv' : journal,
    url: arxiv ? `https://arxiv.org/abs/${arxiv.id}` : addresses.find((address) => /^https?:/i.test(address)),
    doi: names.find(({ kind }) => kind === 'doi')?.id,
    journalRef: journalReference({
      journal,
      volume: textOf(entry, 'volume'),
      issue: textOf(entry, 'number'),
      pages: textOf(entry, 'startingPage'),
    }),
  };
}

/** The day on which the entry came or changed; empty where it does not tell. */
export function dayOfEntry(entry: XmlNode): string {
  const days = ['updated', 'modified', 'pubDate', 'published', 'date'].map(
    (name) => dayAt(entry, name) ?? '',
  );
  return days.sort().at(-1) ?? '';
}

/** Of the page of the paper. */
function addressesOf(entry: XmlNode): string[] {
  const links = children(entry, 'link');
  const main = links.filter((link) => ['alternate', undefined].includes(attribute(link, 'rel')));
  const all = [
    ...main.map((link) => flat(link)),
    ...main.map((link) => attribute(link, 'href')),
    attribute(entry, 'about'),
  ];
  return all.flatMap((address) => address?.trim() || []);
}

function namesOf(entry: XmlNode): string[] {
  const names = ['doi', 'identifier', 'guid', 'id'].flatMap((name) => children(entry, name).map(flat));
  return names.flatMap((name) => name?.trim().replace(OAI_PREFIX, '') || []);
}

/** What stands under the title; the whole of an article only where there is nothing shorter. */
function proseOf(entry: XmlNode): string {
  const names = ['summary', 'description', 'encoded', 'content'];
  const found = names.map((name) => withoutMarkup(flatAt(entry, name) ?? '')).find((text) => text !== '');
  return found ?? '';
}

function withoutMarkup(text: string): string {
  const bare = text.replace(BREAKING_TAG, ' ').replace(ANY_TAG, '');
  return (plainText(bare) ?? '').trim();
}

/** arXiv and others put all of them into one element. */
function authorsOf(entry: XmlNode): unknown {
  const creators = children(entry, 'creator').map((creator) => withoutMarkup(flat(creator) ?? ''));
  if (creators.length > 0) return creators.length === 1 ? creators[0] : creators;
  return children(entry, 'author').flatMap((author) => {
    const name = textOf(author, 'name') ?? flat(author) ?? '';
    const mail = MAIL_AND_NAME.exec(name.trim());
    return mail ? (mail[1] ?? []) : name;
  });
}

function dateOf(entry: XmlNode): string | undefined {
  const names = ['publicationDate', 'coverDate', 'published', 'issued', 'date', 'pubDate', 'updated'];
  return names.map((name) => dayAt(entry, name)).find((date) => date !== undefined);
}

function dayAt(entry: XmlNode, name: string): string | undefined {
  return looseDate({ date: flatAt(entry, name)?.trim() });
}

function flatAt(entry: XmlNode, name: string): string | undefined {
  const found = child(entry, name);
  return found && flat(found);
}

/** All text within, that beside elements before theirs: XHTML within XML has lost its order here. */
function flat(node: XmlNode): string | undefined {
  const inner = Object.keys(node).filter((name) => !(name.startsWith('@') || name === '#text'));
  const texts = [textOf(node, '#text'), ...inner.flatMap((name) => children(node, name).map(flat))];
  const text = texts.filter(Boolean).join(' ');
  return text === '' ? undefined : text;
}
