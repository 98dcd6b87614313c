/** `pharos source` and `pharos sync`, from the command line to the answer, over services on this machine. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeProcessLock } from '../../src/engine/embedded/process-lock.ts';
import { scratch } from '../sources/set-up.ts';
import { madePapers, type StandIn, startServices } from '../sources/stand-in-services.ts';
import { type RunOptions, runCli } from './test-io.ts';

const KNOWN = madePapers(30);
vi.setConfig({ testTimeout: 60_000 });

let service: StandIn;
let dir: string;

beforeEach(async () => {
  service = await startServices({ papers: KNOWN });
  dir = scratch();
});
afterEach(() => service.close());

function pharos(parameters: readonly string[], options: RunOptions = {}) {
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
  return runCli(parameters, { ...options, environment });
}

async function json(...parameters: string[]) {
  const { stdout, exitCode } = await pharos([...parameters, '--json']);
  return { ...JSON.parse(stdout), exitCode };
}

async function add(...parameters: string[]) {
  expect(await pharos(['source', 'add', ...parameters])).toMatchObject({ exitCode: 0, stderr: '' });
}

/** The sources as they are kept, changed by hand. */
function rewrite(change: (source: Record<string, unknown>) => Record<string, unknown>): void {
  const path = join(dir, 'index', 'sources.json');
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...kept, sources: kept.sources.map(change) }));
}

describe('pharos source', () => {
  it('adds, lists, pauses, resumes and removes', async () => {
    const { stdout } = await pharos(['source', 'add', 'cs', 'arxiv-oai:cs', '--every', '30 6 * * 1-5']);
    expect(stdout).toMatch(
      /^cs\n {2}source {2}arxiv-oai:cs\n {2}every {3}30 6 \* \* 1-5\n {2}last {4}never\n/,
    );
    await add('daily', 'hf-daily:latest', '--every', 'hour', '--from', '2026', '-c', 'cs', '-c', 'stat');
    expect(service.asked).toEqual([]);
    const { sources } = await json('source', 'list');
    expect(sources).toMatchObject([
      { name: 'cs', spec: 'arxiv-oai:cs', schedule: '30 6 * * 1-5', paused: false, last: null, failures: 0 },
      { name: 'daily', from: '2026', categories: ['cs', 'stat'], nextRun: expect.any(String) },
    ]);
    expect((await json('source', 'pause', 'cs')).sources).toMatchObject([{ paused: true, nextRun: null }]);
    expect((await pharos(['source'])).stdout).toContain('next    paused');
    expect((await json('source', 'resume', 'cs')).sources).toMatchObject([{ paused: false }]);
    expect((await pharos(['source', 'remove', 'cs', 'daily'])).stdout).toBe(
      'Removed 2 sources. Their papers stay.\n',
    );
    expect((await pharos(['source', 'list'])).stderr).toContain('There are no sources yet');
  });

  it.each([
    [['add', 'a b', 'arxiv:cs.CL'], 'a b cannot be the name of a source'],
    [['add', 'x', 'papers.jsonl'], 'papers.jsonl is not a source of papers'],
    [['add', 'x', 'arxiv:cs.CL,1'], 'arxiv:cs.CL,1 is neither ids nor a category of arXiv'],
    [['add', 'x', 'arxiv:cs.CL', '--every', 'soon'], '--every soon is not a schedule'],
    [['add', 'x', 'arxiv:cs.CL', '--every', '0 0 30 2 *'], 'names a time that never comes'],
    [['add', 'x', 'arxiv:cs.CL', '--every', '61 * * * *'], 'Invalid value for minute: 61'],
    [['add', 'x', 'arxiv:cs.CL', '--from', 'soon'], 'YYYY'],
    [['add', 'known', 'arxiv:cs.CL'], 'there is a source known already'],
    [['add', 'x', 'arxiv-oai:cs'], 'the source known brings the same'],
    [['pause', 'knwon'], 'this index has no source knwon (did you mean known?)'],
    [['remove', 'known', 'a', 'b'], '2 names are not those of sources'],
  ])('%j fails: %s', async (parameters, message) => {
    await add('known', 'arxiv-oai:cs');
    const before = readFileSync(join(dir, 'index', 'sources.json'), 'utf8');
    const { exitCode, stderr } = await pharos(['source', ...parameters]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(readFileSync(join(dir, 'index', 'sources.json'), 'utf8')).toBe(before);
  });

  it('does not take a file that somebody broke for an empty list', async () => {
    await add('cs', 'arxiv-oai:cs');
    writeFileSync(join(dir, 'index', 'sources.json'), '{"version":1,"sources":[{"name":1}]}');
    for (const parameters of [['source'], ['sync'], ['source', 'add', 'x', 'arxiv:cs.CL']]) {
      const { exitCode, stderr } = await pharos(parameters);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('does not hold a list of sources');
    }
  });

  it('lets many be added at once', async () => {
    const names = Array.from({ length: 4 }, (_, at) => `s${at}`);
    await Promise.all(names.map((name, at) => add(name, `arxiv:cs.C${String.fromCharCode(65 + at)}`)));
    const { sources } = await json('source');
    expect(sources.map(({ name }: { name: string }) => name).sort()).toEqual(names);
  });
});

describe('pharos sync', () => {
  it('brings what is new, and the second time only that', async () => {
    await add('cs', 'arxiv-oai:cs');
    await add('daily', 'hf-daily:latest');
    const first = await json('sync');
    expect(first).toMatchObject({
      exitCode: 0,
      ok: true,
      sources: [
        { name: 'cs', outcome: 'fine', added: KNOWN.length, embedded: KNOWN.length, faulty: 0 },
        { name: 'daily', outcome: 'fine', added: 0 },
      ],
    });
    expect(Date.parse(first.sources[0].nextRun)).toBeGreaterThan(Date.now());
    const again = await pharos(['sync']);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toBe('Syncing cs (arxiv-oai:cs).\nSyncing daily (hf-daily:latest).\n');
    expect(again.stdout).toMatch(/^cs {5}nothing new · took .* · next \d{4}-\d\d-\d\d \d\d:\d\d\ndaily {2}/);
    expect((await json('source')).sources).toMatchObject([
      { last: { outcome: 'fine', added: 0, failure: null }, begun: null, failures: 0 },
      { last: { outcome: 'fine' } },
    ]);
  });

  it('goes on with the others where one fails, keeps and embeds what that one gave, and goes on there', async () => {
    await service.close();
    service = await startServices({ papers: KNOWN, pageSize: 10 });
    await add('cs', 'arxiv-oai:cs');
    await add('daily', 'hf-daily:latest');
    service.trouble({ isFine: true }, { replace: '<!DOCTYPE x>' });
    const report = await json('sync');
    expect(report).toMatchObject({
      exitCode: 1,
      ok: false,
      sources: [
        {
          name: 'cs',
          outcome: 'failed',
          added: 10,
          embedded: 10,
          failure: { code: 'SOURCE_FAILED', message: expect.stringContaining('document type') },
        },
        { name: 'daily', outcome: 'fine' },
      ],
    });
    const hourMs = Date.parse(report.sources[0].nextRun) - Date.parse(report.sources[0].ended);
    expect(hourMs).toBeLessThanOrEqual(3_600_000);
    const before = [...service.asked];
    const { stdout } = await pharos(['sync', 'cs']);
    expect(stdout).toContain('20 changed');
    expect(service.asked.slice(before.length)).not.toContain(before[0]);
    expect(JSON.parse((await pharos(['status', '--json'])).stdout)).toMatchObject({
      papers: KNOWN.length,
      embedded: KNOWN.length,
      health: { ok: true, notes: [] },
    });
  });

  it('tells a person what failed and why', async () => {
    await add('cs', 'arxiv-oai:cs');
    service.trouble({ replace: '<!DOCTYPE x>' });
    const { stdout, exitCode } = await pharos(['sync']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^cs {2}failed: .*document type.* · took .* · next /);
    expect(existsSync(join(dir, 'index', 'papers.db'))).toBe(false);
    expect((await pharos(['source'])).stdout).toContain('failed: ');
  });

  it('leaves paused ones alone unless they are named, and asks only those that are due when told so', async () => {
    await add('cs', 'arxiv-oai:cs');
    await add('daily', 'hf-daily:latest');
    await pharos(['source', 'pause', 'daily']);
    expect((await json('sync', '--due')).sources).toMatchObject([{ name: 'cs' }]);
    expect(await pharos(['sync', '--due'])).toMatchObject({ exitCode: 0, stderr: 'No source is due.\n' });
    expect((await json('sync')).sources).toMatchObject([{ name: 'cs' }]);
    expect((await json('sync', 'daily')).sources).toMatchObject([{ name: 'daily', nextRun: null }]);
  });

  it('begins anew when it is told to', async () => {
    await add('cs', 'arxiv-oai:cs');
    await json('sync');
    await json('sync', '--anew');
    const [first] = service.asked;
    expect(service.asked.filter((path) => path === first)).toHaveLength(2);
  });

  it('shares positions with add', async () => {
    await pharos(['add', 'arxiv-oai:cs']);
    await add('cs', 'arxiv-oai:cs');
    await json('sync');
    expect(service.asked.at(-1)).toContain('from=');
  });

  it('does not overlap another one', async () => {
    await add('cs', 'arxiv-oai:cs');
    const lock = await takeProcessLock(join(dir, 'index'), { name: 'sync', doing: 'is syncing' });
    const refused = await pharos(['sync']);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(`Process ${process.pid} is syncing the sources of`);
    expect(service.asked).toEqual([]);
    const waiting = pharos(['sync', '--wait']);
    setTimeout(() => lock.release(), 300);
    expect(await waiting).toMatchObject({ exitCode: 0 });
  });

  it('waits for another writer', async () => {
    await add('cs', 'arxiv-oai:cs');
    await json('sync');
    const lock = await takeProcessLock(join(dir, 'index'), { name: 'writer', doing: 'is writing to' });
    const before = service.asked.length;
    const waiting = pharos(['sync']);
    await vi.waitFor(() => expect(service.asked.length).toBeGreaterThan(before), { timeout: 20_000 });
    await sleep(300);
    expect((await json('source')).sources).toMatchObject([{ begun: expect.any(String) }]);
    lock.release();
    expect(await waiting).toMatchObject({ exitCode: 0 });
    expect((await json('source')).sources).toMatchObject([{ begun: null, last: { outcome: 'fine' } }]);
  });

  it('can be interrupted, says so, and is due again at once', async () => {
    await add('cs', 'arxiv-oai:cs');
    await add('daily', 'hf-daily:latest');
    service.trouble({ silentMs: 60_000 });
    const controller = new AbortController();
    const running = pharos(['sync'], { signal: controller.signal });
    await vi.waitFor(() => expect(service.asked).toHaveLength(1), { timeout: 20_000 });
    controller.abort();
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^cs {2}interrupted · took .* · goes on there the next time\n$/);
    expect((await json('source')).sources).toMatchObject([
      { last: { outcome: 'interrupted' }, failures: 0 },
      { last: null },
    ]);
    expect((await json('sync', '--due')).sources).toMatchObject([{ name: 'cs', added: KNOWN.length }, {}]);
  });

  it('names what is wrong with its own arguments', async () => {
    expect((await pharos(['sync', 'x', '--due'])).exitCode).toBe(2);
    const misplaced = await pharos(['sync', '--source-url', 'arxvi=http://127.0.0.1:1']);
    expect(misplaced).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('arxvi is not a source'),
    });
    expect((await pharos(['sync', 'x'])).stderr).toContain('this index has no source x');
    expect(await pharos(['sync'])).toMatchObject({ exitCode: 0, stdout: '' });
    expect(existsSync(join(dir, 'index'))).toBe(false);
  });
});

describe('pharos status', () => {
  it('says which source fails for days, and which one nobody asks', async () => {
    await add('cs', 'arxiv-oai:cs', '--every', 'day');
    await add('daily', 'hf-daily:latest', '--every', 'day');
    await json('sync');
    service.trouble({ replace: '<!DOCTYPE x>' });
    await json('sync', 'cs');
    expect(JSON.parse((await pharos(['status', '--json'])).stdout).health).toEqual({ ok: true, notes: [] });
    const longAgo = new Date(Date.now() - 4 * 86_400_000).toISOString();
    rewrite((source) =>
      source.name === 'cs'
        ? { ...source, failingSince: longAgo, failures: 3 }
        : { ...source, last: { ...(source.last as object), started: longAgo, ended: longAgo } },
    );
    const { health } = JSON.parse((await pharos(['status', '--json'])).stdout);
    expect(health.ok).toBe(false);
    expect(health.notes).toEqual([
      expect.stringMatching(/^The source cs has failed since .*, 3 times in a row: .*document type/),
      expect.stringMatching(/^The source daily is due since .* and nothing syncs/),
    ]);
    expect((await pharos(['status'])).stdout).toContain('3 times in a row');
  });
});
