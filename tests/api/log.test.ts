import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/api/create-logger.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A line is written when the answer is out, which the caller may see first. */
async function lineOf({ log }: TestServer): Promise<Record<string, unknown>> {
  for (let wait = 0; wait < 100 && log().length === 0; wait += 1) await new Promise(setImmediate);
  return log().at(-1) ?? {};
}

describe('the log', () => {
  it('has one line for each request, without what was asked', async () => {
    const server = await startTestServer();
    await server.ask('/api/v1/search?q=my+secret+idea', { headers: { 'x-request-id': 'abc-1' } });
    const line = await lineOf(server);
    expect(server.log()).toHaveLength(1);
    expect(line).toMatchObject({ requestId: 'abc-1', method: 'GET', route: '/api/v1/search', status: 200 });
    expect(line.ms).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(line)).not.toContain('secret');
  });

  it('names the pattern of an address and not the paper', async () => {
    const server = await startTestServer();
    await server.ask('/api/v1/papers/hep-th/9711200/related');
    expect(await lineOf(server)).toMatchObject({ route: '/api/v1/papers/{id}/related' });
    expect(JSON.stringify(server.log())).not.toContain('9711200');
  });

  it('holds no secrets of callers, even where headers are logged one day', () => {
    const lines: string[] = [];
    const logger = createLogger({ write: (line) => void lines.push(line) });
    const headers = {
      authorization: 'Bearer hf_s3cret',
      cookie: 's3cret',
      'x-api-key': 's3cret',
      accept: 'a/b',
    };
    logger.info({ req: { headers } });
    logger.info({ headers });
    logger.info(headers);
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain('s3cret');
    expect(lines.join()).toContain('a/b');
  });

  it('says why a request was refused', async () => {
    const server = await startTestServer();
    await server.ask('/api/v1/search?q=a&limit=1000');
    expect(await lineOf(server)).toMatchObject({ level: 30, status: 400, code: 'INPUT_INVALID' });
  });

  it('has the whole of a failure of ours, and the answer nothing of it', async () => {
    const server = await startTestServer();
    server.searcher.answer = async () => {
      throw new TypeError('cannot read /home/ada/index/papers.db');
    };
    const response = await server.ask('/api/v1/search?q=a');
    expect(response.status).toBe(500);
    const answer = await response.text();
    // Three letters may well be in the id of a request, which is random.
    expect(answer).not.toContain('/ada/');
    expect(answer).not.toMatch(/\bat .+\.ts/);
    const { requestId } = JSON.parse(answer);
    await lineOf(server);
    const failure = server.log().find((line) => line.msg === 'request failed');
    expect(failure).toMatchObject({ requestId, level: 50 });
    expect(JSON.stringify(failure)).toContain('/home/ada/index/papers.db');
    expect(JSON.stringify(failure)).toContain('log.test.ts');
  });

  it('passes on what the searcher says about a question', async () => {
    const server = await startTestServer();
    server.searcher.answer = async () => {
      throw new AppError('QUERY_EMPTY', { message: 'Nothing but punctuation.' });
    };
    const response = await server.ask('/api/v1/search?q=!!');
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'QUERY_EMPTY',
      detail: 'Nothing but punctuation.',
    });
  });
});

describe('X-Request-Id', () => {
  it.each(['abc', 'A-b_c.9', 'x'.repeat(128)])('is taken over: %s', async (id) => {
    const { ask } = await startTestServer();
    const response = await ask('/nowhere', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toBe(id);
    expect(await response.json()).toMatchObject({ requestId: id });
  });

  it.each(['', 'a b', 'a\tb', 'ä', '<script>', 'x'.repeat(129), 'a,b'])('is made anew for %j', async (id) => {
    const { ask } = await startTestServer();
    const response = await ask('/nowhere', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$/,
    );
  });
});
