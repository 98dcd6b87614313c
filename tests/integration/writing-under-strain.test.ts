/** Writing to the built server, with more than fits and with kill -9 in the middle of it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { PaperInput } from '../../src/client/paper-input.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import { type Serving, serving } from './serving.ts';

const PROGRAM = resolve('dist/cli/main.js');
const MEBIBYTE = 1024 * 1024;
/** What a row holds that no paper keeps: cheap to store, dear to hold. */
const BALLAST = 'x'.repeat(64 * 1024);

async function madeIndex(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-strain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'first.jsonl'), '{"id": "first", "title": "The first"}');
  const index = join(folder, 'index');
  await pharos('add', join(folder, 'first.jsonl'), '--index', index, '--model', 'hashing');
  return index;
}

async function pharos(...parameters: readonly string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [PROGRAM, ...parameters])).stdout;
}

async function startOn(index: string): Promise<Serving & { readonly client: PharosClient }> {
  const server = await serving(['--index', index]);
  onTestFinished(() => server.stop());
  return { ...server, client: new PharosClient({ url: server.url }) };
}

function writersOf({ pid }: Serving): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

/** Most memory that each has held so far, in bytes. */
function peaksOf(pids: readonly number[]): number[] {
  return pids.map((pid) => {
    const [, kibibytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) * 1024;
  });
}

async function* heavy(count: number, onRow: () => void = () => undefined): AsyncGenerator<PaperInput> {
  for (let n = 0; n < count; n++) {
    onRow();
    yield { id: `heavy:${n}`, title: `Paper ${n} of many`, ballast: BALLAST };
  }
}

it.skipIf(!existsSync('/proc/self/status'))('holds little of a body of 128 MiB (needs /proc)', async () => {
  const server = await startOn(await madeIndex());
  // The first quarter brings both processes to their usual size.
  await server.client.add(heavy(512));
  const pids = [server.pid, ...writersOf(server)];
  expect(pids).toHaveLength(2);
  const before = peaksOf(pids);
  const { accepted } = await server.client.add(heavy(2_048));
  expect(accepted).toBe(2_048);
  const grown = peaksOf(pids).map((peak, at) => (peak - (before[at] ?? 0)) / MEBIBYTE);
  for (const mebibytes of grown) expect(mebibytes).toBeLessThan(80);
});

interface Sent {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly [field: string]: unknown;
}

function paper(id: string): Sent {
  return { id, title: `The paper ${id}`, abstract: `All that ${id} says. `.repeat(20).trim() };
}

/** Sends whole bodies, and then one that does not end before the server is killed in the midst of it. */
async function addUntilKilled(
  { client, ended }: Awaited<ReturnType<typeof startOn>>,
  { life, kill }: { readonly life: number; readonly kill: () => void },
): Promise<string[]> {
  const answered: string[] = [];
  const bodies = [0, 1].map((body) =>
    Array.from({ length: 40 }, (_, n) => paper(`answered:${life}.${body}.${n}`)),
  );
  for (const body of bodies) {
    // What wrote for the server before may be about to end, and is waited for.
    for await (const { rows } of client.addAll(body))
      answered.push(...rows.flatMap((row) => ('id' in row ? [row.id] : [])));
  }
  let sent = 0;
  const endless = (async function* () {
    for (; ; sent++) {
      if (sent % 500 === 0) await sleep(20);
      yield paper(`half:${life}.${sent}`);
    }
  })();
  const adding = client.add(endless).catch((error: unknown) => error);
  while (sent < HALF) await sleep(20);
  kill();
  await ended;
  expect(await adding).toMatchObject({ code: 'UNREACHABLE' });
  return answered;
}

const HALF = 2_000;

it('has whatever it answered after kill -9, and nothing by halves', async () => {
  const index = await madeIndex();
  const first = await startOn(index);
  const answered = await addUntilKilled(first, { life: 0, kill: first.stop });
  // What wrote for the first server ends by itself, once the step in hand is done. This time it is killed as well.
  const second = await startOn(index);
  expect((await second.client.getMany(answered)).missing).toEqual([]);
  const kill = () => {
    if (existsSync('/proc/self/status')) for (const pid of writersOf(second)) process.kill(pid, 'SIGKILL');
    second.stop();
  };
  answered.push(...(await addUntilKilled(second, { life: 1, kill })));
  expect(answered).toHaveLength(160);

  const { client } = await startOn(index);
  expect((await client.getMany(answered)).missing).toEqual([]);
  const half = [0, 1].flatMap((life) => Array.from({ length: 500 }, (_, n) => paper(`half:${life}.${n}`)));
  const { papers } = await client.getMany(half.map(({ id }) => id));
  for (const [at, found] of papers.entries()) if (found) expect(found).toMatchObject(half[at] ?? {});
  // The same again completes it, and what waited to be embedded is embedded with it.
  const { job, rows } = await client.add(half);
  expect(rows.filter((row) => 'reason' in row)).toEqual([]);
  for await (const { state } of client.jobs.follow(job.id)) expect(state).not.toBe('failed');
  const { papers: count, embedded } = await client.status();
  expect(embedded).toBe(count);
  expect(count).toBeGreaterThanOrEqual(1 + answered.length + half.length);
  expect(JSON.parse(await pharos('verify', '--index', index, '--json'))).toMatchObject({ ok: true });
});
