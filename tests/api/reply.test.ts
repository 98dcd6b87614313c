import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { accessLog } from '../../src/api/access-log.ts';
import type { ApiContext } from '../../src/api/context.ts';
import { createLogger } from '../../src/api/create-logger.ts';
import { mountRoutes } from '../../src/api/mount-routes.ts';
import { Reply } from '../../src/api/reply.ts';
import { requestId } from '../../src/api/request-id.ts';
import { nothing } from '../../src/api/request-schemas.ts';
import type { Route } from '../../src/api/route.ts';
import { problemHandler } from '../../src/api/send-problem.ts';
import { AppError } from '../../src/fault/app-error.ts';

type Answer = Route['answer'];
const AT = { address: '/there', path: '/there', summary: 'A test.', input: nothing } as const;

async function serve(routes: readonly Route[], requestTimeoutMs = 5_000) {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => void lines.push(line) });
  const app = express();
  app.use(requestId(), accessLog(logger, { withCallers: false }));
  const settings = { allowedHosts: [], bodyLimitBytes: 1_000, requestTimeoutMs };
  const nobody = async () => undefined;
  const access = { isOpen: true, isLoopback: true, check: nobody, signIns: { keyOf: nobody } };
  mountRoutes(app, routes, { settings, logger, access } as unknown as ApiContext);
  app.use(problemHandler(logger));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/there`;
  return { url, ask: (init?: RequestInit) => fetch(url, init), lines };
}

const answering = (answer: Answer, more: Partial<Route> = {}): Route => ({
  ...{ ...AT, method: 'get', answer },
  ...more,
});

it('is sent as its type and status, and as 304 to who has it already', async () => {
  const headers = { 'X-Extra': 'yes' };
  const { ask } = await serve([
    answering(
      async () => new Reply('<a/>', { type: 'application/xml; charset=utf-8', status: 203, headers }),
    ),
  ]);
  const answer = await ask();
  expect(answer.status).toBe(203);
  expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(answer.headers.get('x-extra')).toBe('yes');
  expect(await answer.text()).toBe('<a/>');
});

it('has an ETag by which an unchanged one is not sent again', async () => {
  const { ask, url } = await serve([answering(async () => new Reply('same', { type: 'text/plain' }))]);
  const tag = String((await ask()).headers.get('etag'));
  // Not by fetch, which adds `Cache-Control: no-cache` to it.
  const [answer] = await once(get(url, { headers: { 'if-none-match': tag } }), 'response');
  expect((answer as IncomingMessage).resume().statusCode).toBe(304);
});

it('may be a stream, which goes on past the deadline where the route is endless', async () => {
  async function* ticks() {
    for (const tick of ['a', 'b', 'c']) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      yield tick;
    }
  }
  const route = answering(async () => new Reply(ticks(), { type: 'text/event-stream' }), { isEndless: true });
  const { ask } = await serve([route], 50);
  expect(await (await ask()).text()).toBe('abc');
});

it('ends when its reader goes', async () => {
  let isOver = false;
  async function* forever() {
    try {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield 'more';
      }
    } finally {
      isOver = true;
    }
  }
  const { ask, lines } = await serve([
    answering(async () => new Reply(forever(), { type: 'text/plain' }), { isEndless: true }),
  ]);
  const leaving = new AbortController();
  const answer = await ask({ signal: leaving.signal });
  await answer.body?.getReader().read();
  leaving.abort();
  await expect.poll(() => isOver).toBe(true);
  await expect.poll(() => lines.length).toBe(1);
  expect(JSON.parse(String(lines[0]))).toMatchObject({ aborted: true, level: 30 });
});

it('puts problems as the address wishes, those of the body and of the method included', async () => {
  const problem: Route['problem'] = ({ status, detail }) =>
    new Reply(JSON.stringify({ oops: detail }), { type: 'application/json', status });
  const fails = async () => {
    throw new AppError('PAPER_NOT_FOUND', { message: 'No such paper.' });
  };
  const { ask, lines } = await serve([
    answering(fails, { problem }),
    answering(fails, { problem, method: 'post' }),
  ]);
  const missing = await ask();
  expect([missing.status, await missing.json()]).toEqual([404, { oops: 'No such paper.' }]);
  const broken = await ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
  expect([broken.status, Object.keys((await broken.json()) as object)]).toEqual([400, ['oops']]);
  const wrong = await ask({ method: 'DELETE' });
  expect([wrong.status, Object.keys((await wrong.json()) as object)]).toEqual([405, ['oops']]);
  expect(lines.map((line) => JSON.parse(line).code)).toEqual([
    'PAPER_NOT_FOUND',
    'BODY_INVALID',
    'METHOD_NOT_ALLOWED',
  ]);
});

it('reads the fields of a form where the route says so', async () => {
  const { ask } = await serve([answering(async ({ body }) => body, { method: 'post', reads: 'form' })]);
  const answer = await ask({ method: 'POST', body: new URLSearchParams({ text: 'two words & more' }) });
  expect(await answer.json()).toEqual({ text: 'two words & more' });
});

it('takes bodies by PUT and DELETE as by POST', async () => {
  const echo: Answer = async (request) => ({ method: request.method, body: request.body });
  const { ask } = await serve([answering(echo, { method: 'put' }), answering(echo, { method: 'delete' })]);
  for (const method of ['PUT', 'DELETE']) {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask({ method, headers, body: '{"a":1}' });
    expect(await answer.json()).toEqual({ method, body: { a: 1 } });
  }
});
