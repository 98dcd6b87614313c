/** How much a caller may ask, and what is refused when there is too much to do. */
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/api/caller.ts';
import { householdOf, readRateLimits } from '../../src/api/rate-limit.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import type { PharosProblem } from '../../src/client/pharos-problem.ts';
import { ANSWER, startTestServer } from './test-server.ts';

const LIMITS = { search: 2, read: 3, write: 1 };
/** As the client of Hugging Face reads them. */
const LIMIT = /"(\w+)"\s*;\s*r\s*=\s*(\d+)\s*;\s*t\s*=\s*(\d+)/;
const POLICY = /q\s*=\s*(\d+).*?w\s*=\s*(\d+)/;

const key = (id: string) => ({ id, name: id, scope: 'read' as const, createdMs: 0 });

describe('an allowance', () => {
  it('is told with every answer, and refuses what goes beyond', async () => {
    const { ask } = await startTestServer({}, { rateLimits: LIMITS });
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await ask('/api/v1/search?q=a'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const left = answers.map(({ headers }) => LIMIT.exec(headers.get('ratelimit') ?? '')?.slice(1, 3));
    expect(left).toEqual([
      ['search', '1'],
      ['search', '0'],
      ['search', '0'],
    ]);
    const [, , refused] = answers;
    expect(POLICY.exec(refused?.headers.get('ratelimit-policy') ?? '')?.slice(1)).toEqual(['2', '60']);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
  });

  it('is there again after as long as Retry-After says', async () => {
    const settings = { rateLimits: { search: 0, read: 2, write: 0 }, rateWindowSeconds: 2 };
    const { ask } = await startTestServer({}, settings);
    const three = async () => {
      const answers = [];
      for (let n = 0; n < 3; n++) answers.push(await ask('/api/v1/papers/1706.03762'));
      return answers;
    };
    const answers = await three();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const headers = answers.at(-1)?.headers;
    expect(headers?.get('ratelimit-policy')).toBe('"read";q=2;w=2');
    expect(headers?.get('ratelimit')).toMatch(/^"read";r=0;t=[12]$/);
    const seconds = Number(headers?.get('retry-after'));
    expect(seconds).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    expect((await three()).map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  it('is waited for by the client, where the papers are more than it lets in', async () => {
    const settings = { rateLimits: { search: 0, read: 0, write: 1 }, rateWindowSeconds: 1 };
    const { url } = await startTestServer({}, settings);
    const told: string[] = [];
    const papers = [{ title: 'A' }, { title: 'B' }, { title: 'C' }];
    const onWait = ({ code }: PharosProblem) => void told.push(code);
    const added = [];
    for await (const one of new PharosClient({ url }).addAll(papers, { batchSize: 1, onWait }))
      added.push(one);
    expect(added).toHaveLength(3);
    expect(new Set(told)).toEqual(new Set(['RATE_LIMITED']));
  });

  it('of searching is apart from that of reading, and probes have none', async () => {
    const { ask } = await startTestServer({}, { rateLimits: LIMITS });
    for (let n = 0; n < 3; n++) await ask('/api/v1/search?q=a');
    expect((await ask('/api/v1/papers/1706.03762')).status).toBe(200);
    for (let n = 0; n < 9; n++) expect((await ask('/healthz')).status).toBe(200);
  });

  it('is that of a key where one is shown', async () => {
    const checkKey = async (text: string) => key(text);
    const { ask } = await startTestServer({ checkKey }, { rateLimits: { search: 1, read: 0, write: 0 } });
    const as = async (name: string) =>
      (await ask('/api/v1/search?q=a', { headers: { 'x-api-key': `pharos_${name}` } })).status;
    expect([await as('a'), await as('b'), await as('a')]).toEqual([200, 200, 429]);
  });

  it('is none on the loopback address unless set, and cautious elsewhere', async () => {
    const near = await startTestServer();
    expect((await near.ask('/api/v1/search?q=a')).headers.get('ratelimit-policy')).toBeNull();
    const far = await startTestServer({}, { host: '0.0.0.0', isPublic: true } as object);
    expect((await far.ask('/api/v1/search?q=a')).headers.get('ratelimit-policy')).toBe('"search";q=120;w=60');
  });

  it('is read from settings, the rest cautious', () => {
    expect(readRateLimits(['search=5', 'write=0'])).toEqual({ search: 5, read: 1_200, write: 0 });
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is that of %s', (remoteAddress, caller) => {
    const socket = { remoteAddress };
    expect(householdOf(addressOf({ socket } as Parameters<typeof addressOf>[0]))).toBe(caller);
  });
});

describe('a server that has as much to do as it can', () => {
  it('refuses searches at once, answers everything else, and takes searches again', async () => {
    const { ask, searcher } = await startTestServer({}, { maxSearches: 2 });
    const letGo: (() => void)[] = [];
    searcher.answer = () => new Promise((answered) => letGo.push(() => answered(ANSWER)));
    // As many as are let in when they come together, and some more.
    const asked = Array.from({ length: 30 }, (_, i) => ask(`/api/v1/search?q=${i}`));
    const refused = await Promise.race(asked);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ code: 'SERVER_BUSY' });
    await expect.poll(() => letGo.length).toBe(18);
    expect((await ask('/api/v1/papers/1706.03762')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
    expect(await (await ask('/metrics')).text()).toMatch(/^pharos_searches_under_way 18$/m);
    for (const go of letGo) go();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(18);
    searcher.answer = async () => ANSWER;
    expect((await ask('/api/v1/search?q=d')).status).toBe(200);
  });
});

it('counts requests by address pattern and status, and what the index holds', async () => {
  const { ask } = await startTestServer();
  await ask('/api/v1/papers/1706.03762');
  await ask('/api/v1/papers/no-such-paper');
  await ask('/no/such/place?q=secret');
  const metrics = await ask('/metrics');
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await metrics.text();
  expect(text).toContain(
    'pharos_request_seconds_count{method="GET",route="/api/v1/papers/{id}",status="200"} 1',
  );
  expect(text).toContain(
    'pharos_request_seconds_count{method="GET",route="/api/v1/papers/{id}",status="404"} 1',
  );
  expect(text).toContain('pharos_request_seconds_count{method="GET",route="none",status="404"} 1');
  expect(text).toMatch(/^pharos_papers 3$/m);
  expect(text).toMatch(/^pharos_papers_waiting 1$/m);
  expect(text).toMatch(/^pharos_index_generation 7$/m);
  expect(text).not.toMatch(/secret|1706/);
});
