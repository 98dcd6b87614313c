/** The writing of a server with its real process, over an index of the embedder that compares words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../src/api/job-book.ts';
import type { BodyFormat } from '../../src/api/writing-desk.ts';
import { type OpenSearch, openSearch } from '../../src/cli/opening.ts';
import { WriterDesk } from '../../src/cli/writer-desk.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { runCli } from './test-io.ts';

let dir = '';
let desk: WriterDesk;
let search: OpenSearch;
const warnings: unknown[] = [];

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-desk-'));
  dir = join(folder, 'index');
  writeFileSync(join(folder, 'first.jsonl'), '{"id": "first", "title": "The first paper of all"}');
  await runCli(['add', join(folder, 'first.jsonl'), '--index', dir]);
  const { settings } = resolveSettings({ flags: { index: dir, model: 'hashing', threads: '1' } });
  const io = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    environment: { PATH: process.env.PATH ?? '' },
    interruptible: () => new AbortController().signal,
  };
  const opened = await openSearch({ io, settings, isFollowing: true });
  search = opened;
  warnings.length = 0;
  const log = { warn: (facts: object) => void warnings.push(facts) };
  const started = new WriterDesk({ io, settings, refresh: () => opened.reader.refresh(), log });
  desk = started;
  onTestFinished(async () => {
    await started.close();
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

async function* pieces(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const calm = new AbortController().signal;
const post = (text: string, format: BodyFormat = 'jsonl') => desk.add(pieces(text), { format, signal: calm });

async function end(id: string): Promise<Job> {
  let last = desk.job(id);
  for await (const job of desk.follow(id, calm)) last = job;
  return last;
}

async function found(query: string, mode: 'keyword' | 'semantic' = 'keyword'): Promise<string[]> {
  return (await search.searcher.search({ query, mode })).hits.map(({ paper }) => paper.id);
}

describe('a writer', () => {
  it('answers for each row when the papers are found by their words, and embeds them afterwards', async () => {
    const { job, rows } = await post(
      '{"id":"a","title":"Zebrafish lasers"}\n\nnonsense\n{"id":"first","title":"The first paper of all"}',
    );
    expect(await found('zebrafish')).toEqual(['a']);
    expect(rows).toMatchObject([
      { row: 1, line: 1, id: 'a', outcome: 'added' },
      { row: 2, line: 3, reason: expect.stringContaining('broken JSON') },
      { row: 3, line: 4, id: 'first', outcome: 'unchanged' },
    ]);
    expect(await end(job.id)).toMatchObject({
      state: 'done',
      added: 1,
      unchanged: 1,
      refused: 1,
      error: null,
    });
    expect(await found('zebrafish lasers', 'semantic')).toContain('a');
  });

  it('serves many at once, who may send the same paper', async () => {
    const bodies = Array.from({ length: 6 }, (_, n) =>
      Array.from({ length: 40 }, (_, m) =>
        JSON.stringify({ id: `p${m}`, title: `Paper ${m}`, comments: n }),
      ).join('\n'),
    );
    const answers = await Promise.all(bodies.map((body) => post(body)));
    const outcomes = answers.flatMap(({ rows }) =>
      rows.map((row) => ('outcome' in row ? row.outcome : 'refused')),
    );
    expect(outcomes).toHaveLength(240);
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(40);
    for (const { job } of answers) expect((await end(job.id)).state).toBe('done');
    const { papers, embedded } = await search.reader.status();
    expect([papers, embedded]).toEqual([41, 41]);
  });

  it('takes papers out, which are found no more when it says so', async () => {
    await post('{"id":"a","title":"Zebrafish lasers"}');
    await desk.remove(['a']);
    expect(await found('zebrafish')).toEqual([]);
  });

  it('keeps what was sent before a body broke off', async () => {
    const gone = new AbortController();
    async function* broken() {
      yield Buffer.from('{"id":"a","title":"Zebrafish lasers"}\n{"id":"b","ti');
      await delay(100);
      gone.abort();
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    await expect(desk.add(broken(), { format: 'jsonl', signal: gone.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    await search.reader.refresh();
    expect(await found('zebrafish')).toEqual(['a']);
  });

  it('refuses JSON that is no list, and goes on', async () => {
    await expect(post('{"title":"A"}', 'json')).rejects.toMatchObject({ code: 'BODY_INVALID' });
    expect((await post('[{"id":"a","title":"A"}]', 'json')).rows).toHaveLength(1);
  });

  it('holds the index only while there is work', async () => {
    const space = new HashingEmbedder().model;
    const other = await openEmbeddedEngine({ dir, space });
    await expect(post('{"title":"A"}')).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
    await other.close();
    const { job } = await post('{"title":"A"}');
    await end(job.id);
    await (await openEmbeddedEngine({ dir, space, waitMs: 2_000 })).close();
    expect(desk.jobsUnderWay).toEqual([]);
  });

  it('takes nothing any more once it is closed', async () => {
    const { job } = await post('{"id":"a","title":"A"}');
    await desk.close();
    await expect(post('{"title":"B"}')).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(['done', 'failed']).toContain(desk.job(job.id).state);
  });
});
