/** Atom 1.0 (RFC 4287), for feeds and for whatever else answers in Atom. */
import type { Feed, FeedEntry, FeedLink } from './feed.ts';
import { element, textElement, toXml, type XmlElement } from './xml.ts';

const ATOM = 'http://www.w3.org/2005/Atom';

/** The namespaces of the extensions are declared at the root. */
export function toAtom(feed: Feed): string {
  const { id, title, subtitle, updated, links, author, namespaces = {}, extensions = [], entries } = feed;
  const declared = Object.entries(namespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]);
  return toXml(
    element('feed', { xmlns: ATOM, ...Object.fromEntries(declared) }, [
      textElement('id', id),
      textElement('title', title),
      ...(subtitle === undefined ? [] : [textElement('subtitle', subtitle)]),
      textElement('updated', updated),
      ...links.map(linkElement),
      person(author),
      ...extensions,
      ...entries.map(entryElement),
    ]),
  );
}

function entryElement(entry: FeedEntry): XmlElement {
  const { id, title, links, updated, published, summary, authors, categories, extensions = [] } = entry;
  return element('entry', {}, [
    textElement('id', id),
    textElement('title', title),
    textElement('updated', updated),
    ...links.map(linkElement),
    ...(summary === '' ? [] : [textElement('summary', summary)]),
    ...categories.map((category) => element('category', { ...category })),
    ...(published === undefined ? [] : [textElement('published', published)]),
    ...extensions,
    ...authors.map(person),
  ]);
}

function linkElement(link: FeedLink): XmlElement {
  return element('link', { ...link });
}

function person(name: string): XmlElement {
  return element('author', {}, [textElement('name', name)]);
}
