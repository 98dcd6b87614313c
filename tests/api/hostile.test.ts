/** Requests that are made to be read in two ways, or to change what objects are. */
import { describe, expect, it } from 'vitest';
import { startTestServer } from './test-server.ts';

const HEAD = 'POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
/** What a smuggler hopes is taken for a request of its own. */
const HIDDEN = 'GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n';

const SMUGGLED: Readonly<Record<string, string>> = {
  'a length and chunks': `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunks and a length': `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'two lengths': `${HEAD}Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}${HIDDEN}`,
  'a length with a sign': `${HEAD}Content-Length: +2\r\n\r\n{}${HIDDEN}`,
  'an encoding nobody knows': `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunked twice': `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a blank before the colon': `${HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a folded header': `${HEAD}X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a bare carriage return': `${HEAD}X-A: b\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a chunk with a wrong size': `${HEAD}Transfer-Encoding: chunked\r\n\r\n2z\r\n{}\r\n0\r\n\r\n${HIDDEN}`,
};

describe('what two servers could read differently', () => {
  it.each(Object.entries(SMUGGLED))('%s is refused, with all that follows', async (_, bytes) => {
    const { raw, log } = await startTestServer({}, { requestTimeoutMs: 500 });
    const answers = (await raw(bytes)).split('HTTP/1.1 ').slice(1);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/^400 /);
    expect(log().filter(({ route }) => route === '/api/v1/status')).toEqual([]);
  });

  it('is not what a pipeline is: two honest requests get two answers', async () => {
    const { raw } = await startTestServer();
    const last = HIDDEN.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
    expect((await raw(HIDDEN + last)).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });
});

describe('names that objects have by themselves', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('%s is a name like any other', async (name) => {
    const { ask, post } = await startTestServer();
    const inBody = await post('/api/v1/search', `{"q": "a", "${name}": {"isAdmin": true, "limit": 5}}`);
    expect([inBody.status, (await inBody.json()) as object]).toMatchObject([400, { code: 'INPUT_INVALID' }]);
    expect((await ask(`/api/v1/search?q=a&${name}=5`)).status).toBe(400);
    expect((await ask(`/api/v1/search?q=a&${name}[isAdmin]=true`)).status).toBe(400);
    expect((await ask(`/api/v1/papers/${name}`)).status).toBe(404);
    expect((await ask(`/api/v1/jobs/${name}`)).status).toBe(404);
    expect('isAdmin' in {}).toBe(false);
    expect('limit' in {}).toBe(false);
  });
});
