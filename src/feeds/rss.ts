/**
 * RSS 2.0 (https://www.rssboard.org/rss-specification), with the elements that the profile of its board advises:
 * `atom:link` for the feed's own address and `dc:creator` for people, whose e-mail addresses nobody has.
 */
import { type Feed, type FeedEntry, linkTo } from './feed.ts';
import { element, textElement, toXml, type XmlElement } from './xml.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

export function toRss({ title, subtitle, updated, links, entries }: Feed): string {
  const channel = element('channel', {}, [
    textElement('title', title),
    textElement('link', linkTo(links, 'alternate') ?? ''),
    textElement('description', subtitle ?? title),
    textElement('lastBuildDate', rfc822(updated)),
    ...links
      .filter(({ rel }) => rel === 'self' || rel === 'next')
      .map((link) => element('atom:link', { ...link })),
    ...entries.map(item),
  ]);
  return toXml(element('rss', { version: '2.0', ...NAMESPACES }, [channel]));
}

function item({ id, title, links, published, summary, authors, categories }: FeedEntry): XmlElement {
  return element('item', {}, [
    textElement('title', title),
    textElement('link', linkTo(links, 'alternate') ?? ''),
    element('guid', { isPermaLink: 'false' }, [id]),
    ...(published === undefined ? [] : [textElement('pubDate', rfc822(published))]),
    ...authors.map((name) => textElement('dc:creator', name)),
    ...categories.map(({ term }) => textElement('category', term)),
    ...(summary === '' ? [] : [textElement('description', asHtml(summary))]),
  ]);
}

/** Readers take a description for HTML, so that text has to be made some. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `Mon, 12 Jun 2017 00:00:00 GMT`: a zone that RFC 822 knows. */
function rfc822(instant: string): string {
  return new Date(instant).toUTCString();
}
