/**
 * RSS 0.9x, 1.0 and 2.0 and Atom 1.0 as a list of entries, and where the feed goes on (RFC 5005). Which of them it is
 * only its outermost element tells.
 */
import type { PoliteAnswer, Validators } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { attribute, child, children, readXml, type XmlNode } from './read-xml.ts';

export interface FeedDocument {
  readonly entries: readonly XmlNode[];
  /** Address of the older entries, where they are on another page. */
  readonly next: string | undefined;
  readonly validators: Validators;
  readonly isDamaged: boolean;
  readonly isUnchanged: boolean;
}

/** Throws as `readXml` does, and a TransientFault for XML that is no feed. */
export function readFeed(answer: PoliteAnswer): FeedDocument {
  const { status, validators, address } = answer;
  if (status === 304)
    return { entries: [], next: undefined, validators, isDamaged: false, isUnchanged: true };
  const document = readXml(answer);
  const shape = shapeOf(document);
  if (shape === undefined) throw new TransientFault(`${address} does not answer with a feed`);
  const next = children(shape.head, 'link').find((link) => attribute(link, 'rel') === 'next');
  return {
    entries: shape.entries,
    next: attribute(next, 'href'),
    validators,
    isDamaged: answer.text().isDamaged,
    isUnchanged: false,
  };
}

/** What the feed says of itself, and its entries. */
function shapeOf(
  document: XmlNode,
): { readonly head: XmlNode; readonly entries: readonly XmlNode[] } | undefined {
  const atom = child(document, 'feed');
  if (atom) return { head: atom, entries: children(atom, 'entry') };
  const rss = child(child(document, 'rss'), 'channel');
  if (rss) return { head: rss, entries: children(rss, 'item') };
  const rdf = child(document, 'RDF');
  const head = child(rdf, 'channel');
  // In RSS 1.0 the entries stand beside the channel.
  return head && { head, entries: children(rdf, 'item') };
}
