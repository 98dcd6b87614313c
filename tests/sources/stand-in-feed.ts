/** Feeds in the stand-in: `.atom` in pages of ten, `.rdf` as RSS 1.0, and everything else as RSS 2.0 of arXiv. */
import type { LiteratureQuestion } from './stand-in-pubmed.ts';
import type { StandInPaper } from './stand-in-services.ts';
import { escaped } from './stand-in-xml.ts';

const PAGE = 10;

export interface FeedAnswer {
  readonly body: string;
  readonly type: string;
  readonly etag: string;
}

export function feedAnswer({ path, parameters, papers }: LiteratureQuestion): FeedAnswer {
  const [host] = path.split('/');
  if (path.endsWith('.atom'))
    return asAnswer(atom(path, Number(parameters.get('page') ?? 0), papers), 'atom');
  if (path.endsWith('.rdf')) return asAnswer(rdf(papers), 'rdf');
  return asAnswer(rss(host ?? '', papers), 'rss');
}

function asAnswer(body: string, kind: string): FeedAnswer {
  return { body, type: `application/${kind}+xml; charset=utf-8`, etag: `"${kind}-${body.length}"` };
}

function atom(path: string, page: number, papers: readonly StandInPaper[]): string {
  const hasMore = (page + 1) * PAGE < papers.length;
  const next = hasMore ? `<link rel="next" href="https://${path}?page=${page + 1}"/>` : '';
  const entries = papers
    .toReversed()
    .slice(page * PAGE, (page + 1) * PAGE)
    .map(atomEntry);
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Things</title>
<link rel="self" href="https://${path}"/>${next}${entries.join('')}</feed>`;
}

function atomEntry({ id, title, abstract, authors, versions, stamp }: StandInPaper): string {
  return `<entry><title type="html">${escaped(escaped(title))}</title><link rel="alternate" href="https://arxiv.org/abs/${id}"/>
<link rel="enclosure" href="https://example.org/${id}.pdf"/><id>tag:example.org,2026:${id}</id>
<published>${versions[0]}T10:00:00Z</published><updated>${stamp}T10:00:00+02:00</updated>
${authors.map((name) => `<author><name>${escaped(name)}</name></author>`).join('')}
<category term="cs.CL"/><summary type="html">${escaped(`<p>${escaped(abstract)}</p>`)}</summary></entry>`;
}

function rss(host: string, papers: readonly StandInPaper[]): string {
  const items = papers.map(
    ({
      id,
      title,
      abstract,
      authors,
      versions,
    }) => `<item><title>${escaped(title)}</title><link>https://arxiv.org/abs/${id}</link>
<description>arXiv:${id}v1 Announce Type: ${versions.length > 1 ? 'replace' : 'new'}
Abstract: ${escaped(abstract)}</description><guid isPermaLink="false">oai:arXiv.org:${id}v1</guid><category>cs.CL</category>
<pubDate>Mon, 20 Jul 2026 00:00:00 -0400</pubDate><dc:creator>${escaped(authors.join(', '))}</dc:creator></item>`,
  );
  return `<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>
<title>Updates of ${host}</title><atom:link href="https://${host}/rss" rel="self"/><link>https://${host}</link>${items.join('')}</channel></rss>`;
}

function rdf(papers: readonly StandInPaper[]): string {
  const items = papers.map(
    ({
      id,
      title,
      abstract,
      authors,
    }) => `<item rdf:about="https://example.org/${id}"><title><![CDATA[${title}]]></title>
<link>https://example.org/${id}</link><content:encoded><![CDATA[<p>${escaped(abstract)}<br/><img src="x"/></p>]]></content:encoded>
${authors.map((name) => `<dc:creator>${escaped(name)}</dc:creator>`).join('')}<dc:date>2026-11-20</dc:date><dc:identifier>doi:10.1000/${id}</dc:identifier>
<prism:publicationName>Things</prism:publicationName><prism:volume>7</prism:volume><prism:number>2</prism:number><prism:startingPage>11</prism:startingPage>
<dc:subject>trees</dc:subject></item>`,
  );
  return `<?xml version="1.0"?><rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:content="c" xmlns:dc="d" xmlns:prism="p"><channel><title>Things</title></channel>${items.join('')}</rdf:RDF>`;
}
