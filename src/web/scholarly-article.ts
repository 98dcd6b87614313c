/** A paper as schema.org's ScholarlyArticle, for programs that read JSON-LD. What is not known is left out. */
import type { Paper } from '../paper/paper.ts';
import { isWeb } from './paper-pieces.tsx';

export function scholarlyArticle(paper: Paper): Readonly<Record<string, unknown>> {
  const { title, authors, published, updated, abstract, venue, doi, url, categories } = paper;
  const same = [doi === undefined ? undefined : `https://doi.org/${encodeURI(doi)}`, url].filter(
    (address) => address !== undefined && isWeb(address),
  );
  return {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    headline: title,
    name: title,
    author: authors.map((name) => ({ '@type': 'Person', name })),
    identifier: doi === undefined ? paper.id : { '@type': 'PropertyValue', propertyID: 'doi', value: doi },
    ...(published !== undefined && { datePublished: published }),
    ...(updated !== undefined && { dateModified: updated }),
    ...(abstract !== '' && { abstract }),
    ...(venue !== undefined && { isPartOf: { '@type': 'Periodical', name: venue } }),
    ...(same.length > 0 && { sameAs: same }),
    ...(categories.length > 0 && { about: categories }),
  };
}
