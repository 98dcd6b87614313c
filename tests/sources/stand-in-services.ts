/**
 * arXiv and Hugging Face on this machine, with papers of our own: the query API, OAI-PMH with pages and tokens, the
 * daily papers; the catalogues have a file of their own. They misbehave as they are told. A colleague's service is a
 * handler more.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { CATALOGUES, catalogueAnswer } from './stand-in-catalogues.ts';
import { dailyList } from './stand-in-daily.ts';
import { LITERATURE, literatureAnswer } from './stand-in-literature.ts';
import { escaped } from './stand-in-xml.ts';

export interface StandInPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Days of the versions, the first one first. */
  readonly versions: readonly string[];
  /** Day on which the record changed. */
  readonly stamp: string;
  readonly isDeleted?: boolean;
}

/** What goes wrong with one request; each is used once, in their order. */
export type Trouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is cut after so many bytes. */
  | { readonly cutAfter: number }
  /** The body ends after so many bytes as if that were all. */
  | { readonly endAfter: number }
  /** Headers, and then nothing. */
  | { readonly silentMs: number }
  /** Another body, of any bytes. */
  | { readonly replace: Buffer | string; readonly type?: string }
  /** Somewhere else on this server. */
  | { readonly redirect: string }
  | { readonly isFine: true };

export interface StandIn {
  readonly url: string;
  /** Path and query of every request. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
  /** What was sent with every request that was a POST. */
  readonly sent: string[];
  readonly trouble: (...troubles: Trouble[]) => void;
  /** `NAME=URL` of every source, for the setting. */
  readonly sourceUrls: string;
  readonly close: () => Promise<void>;
}

export interface StandInOptions {
  readonly papers: readonly StandInPaper[];
  readonly pageSize?: number;
  /** Tokens and cursors that are refused, by how many papers were given out before. */
  readonly expiredTokens?: ReadonlySet<number>;
  /** How long each answer takes. */
  readonly delayMs?: number;
  /** What the service says the time is. */
  readonly responseDate?: string;
}

export async function startServices(options: StandInOptions): Promise<StandIn> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const sent: string[] = [];
  const troubles: Trouble[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    headers.push(request.headers);
    void answer(request, response, { options, sent, trouble: troubles.shift() }).catch(() =>
      response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    headers,
    sent,
    trouble: (...list) => void troubles.push(...list),
    sourceUrls: `arxiv=${url}/api/query,arxiv-oai=${url}/oai,hf-daily=${url}/api/daily_papers,${[...CATALOGUES, ...LITERATURE].map((name) => `${name}=${url}/${name}`)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Papers that differ in everything a test may look at. */
export function madePapers(count: number, more: Partial<StandInPaper> = {}): StandInPaper[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${2401 + (Math.floor(at / 50_000) % 12)}.${String(at % 50_000).padStart(5, '0')}`,
    title: `Paper ${at} on the theory of <things> & numbers`,
    abstract: `We study thing ${at} with é and prove that it is ${at * 7}.`,
    authors: [`Ada Author${at}`, 'Björn Müller'],
    categories: ['cs.CL', 'math.CO'],
    versions: ['2024-01-02', '2024-05-06'],
    stamp: `2026-11-${String(1 + Math.floor((at * 20) / count)).padStart(2, '0')}`,
    ...more,
  }));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  {
    options,
    sent,
    trouble,
  }: { readonly options: StandInOptions; readonly sent: string[]; readonly trouble: Trouble | undefined },
): Promise<void> {
  if (request.method === 'POST') sent.push(await text(request));
  if (trouble && 'status' in trouble) {
    response.writeHead(trouble.status, trouble.headers).end(trouble.body);
    return;
  }
  if (trouble && 'redirect' in trouble) {
    response.writeHead(302, { location: trouble.redirect }).end();
    return;
  }
  if (options.delayMs !== undefined) await sleep(options.delayMs);
  const url = new URL(request.url ?? '', 'http://x');
  const found: Body =
    catalogueAnswer(url, options, sent.at(-1)) ??
    literatureAnswer(url, options.papers) ??
    bodyFor(url, options);
  const { body, type, etag, status = 200, headers: more = {} } = found;
  response.statusCode = status;
  for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
  if (etag !== undefined && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('content-type', type);
  if (etag !== undefined) response.setHeader('etag', etag);
  await send(response, { body: Buffer.from(body), trouble, isPacked: acceptsGzip(request) && !trouble });
}

async function send(
  response: ServerResponse,
  {
    body,
    trouble,
    isPacked,
  }: { readonly body: Buffer; readonly trouble: Trouble | undefined; readonly isPacked: boolean },
): Promise<void> {
  if (trouble && 'silentMs' in trouble) {
    response.writeHead(200).flushHeaders();
    await sleep(trouble.silentMs);
    response.destroy();
  } else if (trouble && 'cutAfter' in trouble) {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, trouble.cutAfter), () => setTimeout(() => response.destroy(), 20));
  } else if (trouble && 'endAfter' in trouble) {
    response.end(body.subarray(0, trouble.endAfter));
  } else if (trouble && 'replace' in trouble) {
    if (trouble.type !== undefined) response.setHeader('content-type', trouble.type);
    response.end(trouble.replace);
  } else if (isPacked) {
    response.setHeader('content-encoding', 'gzip').end(gzipSync(body, { level: 1 }));
  } else {
    response.end(body);
  }
}

function acceptsGzip(request: IncomingMessage): boolean {
  return String(request.headers['accept-encoding'] ?? '').includes('gzip');
}

interface Body {
  readonly body: string;
  readonly type: string;
  readonly etag?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function bodyFor(url: URL, options: StandInOptions): Body {
  if (url.pathname === '/api/query')
    return { body: atomFeed(url, options), type: 'application/atom+xml; charset=utf-8' };
  if (url.pathname === '/oai') return { body: oaiPage(url, options), type: 'text/xml; charset=utf-8' };
  const body = dailyList(url, options.papers);
  return {
    body,
    type: 'application/json; charset=utf-8',
    etag: `"${body.length}-${body.slice(0, 40).length}"`,
  };
}

function atomFeed(url: URL, { papers }: StandInOptions): string {
  const ids = url.searchParams.get('id_list')?.split(',');
  const start = Number(url.searchParams.get('start') ?? 0);
  const size = Number(url.searchParams.get('max_results') ?? 10);
  const newestFirst = papers.toSorted((a, b) => ((a.versions[0] ?? '') < (b.versions[0] ?? '') ? 1 : -1));
  const found = ids
    ? papers.filter(({ id }) => ids.some((one) => one.replace(/v\d+$/, '') === id))
    : newestFirst;
  const entries = found
    .slice(start, start + size)
    .map(atomEntry)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<title>made for a test</title><opensearch:totalResults>${found.length}</opensearch:totalResults>
<opensearch:startIndex>${start}</opensearch:startIndex>${entries}</feed>`;
}

function atomEntry({ id, title, abstract, authors, categories, versions }: StandInPaper): string {
  return `<entry><id>http://arxiv.org/abs/${id}v${versions.length}</id><title>${escaped(title)}</title>
<updated>${versions.at(-1)}T10:00:00Z</updated><published>${versions[0]}T10:00:00Z</published>
<summary>${escaped(abstract)}</summary>${authors.map((name) => `<author><name>${escaped(name)}</name></author>`).join('')}
<arxiv:comment>3 pages</arxiv:comment><arxiv:primary_category term="${categories[0]}"/>
${categories.map((term) => `<category term="${term}"/>`).join('')}
<link href="https://arxiv.org/pdf/${id}" rel="related" type="application/pdf" title="pdf"/></entry>`;
}

function oaiPage(
  url: URL,
  { papers, pageSize = 10, expiredTokens, responseDate = '2026-11-24T22:30:00Z' }: StandInOptions,
): string {
  const token = url.searchParams.get('resumptionToken');
  const [start, from, until, format] = (
    token ??
    [
      '0',
      url.searchParams.get('from') ?? '',
      url.searchParams.get('until') ?? '',
      url.searchParams.get('metadataPrefix'),
    ].join('|')
  ).split('|');
  const at = Number(start);
  const frame = (inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${responseDate}</responseDate><request verb="ListRecords">made</request>${inner}</OAI-PMH>`;
  if (token !== null && expiredTokens?.has(at)) {
    return frame('<error code="badResumptionToken">The token has expired</error>');
  }
  const found = papers.filter(({ stamp }) => stamp >= (from ?? '') && (!until || stamp <= until));
  if (found.length === 0) return frame('<error code="noRecordsMatch">Nothing</error>');
  const records = found
    .slice(at, at + pageSize)
    .map((paper) => oaiRecord(paper, format === 'arXiv'))
    .join('');
  const isLast = at + pageSize >= found.length;
  const next = isLast
    ? '<resumptionToken/>'
    : `<resumptionToken>${[at + pageSize, from, until, format].join('|')}</resumptionToken>`;
  return frame(`<ListRecords>${records}${next}</ListRecords>`);
}

function oaiRecord(paper: StandInPaper, isParsed: boolean): string {
  const { id, stamp, isDeleted = false } = paper;
  const header = `<identifier>oai:arXiv.org:${id}</identifier><datestamp>${stamp}</datestamp><setSpec>cs</setSpec>`;
  if (isDeleted) return `<record><header status="deleted">${header}</header></record>`;
  return `<record><header>${header}</header><metadata>${isParsed ? parsedRecord(paper) : rawRecord(paper)}</metadata></record>`;
}

function rawRecord({ id, title, abstract, authors, categories, versions }: StandInPaper): string {
  // Out of order, as it happens.
  const dated = versions.map(
    (day, at) =>
      `<version version="v${at + 1}"><date>${new Date(day).toUTCString()}</date><size>9kb</size></version>`,
  );
  return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id><submitter>S</submitter>${dated.toReversed().join('')}
<title>${escaped(title)}</title><authors>${escaped(authors.join(', '))}</authors><categories>${categories.join(' ')}</categories>
<comments>3 pages</comments><license>http://creativecommons.org/licenses/by/4.0/</license><abstract>  ${escaped(abstract)}
</abstract></arXivRaw>`;
}

function parsedRecord({ id, title, abstract, authors, categories, versions }: StandInPaper): string {
  const people = authors.map((name) => {
    const [first = '', last = ''] = name.split(' ');
    return `<author><keyname>${escaped(last)}</keyname><forenames>${escaped(first)}</forenames></author>`;
  });
  return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${id}</id><created>${versions[0]}</created><updated>${versions.at(-1)}</updated>
<authors>${people.join('')}</authors><title>${escaped(title)}</title><categories>${categories.join(' ')}</categories>
<abstract>${escaped(abstract)}</abstract></arXiv>`;
}
