/** Jobs from the side of whoever waits for them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventData } from '../../src/client/event-data.ts';
import type { Job } from '../../src/client/jobs.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { FakeWriting } from '../api/fake-writing.ts';
import { startTestServer } from '../api/test-server.ts';

describe('following a job', () => {
  it('tells it as it is and whenever it changes, until it is over', async () => {
    const desk = new FakeWriting();
    const { url } = await startTestServer({ desk });
    const { id } = desk.jobs.open();
    const states: string[] = [];
    for await (const job of new PharosClient({ url }).jobs.follow(id)) {
      states.push(job.state);
      if (job.state === 'storing') desk.jobs.change(id, { state: 'embedding' });
      else desk.jobs.change(id, { state: 'done' });
    }
    expect(states).toEqual(['storing', 'embedding', 'done']);
  });

  it('goes on after a connection that broke, and tells nothing twice', async () => {
    const storing = job('storing');
    const embedding = job('embedding');
    const url = await startTelling([[storing, embedding], [], [embedding], [embedding, job('done')]]);
    const told: string[] = [];
    for await (const { state } of new PharosClient({ url }).jobs.follow('a')) told.push(state);
    expect(told).toEqual(['storing', 'embedding', 'done']);
  });

  it('ends with JOB_NOT_FOUND where the server forgot it, at once', async () => {
    const { url } = await startTestServer();
    const client = new PharosClient({ url });
    await expect(client.jobs.follow('none').next()).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    await expect(client.jobs.get('none')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('gives a server up that is not heard of', async () => {
    const client = new PharosClient({ url: 'http://127.0.0.1:1' });
    await expect(client.jobs.follow('a', { patienceMs: 100 }).next()).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
  });

  it('leaves when its reader leaves, and rejects when it is told to stop', async () => {
    const desk = new FakeWriting();
    const { url } = await startTestServer({ desk });
    const client = new PharosClient({ url });
    const { id } = desk.jobs.open();
    for await (const { state } of client.jobs.follow(id)) {
      expect(state).toBe('storing');
      break;
    }
    const stopping = new AbortController();
    const following = client.jobs.follow(id, { signal: stopping.signal });
    await following.next();
    setTimeout(() => stopping.abort('enough'), 20);
    await expect(following.next()).rejects.toBe('enough');
  });
});

describe('server-sent events', () => {
  it('are the same however they are cut into pieces', async () => {
    const text =
      ': still here\n\nevent: a\ndata: {"x":1}\n\ndata: two\r\ndata:lines\r\n\r\nevent: none\n\ndata: cut';
    const cuts = fc.array(fc.nat(text.length), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const ends = [0, ...places.sort((a, b) => a - b), text.length];
        const pieces = ends.slice(1).map((end, at) => text.slice(ends[at], end));
        const data: string[] = [];
        for await (const one of eventData(Readable.from(pieces))) data.push(one);
        expect(data).toEqual(['{"x":1}', 'two\nlines']);
      }),
    );
  });
});

function job(state: Job['state']): Pick<Job, 'state' | 'changedMs'> {
  return { state, changedMs: ['storing', 'embedding', 'done'].indexOf(state) };
}

/** Each connection is told the next of these, and then it breaks. */
async function startTelling(connections: readonly (readonly object[])[]): Promise<string> {
  const left = [...connections];
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const one of left.shift() ?? []) response.write(`data: ${JSON.stringify(one)}\n\n`);
    setTimeout(() => response.destroy(), 20);
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
