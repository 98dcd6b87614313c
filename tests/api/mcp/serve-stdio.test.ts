/** When `serveStdio` ends, over streams in memory; tests/integration/mcp.test.ts has the process. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { serveStdio } from '../../../src/api/mcp/serve-stdio.ts';
import type { McpHouse } from '../../../src/api/mcp/tool.ts';
import { FakeSearcher, fakeEngine } from '../test-server.ts';

const ASK = { method: 'tools/call', params: { name: 'search', arguments: { query: 'x' } } };
const CANCEL = { method: 'notifications/cancelled', params: { requestId: 1 } };

function start() {
  const stdin = new PassThrough();
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stopping = new AbortController();
  const searcher = new FakeSearcher();
  const notices: string[] = [];
  const written: string[] = [];
  stdout.on('data', (text: string) => written.push(text));
  const open = async (): Promise<McpHouse> => ({ engine: fakeEngine(), searcher });
  const onNotice = (notice: string) => void notices.push(notice);
  const ended = serveStdio({ stdin, stdout, signal: stopping.signal, open, onNotice });
  const send = (message: object) => stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const answers = () =>
    written
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { stdin, stopping, searcher, notices, ended, send, answers };
}

describe('serveStdio', () => {
  it('answers what was asked before its input ended', async () => {
    const { stdin, searcher, ended, send, answers } = start();
    const { answer } = searcher;
    searcher.answer = () => new Promise((resolve) => setTimeout(() => resolve(answer()), 50));
    send({ ...ASK, id: 1 });
    send({ ...ASK, id: 'two' });
    stdin.end();
    await ended;
    expect(answers().map(({ id }) => id)).toEqual([1, 'two']);
  });

  it('does not wait for what was called off, and stops it', async () => {
    const { stdin, searcher, ended, send } = start();
    let isAborted = false;
    searcher.answer = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          isAborted = true;
          reject(new Error('called off'));
        });
      });
    send({ ...ASK, id: 1 });
    await expect.poll(() => searcher.searches.length).toBe(1);
    send(CANCEL);
    stdin.end();
    await ended;
    expect(isAborted).toBe(true);
  });

  it('ends at once when it is told to', async () => {
    const { searcher, stopping, ended, send } = start();
    searcher.answer = () => new Promise(() => undefined);
    send({ ...ASK, id: 1 });
    await expect.poll(() => searcher.searches.length).toBe(1);
    stopping.abort();
    await ended;
  });

  it('tells the whole of a fault to the person', async () => {
    const { stdin, searcher, notices, ended, send, answers } = start();
    searcher.answer = () => Promise.reject(new Error('a defect of ours'));
    send({ ...ASK, id: 1 });
    stdin.end();
    await ended;
    expect(answers()[0].result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^INTERNAL: /) }],
    });
    expect(notices.join()).toContain('a defect of ours');
  });
});
