/** Papers from the client to a server: as one request, as a stream, as many requests. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Added } from '../../src/client/adding.ts';
import type { PaperInput } from '../../src/client/paper-input.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { FakeWriting } from '../api/fake-writing.ts';
import { startTestServer } from '../api/test-server.ts';

const PAPERS = Array.from({ length: 5 }, (_, at): PaperInput => ({ title: `Paper ${at}\n"quoted"` }));

/** The rows that a server got: the fake one answers each with what it says. */
function sentRows(added: readonly Added[]): unknown[] {
  return added
    .flatMap(({ rows }) => rows)
    .flatMap((row) => ('id' in row && row.id !== '' ? [JSON.parse(row.id)] : []));
}

async function* made(papers: Iterable<PaperInput>, onEnd = () => undefined): AsyncGenerator<PaperInput> {
  try {
    for (const paper of papers) yield paper;
  } finally {
    onEnd();
  }
}

async function* endless(onPaper: () => void): AsyncGenerator<PaperInput> {
  for (;;) {
    onPaper();
    yield { title: 'x'.repeat(10_000) };
  }
}

describe('adding in one request', () => {
  it('sends a list, or whatever makes papers, and resolves to what became of each row', async () => {
    const { url } = await startTestServer();
    const client = new PharosClient({ url });
    for (const papers of [PAPERS, new Set(PAPERS), made(PAPERS)]) {
      const added = await client.add(papers);
      expect(sentRows([added])).toEqual(PAPERS);
      expect(added.rows[0]).toMatchObject({ row: 1, line: 1, outcome: 'jsonl' });
      expect((await client.jobs.get(added.job.id)).id).toBe(added.job.id);
    }
  });

  it('rejects with the error of whoever makes the papers, and lets them go', async () => {
    const { url } = await startTestServer();
    const broken = (async function* () {
      yield* PAPERS;
      throw new RangeError('no more');
    })();
    await expect(new PharosClient({ url }).add(broken)).rejects.toThrow(new RangeError('no more'));
  });

  it('makes no more papers than the server takes, and none once it has refused', async () => {
    const { url } = await startTestServer({ checkKey: async () => undefined });
    let made = 0;
    const client = new PharosClient({ url, key: 'pharos_no_such' });
    await expect(client.add(endless(() => made++))).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const then = made;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(made).toBe(then);
  });

  it('counts the time that the server takes, not that of making papers', async () => {
    const { url } = await startTestServer();
    const slow = (async function* () {
      for (const paper of PAPERS.slice(0, 3)) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        yield paper;
      }
    })();
    const added = await new PharosClient({ url }).add(slow, { timeoutMs: 100 });
    expect(sentRows([added])).toHaveLength(3);
  });

  it('stops when it is told to', async () => {
    const { url } = await startTestServer();
    const stopping = new AbortController();
    let made = 0;
    const papers = endless(() => {
      if (++made === 100) stopping.abort('enough');
    });
    await expect(new PharosClient({ url }).add(papers, { signal: stopping.signal })).rejects.toBe('enough');
  });
});

describe('adding in as many requests as it takes', () => {
  it('counts the rows through', async () => {
    const { url } = await startTestServer();
    const answers: Added[] = [];
    let isLetGo = false;
    const papers = made(PAPERS, () => {
      isLetGo = true;
    });
    for await (const added of new PharosClient({ url }).addAll(papers, { batchSize: 2 })) answers.push(added);
    expect(answers).toHaveLength(3);
    expect(sentRows(answers)).toEqual(PAPERS);
    expect(isLetGo).toBe(true);
  });

  it('lets whoever makes the papers go when nobody wants more of it', async () => {
    const { url } = await startTestServer();
    let isLetGo = false;
    const papers = made(PAPERS, () => {
      isLetGo = true;
    });
    for await (const _ of new PharosClient({ url }).addAll(papers, { batchSize: 2 })) break;
    expect(isLetGo).toBe(true);
  });

  it('waits for a server that says when to ask again, and no longer than it was told to', async () => {
    const server = await startRefusing(1);
    const client = new PharosClient({ url: server.url });
    const answers: Added[] = [];
    for await (const added of client.addAll(PAPERS.slice(0, 1))) answers.push(added);
    expect(server.bodies).toEqual(Array(2).fill(`${JSON.stringify(PAPERS[0])}\n`));
    expect(answers).toHaveLength(1);
    const refusing = new PharosClient({ url: (await startRefusing(1)).url });
    await expect(refusing.addAll(PAPERS, { patienceMs: 500 }).next()).rejects.toMatchObject({
      code: 'INDEX_LOCKED',
      retryAfterSeconds: 1,
    });
  });
});

/** A server that is busy so many times, and takes everything from then on. */
async function startRefusing(times: number) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push((await request.toArray()).join(''));
    if (bodies.length <= times) {
      const headers = { 'Retry-After': '1', 'Content-Type': 'application/problem+json' };
      response.writeHead(503, headers).end(JSON.stringify({ code: 'INDEX_LOCKED', detail: 'Busy' }));
    } else {
      response.writeHead(202).end(JSON.stringify({ job: {}, accepted: 1, refused: 0, rows: [] }));
    }
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

it('removes papers by any of their names, and tells which were there', async () => {
  const desk = new FakeWriting();
  const { url } = await startTestServer({ desk });
  const removed = await new PharosClient({ url }).remove(['arXiv:1706.03762v5', '9999.99999']);
  expect(removed).toEqual(['1706.03762']);
  expect(desk.removed).toEqual(['1706.03762']);
});
