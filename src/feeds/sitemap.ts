/**
 * Sitemaps (https://www.sitemaps.org/protocol.html): an index of parts, and each part a stretch of docIds, so that a
 * part of millions of papers is found at once and papers that are added change only the last.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import { encodedId } from '../paper/paper-address.ts';
import { element, textElement, toXml, toXmlFragment } from './xml.ts';

/** The most that the protocol allows. */
export const ADDRESSES_A_PART = 50_000;
/** Read at a time; between two reads others have their turn. */
const READ_AT_ONCE = 500;
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export function partsOf(lastDocId: number): number {
  return Math.ceil(lastDocId / ADDRESSES_A_PART);
}

export function sitemapIndex(site: string, parts: number): string {
  const addresses = Array.from({ length: parts }, (_, at) => `${site}/sitemaps/${at + 1}.xml`);
  const entries = addresses.map((address) => element('sitemap', {}, [textElement('loc', address)]));
  return toXml(element('sitemapindex', { xmlns: NAMESPACE }, entries));
}

/** Part 1 is the first; removed papers are left out. */
export async function* sitemapPart(
  engine: Pick<EngineReader, 'papers'>,
  site: string,
  { part, lastDocId }: { readonly part: number; readonly lastDocId: number },
): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACE}">\n`;
  const last = Math.min(part * ADDRESSES_A_PART, lastDocId);
  for (let first = (part - 1) * ADDRESSES_A_PART + 1; first <= last; first += READ_AT_ONCE) {
    const count = Math.min(READ_AT_ONCE, last - first + 1);
    const papers = await engine.papers(Array.from({ length: count }, (_, at) => first + at));
    yield papers.map((paper) => (paper === undefined ? '' : pageOf(paper, site))).join('');
  }
  yield '</urlset>\n';
}

function pageOf({ id, published, updated = published }: Paper, site: string): string {
  return toXmlFragment(
    element('url', {}, [
      textElement('loc', `${site}/papers/${encodedId(id)}`),
      ...(updated === undefined ? [] : [textElement('lastmod', updated)]),
    ]),
  );
}
