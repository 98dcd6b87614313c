/**
 * An OpenSearch 1.1 description (draft 6): what a browser reads to add this server to its search engines, and a feed
 * reader to learn where the feeds are.
 */
import { FEED_TYPES } from './feed.ts';
import { element, textElement, toXml, type XmlElement } from './xml.ts';

const OPENSEARCH = 'http://a9.com/-/spec/opensearch/1.1/';
export const DESCRIPTION_TYPE = 'application/opensearchdescription+xml';
export const SUGGESTIONS_TYPE = 'application/x-suggestions+json';
export const DESCRIPTION_ADDRESS = '/opensearch.xml';
export const SUGGESTIONS_ADDRESS = '/opensearch/suggest';

/** `site` is where the server is reached, without a slash at its end. */
export function searchDescription(site: string): string {
  return toXml(
    element('OpenSearchDescription', { xmlns: OPENSEARCH }, [
      textElement('ShortName', 'Pharos'),
      textElement('Description', 'Research papers, found by what they say'),
      textElement('InputEncoding', 'UTF-8'),
      textElement('OutputEncoding', 'UTF-8'),
      url('text/html', `${site}/search?q={searchTerms}`),
      url(SUGGESTIONS_TYPE, `${site}${SUGGESTIONS_ADDRESS}?q={searchTerms}`, { rel: 'suggestions' }),
      ...Object.entries(FEED_TYPES).map(([form, type]) =>
        url(type, `${site}/feeds/search.${form}?q={searchTerms}`),
      ),
      url(DESCRIPTION_TYPE, `${site}${DESCRIPTION_ADDRESS}`, { rel: 'self' }),
    ]),
  );
}

function url(type: string, template: string, more: XmlElement['attributes'] = {}): XmlElement {
  return element('Url', { type, ...more, template });
}
