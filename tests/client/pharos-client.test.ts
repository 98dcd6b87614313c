import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { PharosProblem } from '../../src/client/pharos-problem.ts';
import type { RelatedInput, SearchInput } from '../../src/client/requests.ts';
import { ANSWER, PAPERS, startTestServer } from '../api/test-server.ts';

const EVERYTHING: Required<Omit<SearchInput, 'offset'>> = {
  q: 'a question',
  mode: 'semantic',
  limit: 3,
  from: '2017',
  to: '2018-06',
  category: ['cs.CL', 'q-bio'],
  author: ['"A. V."'],
  venue: ['NeurIPS, the venue'],
  has: ['doi'],
  source: ['arxiv', 'acl'],
  diversity: 0.5,
  passage: 'semantic',
  explain: true,
  sort: 'fresh',
  cursor: 'AAAA',
  fold: false,
  facets: ['year', 'author'],
  facetLimit: 5,
};
/** How an answer is written is the client's business, not that of whoever asks. */
const OF_THE_CLIENT = ['format', 'fields'];

async function problemOf(promise: Promise<unknown>): Promise<PharosProblem> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PharosProblem);
  return error as PharosProblem;
}

/** A server that is no Pharos. */
async function startOther(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('PharosClient', () => {
  it('gives questions and answers as they are', async () => {
    const { url, searcher } = await startTestServer();
    const client = new PharosClient({ url });
    expect(await client.search(EVERYTHING)).toEqual(ANSWER);
    const { category, author, venue, source, ...others } = EVERYTHING;
    const { q, from, to, has, ...same } = others;
    const filter = { from, to, categories: category, authors: author, venues: venue, has, sources: source };
    expect(searcher.searches).toEqual([{ query: q, ...same, filter }]);
  });

  it('asks for related work by papers and texts', async () => {
    const { url, searcher } = await startTestServer();
    const input: RelatedInput = {
      text: 'an abstract',
      positive: ['1706.03762', { text: 'near' }],
      negative: [{ text: 'far' }],
      limit: 2,
    };
    expect(await new PharosClient({ url }).related(input)).toEqual(ANSWER);
    expect(searcher.relations).toMatchObject([
      { positive: ['1706.03762'], positiveTexts: ['an abstract', 'near'], negativeTexts: ['far'], limit: 2 },
    ]);
  });

  it('knows every parameter that the server takes', async () => {
    const { ask } = await startTestServer();
    const { addresses } = (await (await ask('/api/v1')).json()) as {
      addresses: { method: string; address: string; parameters: string[] }[];
    };
    const wanted = addresses.find(({ method, address }) => `${method} ${address}` === 'POST /api/v1/search');
    const known = [...Object.keys(EVERYTHING), 'offset', ...OF_THE_CLIENT];
    expect(wanted?.parameters.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('gets papers by ids with slashes, addresses and DOIs, and nothing where there is none', async () => {
    const client = new PharosClient({ url: (await startTestServer()).url });
    for (const id of [
      'hep-th/9711200',
      '10.1023/A:1026654312961',
      'https://arxiv.org/abs/hep-th/9711200v2',
    ]) {
      expect(await client.get(id)).toEqual(PAPERS[1]);
    }
    expect(await client.get('1810.04805')).toBeUndefined();
    expect(await client.get('no such/paper?x=1#y')).toBeUndefined();
  });

  it('suggests, cites and tells the status', async () => {
    const client = new PharosClient({ url: (await startTestServer()).url });
    expect((await client.suggest({ q: 'vasw & co', limit: 3 })).query).toBe('vasw & co');
    expect(await client.cite({ ids: ['1706.03762'], format: 'ris' })).toContain('TI  - Attention Is All');
    expect(await client.status()).toEqual({
      ...{ papers: 3, embedded: 2, generation: 7, bytes: 0, ready: true },
      ...{ model: 'hashing', dimensions: 8, fingerprint: 'f', work: [] },
      health: { ok: false, notes: [expect.stringContaining('not embedded yet')] },
    });
  });

  it('follows the cursors to the end', async () => {
    const { url, searcher } = await startTestServer();
    const pages = ['AAAA', 'BBBB', null].map((next) => ({ ...ANSWER, next }));
    searcher.answer = async () => pages.shift() ?? ANSWER;
    const hits = [];
    for await (const hit of new PharosClient({ url }).searchAll({ q: 'x', limit: 1, offset: 4 }))
      hits.push(hit);
    expect(hits).toHaveLength(3);
    expect(searcher.searches.map(({ cursor, offset }) => cursor ?? offset)).toEqual([4, 'AAAA', 'BBBB']);
  });

  it('keeps the path of the address, and sends key and headers', async () => {
    const seen: unknown[] = [];
    const url = await startOther(({ url: path, headers }, response) => {
      seen.push([path, headers.authorization, headers['x-tool']]);
      response.end('{}');
    });
    for (const base of [`${url}/pharos`, `${url}/pharos/`]) {
      await new PharosClient({ url: base, key: 'secret', headers: { 'X-Tool': 'test' } }).status();
    }
    expect(seen).toEqual(Array(2).fill(['/pharos/api/v1/status', 'Bearer secret', 'test']));
  });
});

describe('PharosProblem', () => {
  it('is what the server says', async () => {
    const client = new PharosClient({ url: (await startTestServer()).url });
    const problem = await problemOf(client.search({ q: 'x', limit: 500, from: 'once' }));
    expect(problem).toMatchObject({
      ...{ name: 'PharosProblem', code: 'INPUT_INVALID', status: 400 },
      title: 'Something in the input is not valid',
      remedy: 'Correct the values listed.',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      retryAfterSeconds: undefined,
    });
    expect(problem.issues.map(({ pointer }) => pointer).sort()).toEqual(['/from', '/limit']);
    expect(problem.message).toContain('at most 100');
    expect(await problemOf(client.related({ positive: ['1810.04805'] }))).toMatchObject({
      ...{ code: 'PAPER_NOT_FOUND', status: 404 },
      issues: [{ pointer: '/positive/0' }],
    });
  });

  it('says when to ask again', async () => {
    const readiness = { ready: false, reason: 'The model is loading.' };
    const { url } = await startTestServer({ readiness });
    Object.assign(readiness, { ready: false });
    const problem = await problemOf(new PharosClient({ url }).search({ q: 'x' }));
    expect(problem).toMatchObject({ code: 'SERVER_NOT_READY', message: 'The model is loading.' });
    expect(problem.retryAfterSeconds).toBeGreaterThan(0);
  });

  it('tells an address where nobody answers from one where somebody else does', async () => {
    const gone = new PharosClient({ url: 'http://127.0.0.1:1' });
    expect(await problemOf(gone.status())).toMatchObject({ code: 'UNREACHABLE', status: undefined });
    const page = await startOther((_request, response) => {
      response.writeHead(502, { 'Retry-After': '7' }).end('<h1>Bad\n gateway</h1>');
    });
    const problem = await problemOf(new PharosClient({ url: page }).search({ q: 'x' }));
    expect(problem).toMatchObject({ code: 'ANSWER_UNREADABLE', status: 502, retryAfterSeconds: 7 });
    expect(problem.message).toContain('<h1>Bad gateway</h1>');
    const hello = await startOther((_request, response) => void response.end('hello'));
    expect(await problemOf(new PharosClient({ url: hello }).get('x'))).toMatchObject({ status: 200 });
    const list = await startOther((_request, response) => void response.writeHead(404).end('[null]'));
    expect(await problemOf(new PharosClient({ url: list }).get('x'))).toMatchObject({ status: 404 });
    expect(() => new PharosClient({ url: 'not an address' })).toThrow(TypeError);
  });

  it('comes when the time is up, before the answer and within it', async () => {
    const silent = await startOther(() => undefined);
    const half = await startOther((_request, response) => void response.write('{'));
    for (const url of [silent, half]) {
      const problem = await problemOf(new PharosClient({ url, timeoutMs: 50 }).status());
      expect(problem).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('50 ms') });
    }
  });

  it('does not come where the caller gave up: that rejects with the reason, and the server stops', async () => {
    const { url, searcher } = await startTestServer();
    const stopped = new Promise<void>((resolve) => {
      searcher.answer = (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            resolve();
            reject(signal.reason);
          });
        });
    });
    const aborting = new AbortController();
    const answer = new PharosClient({ url }).search({ q: 'x' }, { signal: aborting.signal });
    setTimeout(() => aborting.abort('enough'), 50);
    await expect(answer).rejects.toBe('enough');
    await stopped;
  });
});
