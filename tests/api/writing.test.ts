/** Papers in and out over HTTP, as the routes see it; what really writes is tested in tests/cli/writer-desk.test.ts. */
import { describe, expect, it } from 'vitest';
import type { Added } from '../../src/api/writing-desk.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { FakeWriting } from './fake-writing.ts';
import { startTestServer } from './test-server.ts';

const NDJSON = { 'content-type': 'application/x-ndjson' };

interface AddAnswer {
  readonly job: { readonly id: string };
}

/** Takes the first piece of a body, and no more of it until it is told to. */
class SlowWriting extends FakeWriting {
  bytes = 0;
  goOn: () => void = () => undefined;
  #begin: () => void = () => undefined;
  readonly begun = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  override async add(body: AsyncIterable<Buffer>): Promise<Added> {
    const going = new Promise<void>((resolve) => {
      this.goOn = resolve;
    });
    for await (const piece of body) {
      this.bytes += piece.length;
      this.#begin();
      await going;
    }
    return { job: this.jobs.open(), rows: [] };
  }
}

/** Resolves when a number has not grown for a while. */
async function stillness(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('adding', () => {
  it('answers for each row, and names the job', async () => {
    const { ask } = await startTestServer();
    const answer = await ask('/api/v1/papers', { method: 'POST', headers: NDJSON, body: 'a\nbad\nb' });
    const { job, ...rest } = (await answer.json()) as AddAnswer;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`);
    expect(rest).toEqual({
      accepted: 2,
      refused: 1,
      rows: [
        { row: 1, line: 1, id: 'a', outcome: 'jsonl' },
        { row: 2, line: 2, reason: 'It is bad' },
        { row: 3, line: 3, id: 'b', outcome: 'jsonl' },
      ],
    });
  });

  it('takes a body that is larger than others may be', async () => {
    const { ask } = await startTestServer({}, { bodyLimitBytes: 1024 });
    const body = 'a'.repeat(100_000);
    expect((await ask('/api/v1/papers', { method: 'POST', headers: NDJSON, body })).status).toBe(202);
  });

  it('reads a body no faster than what writes takes it', async () => {
    const desk = new SlowWriting();
    const { url } = await startTestServer({ desk });
    const row = { title: 'x'.repeat(64 * 1024) };
    let sent = 0;
    const papers = (async function* () {
      for (; sent < 500; sent++) yield row;
    })();
    const adding = new PharosClient({ url }).add(papers);
    await desk.begun;
    await stillness(() => sent);
    // What lies in between are the buffers of two sockets and one stream.
    expect(sent).toBeLessThan(250);
    desk.goOn();
    await adding;
    expect(sent).toBe(500);
    expect(desk.bytes).toBe(500 * (JSON.stringify(row).length + 1));
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ])('says what it takes instead of %o', async (headers) => {
    const { ask } = await startTestServer();
    const answer = await ask('/api/v1/papers', { method: 'POST', headers, body: 'a' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'BODY_INVALID' });
  });

  it('refuses parameters', async () => {
    const { ask } = await startTestServer();
    const answer = await ask('/api/v1/papers?strict=1', { method: 'POST', headers: NDJSON, body: 'a' });
    expect(answer.status).toBe(400);
  });

  it('has no addresses where nothing writes', async () => {
    const { ask } = await startTestServer({ desk: undefined } as object);
    expect((await ask('/api/v1/papers', { method: 'POST', headers: NDJSON, body: 'a' })).status).toBe(405);
    expect((await ask('/api/v1/papers/1706.03762', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('removing', () => {
  it('goes by any name of a paper, and says under which it was kept', async () => {
    const desk = new FakeWriting();
    const { ask } = await startTestServer({ desk });
    const answer = await ask('/api/v1/papers/arXiv:1706.03762v5', { method: 'DELETE' });
    expect(await answer.json()).toEqual({ removed: '1706.03762' });
    expect(desk.removed).toEqual(['1706.03762']);
  });

  it('says that there is no such paper', async () => {
    const desk = new FakeWriting();
    const { ask } = await startTestServer({ desk });
    expect((await ask('/api/v1/papers/9999.99999', { method: 'DELETE' })).status).toBe(404);
    expect(desk.removed).toEqual([]);
  });
});

describe('a job', () => {
  it('is told as it is, and as events until it is over', async () => {
    const desk = new FakeWriting();
    const { ask } = await startTestServer({ desk });
    const { id } = desk.jobs.open();
    expect(await (await ask(`/api/v1/jobs/${id}`)).json()).toMatchObject({ id, state: 'storing' });
    const stream = await ask(`/api/v1/jobs/${id}/events`);
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const [told] = await Promise.all([
      stream.text(),
      (async () => {
        desk.jobs.change(id, { state: 'embedding', embedding: { done: 1, total: 2 } });
        await new Promise((resolve) => setTimeout(resolve, 20));
        desk.jobs.change(id, { state: 'done' });
      })(),
    ]);
    const events = told.trim().split('\n\n');
    expect(events.map((event) => /^event: (\w+)\ndata: \{"id":/.exec(event)?.[1])).toEqual([
      'storing',
      'embedding',
      'done',
    ]);
    expect(JSON.parse(events.at(-1)?.split('data: ')[1] ?? '')).toMatchObject({ id, state: 'done' });
  });

  it('that nobody knows is said to be none', async () => {
    const { ask } = await startTestServer();
    for (const path of ['/api/v1/jobs/none', '/api/v1/jobs/none/events'])
      expect(await (await ask(path)).json()).toMatchObject({ code: 'JOB_NOT_FOUND', status: 404 });
  });

  it('that is over does not change, and the oldest are forgotten', () => {
    const { jobs } = new FakeWriting();
    const first = jobs.open().id;
    jobs.change(first, { state: 'done' });
    jobs.change(first, { state: 'failed' });
    expect(jobs.get(first).state).toBe('done');
    const underWay = jobs.open().id;
    for (let n = 0; n < 1_000; n++) jobs.change(jobs.open().id, { state: 'done' });
    expect(() => jobs.get(first)).toThrow('There is no job');
    expect(jobs.get(underWay).state).toBe('storing');
  });

  it('stops being followed when its reader goes', async () => {
    const { jobs } = new FakeWriting();
    const { id } = jobs.open();
    const reader = new AbortController();
    const told: string[] = [];
    const followed = (async () => {
      for await (const job of jobs.follow(id, reader.signal)) told.push(job.state);
    })();
    await new Promise((resolve) => setTimeout(resolve, 10));
    reader.abort();
    await followed;
    expect(told).toEqual(['storing']);
  });
});
