import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { create, extract, list } from 'tar';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { copyDatabase } from '../../src/backup/copy-database.ts';
import { runCli } from '../cli/test-io.ts';

let folder = '';
let index = '';
let file = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pharos-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  index = join(folder, 'index');
  file = join(folder, 'kept', 'papers.tar.gz');
  const titles = ['Attention Is All You Need', 'Why dropout works', 'Graph neural networks', 'Baking bread'];
  const rows = titles.map((title, at) => `${JSON.stringify({ id: `paper-${at}`, title })}\n`);
  writeFileSync(join(folder, 'a.jsonl'), rows.join(''));
  await runCli(['add', join(folder, 'a.jsonl'), '--index', index]);
});

const on = (where: string, ...parameters: readonly string[]) => runCli([...parameters, '--index', where]);
const backup = (...parameters: readonly string[]) => on(index, 'backup', file, ...parameters);
const restored = () => join(folder, 'restored');
const restore = (from = file) => on(restored(), 'restore', from);

/** Nothing of a backup or a restoration that did not come to its end. */
function leftovers(where: string): string[] {
  return readdirSync(where).filter((name) => name.startsWith('.'));
}

async function namesIn(archive: string): Promise<string[]> {
  const names: string[] = [];
  await list({ file: archive, onReadEntry: ({ path }) => names.push(path) });
  return names.toSorted();
}

async function fillEverything(): Promise<void> {
  await on(index, 'library', 'add', 'paper-0', '--tag', 'thesis', '--note', 'Section 3.');
  await on(index, 'alert', 'add', 'graph neural networks', '--to', `file:${join(folder, 'news.jsonl')}`);
  await on(index, 'profile', 'save', 'mine', '--positive', 'paper-1');
  await on(index, 'source', 'add', 'cs', 'arxiv:cs.LG', '--every', 'day');
  await on(index, 'keys', 'create', '--name', 'group');
}

describe('pharos backup and restore', () => {
  it('bring back an index that answers the same, with all that was put into it', async () => {
    await fillEverything();
    const asked = [
      ['search', 'why does dropout work', '--json'],
      ['library', '--json'],
      ['alert', 'list', '--json'],
      ['profile', 'show', 'mine', '--json'],
    ];
    const answers = async (where: string) => {
      const all: unknown[] = [];
      for (const words of asked) {
        const { stdout } = await on(where, ...words);
        all.push({ ...JSON.parse(stdout), tookMs: 0 });
      }
      return all;
    };
    expect((await backup()).stdout).toMatch(/papers\.tar\.gz: 4 papers, 6 files, /);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await restore()).toMatchObject({ exitCode: 0 });
    expect(await answers(restored())).toEqual(await answers(index));
    const sourcesOf = (where: string) => readFileSync(join(where, 'sources.json'), 'utf8');
    expect(sourcesOf(restored())).toBe(sourcesOf(index));
    expect((await on(restored(), 'verify')).exitCode).toBe(0);
    expect(statSync(join(restored(), 'readers', 'local.json')).mode & 0o777).toBe(0o600);
    expect([...leftovers(folder), ...leftovers(dirname(file))]).toEqual([]);
  });

  it('hold no key unless they are asked to, and nothing that can be made anew', async () => {
    await fillEverything();
    writeFileSync(join(index, 'map.bin'), 'a map');
    mkdirSync(join(index, 'notes'));
    await backup();
    const without = await namesIn(file);
    expect(without).toEqual([
      ...['alerts.db', 'backup.json', 'manifest.json', 'papers.db', 'profiles/mine.json'],
      ...['readers/local.json', 'sources.json'],
    ]);
    expect(await backup()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--replace') });
    expect(await backup('--keys', '--replace')).toMatchObject({ exitCode: 0 });
    const [key = ''] = readdirSync(join(index, 'keys'));
    expect(await namesIn(file)).toEqual([...without, `keys/${key}`].toSorted());
  });

  it('refuse a folder that is not empty, and leave it alone', async () => {
    await backup();
    mkdirSync(restored());
    writeFileSync(join(restored(), 'mine.txt'), 'mine');
    expect(await restore()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not empty') });
    expect(readdirSync(restored())).toEqual(['mine.txt']);
    rmSync(join(restored(), 'mine.txt'));
    expect(await restore()).toMatchObject({ exitCode: 0 });
  });

  it('say that there is no index, or no backup, or no such name', async () => {
    expect(await on(join(folder, 'none'), 'backup', file)).toMatchObject({ exitCode: 1 });
    expect(await on(index, 'backup', join(folder, 'a.zip'))).toMatchObject({ exitCode: 2 });
    for (const other of [join(folder, 'none.tar'), join(folder, 'a.jsonl')]) {
      const { exitCode, stderr } = await restore(other);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('not a whole backup')]);
    }
    expect(leftovers(folder)).toEqual([]);
  });

  it('leave nothing behind when they are interrupted', async () => {
    const signal = AbortSignal.abort();
    expect(await runCli(['backup', file, '--index', index], { signal })).toMatchObject({ exitCode: 1 });
    expect(readdirSync(dirname(file))).toEqual([]);
    await backup();
    const interrupted = await runCli(['restore', file, '--index', restored()], { signal });
    expect(interrupted).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Interrupted') });
    expect(readdirSync(folder)).not.toContain('restored');
    expect(leftovers(folder)).toEqual([]);
  });
});

describe('a backup that is not whole', () => {
  it.each([0.1, 0.5, 0.9, 0.999])('is refused when %d of it is there', async (part) => {
    await backup();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * part)));
    expect(await restore()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('not a whole backup'),
    });
    expect(readdirSync(folder)).not.toContain('restored');
    expect(leftovers(folder)).toEqual([]);
  });

  it.each([
    ['a changed file', (room: string) => appendFileSync(join(room, 'papers.db'), 'x')],
    ['a file that is missing', (room: string) => rmSync(join(room, 'manifest.json'))],
    ['a file more', (room: string) => writeFileSync(join(room, 'harvests.json'), '{}')],
    ['a foreign file', (room: string) => writeFileSync(join(room, 'run.sh'), 'echo')],
    ['no seal', (room: string) => rmSync(join(room, 'backup.json'))],
  ])('is refused for %s', async (_name, change) => {
    await backup();
    const room = join(folder, 'room');
    mkdirSync(room);
    await extract({ file, cwd: room });
    change(room);
    await create({ file, cwd: room, gzip: true }, readdirSync(room));
    expect(await restore()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('not a whole backup'),
    });
    expect(readdirSync(folder)).not.toContain('restored');
  });
});

it('copies a database as it was when the copy began, though somebody writes at every step', async () => {
  const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
  const writer = new Database(from);
  onTestFinished(() => void writer.close());
  writer.pragma('journal_mode = WAL');
  writer.exec('CREATE TABLE rows (text TEXT)');
  const insert = writer.prepare('INSERT INTO rows VALUES (?)');
  // Some pages more than one step takes.
  writer.transaction(() => {
    for (let at = 0; at < 3_000; at++) insert.run('x'.repeat(4_000));
  })();
  const writing = setInterval(() => insert.run('later'), 1);
  await copyDatabase(from, to).finally(() => clearInterval(writing));
  const countOf = (db: Database.Database) => db.prepare('SELECT count(*) FROM rows').pluck().get() as number;
  const copy = new Database(to, { readonly: true });
  onTestFinished(() => void copy.close());
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(countOf(copy)).toBe(3_000);
  expect(countOf(writer)).toBeGreaterThan(3_000);
});
