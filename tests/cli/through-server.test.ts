/** `pharos add` and `pharos remove` where a running server has the index. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AddOptions } from '../../src/api/writing-desk.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { FakeWriting } from '../api/fake-writing.ts';
import { startTestServer } from '../api/test-server.ts';
import { serveHere } from './serve-here.ts';
import { runCli } from './test-io.ts';

const BIBLIOGRAPHY = `@article{a, title = {Zebrafish lasers}, author = {Ada Fox}, year = 2024}
@article{broken, author = {Nobody}}
@article{b, title = {Corals of old seas}, doi = {10.1000/corals}}
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-through-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Answers as one that stores, and embeds at once; or refuses. */
class ObedientWriting extends FakeWriting {
  readonly bodies: string[] = [];
  readonly #refusal: AppError | undefined;

  constructor(refusal?: AppError) {
    super();
    this.#refusal = refusal;
  }

  override async add(body: AsyncIterable<Buffer>, options: AddOptions) {
    if (this.#refusal) throw this.#refusal;
    const { job, rows } = await super.add(body, options);
    this.bodies.push(...rows.flatMap((row) => ('id' in row && row.id !== '' ? [row.id] : [])));
    this.jobs.change(job.id, { state: 'done', embedding: { done: 1, total: 1 } });
    return { job, rows: rows.slice(0, -1).map((row) => ({ ...row, outcome: 'added' })) };
  }
}

describe('a server with an index', () => {
  it('takes files of any format, tells of each row, embeds, and removes', async () => {
    const folder = folderWith({
      'first.jsonl': '{"id": "first", "title": "The first"}',
      'refs.bib': BIBLIOGRAPHY,
      'ids.txt': '10.1000/corals\n2401.99999\n',
    });
    const index = join(folder, 'index');
    await runCli(['add', join(folder, 'first.jsonl'), '--index', index]);
    const { url, log } = await serveHere([], { PHAROS_INDEX: index });
    const bib = join(folder, 'refs.bib');
    const added = await runCli(['add', bib, '--json'], { environment: { PHAROS_SERVER: url } });
    expect(added.stderr).toBe('');
    expect(JSON.parse(added.stdout)).toMatchObject({
      ...{ read: 3, added: 2, faulty: 1, nothingChanged: false },
      samples: [{ file: bib, line: 2 }],
    });
    const again = await runCli(['add', bib, '--server', url]);
    expect(again.stdout).toContain('Nothing changed: 3 rows read, 2 there already, 1 faulty.');
    const ids = await runCli(['add', join(folder, 'ids.txt'), '--no-fetch', '--json', '--server', url]);
    expect(JSON.parse(ids.stdout)).toMatchObject({
      read: 2,
      unchanged: 1,
      faulty: 1,
      samples: [{ line: 2 }],
    });
    const meaning = await fetch(`${url}/api/v1/search?mode=semantic&q=zebrafish+lasers&limit=1`);
    expect(await meaning.json()).toMatchObject({ hits: [{ paper: { title: 'Zebrafish lasers' } }] });
    const removed = await runCli(['remove', 'doi:10.1000/corals', 'none', '--json', '--server', url]);
    expect(JSON.parse(removed.stdout)).toEqual({ removed: ['10.1000/corals'], notFound: ['none'] });
    const none = await runCli(['remove', 'none', '--server', url]);
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no paper none') });
    expect(log()).not.toContain('ERROR');
  });

  it('is given only what is wanted, as it stands before the first faulty row with --strict', async () => {
    const desk = new ObedientWriting();
    const { url } = await startTestServer({ desk });
    const folder = folderWith({
      'papers.jsonl':
        '{"id":"a","title":"A","published":"2020"}\n{"id":"b","title":"B","published":"2010"}\nno\n',
    });
    const file = join(folder, 'papers.jsonl');
    const wanted = await runCli(['add', file, '--from', '2015', '--server', url]);
    expect(wanted.stdout).toMatch(/^Added 1 paper, embedded 1 paper in .*\nPassed over: 1 faulty\./);
    expect(desk.bodies.map((body) => JSON.parse(body))).toMatchObject([{ id: 'a', published: '2020' }]);
    const strict = await runCli(['add', file, '--strict', '--server', url]);
    expect(strict).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`${file}:3: `) });
  });

  it('knows its callers by the key of the setting, which is told to nobody else', async () => {
    const keys: unknown[] = [];
    const key = 'pharos_secret';
    const checkKey = async (text: string) => void keys.push(text);
    const { url, log } = await startTestServer({ desk: new ObedientWriting(), checkKey });
    const environment = { PHAROS_KEY: key, PHAROS_SERVER: url };
    const outcomes = [
      await runCli(['add', '-', '--debug'], { stdin: '{"title": "A"}', environment }),
      await runCli(['remove', '1706.03762', '--debug'], { environment }),
    ];
    for (const { exitCode, stderr } of outcomes) {
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^pharos: .*\nhint: .*PHAROS_KEY/);
    }
    expect(new Set(keys)).toEqual(new Set([key]));
    const config = await runCli(['config'], { environment });
    for (const text of [config.stdout, JSON.stringify(log()), ...outcomes.map((one) => JSON.stringify(one))])
      expect(text).not.toContain(key);
  });
});

describe('what cannot be done through a server', () => {
  it.each([
    ['add', 'arxiv:2307.09288'],
    ['add', '-', '--anew'],
  ])('is refused before it is asked: %s %s', async (...parameters) => {
    const outcome = await runCli([...parameters, '--server', 'http://127.0.0.1:1']);
    expect(outcome).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('need the index itself') });
  });

  it('is an address with a password, which a command line would show', async () => {
    const outcome = await runCli(['remove', 'a', '--server', 'http://me:secret@127.0.0.1:1']);
    expect(outcome).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('PHAROS_KEY') });
    expect(outcome.stderr).not.toContain('secret');
  });
});

describe('a server that refuses', () => {
  const add = (url: string, ...more: string[]) =>
    runCli(['add', '-', '--server', url, ...more], { stdin: '{"title": "A"}' });

  it('says that another process writes, and is waited for only where that was asked for', async () => {
    const locked = new AppError('INDEX_LOCKED', { message: 'Process 7 writes to the index.' });
    const { url } = await startTestServer({ desk: new ObedientWriting(locked) });
    const { exitCode, stderr } = await add(url);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^pharos: http:\S+: Another process is writing.*\nhint: .*--wait\.\n$/);
  });

  it('is waited for while its allowance is used up', async () => {
    let asked = 0;
    const url = await startOther((response) => {
      if (asked++ > 0) response.writeHead(202).end(JSON.stringify({ job: { id: 'a' }, rows: [] }));
      else problem(response, { status: 429, code: 'RATE_LIMITED', detail: 'At most 60 requests a minute.' });
    });
    const { stderr } = await runCli(['remove', 'a', '--json', '--server', url]);
    expect(stderr).toMatch(/^The server says: At most 60 requests a minute\. Waiting\.\n/);
    expect(asked).toBe(2);
  });

  it('is told from one that is none, or not there, and from one that failed', async () => {
    expect(await add('http://127.0.0.1:1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/cannot be reached\nhint: .*pharos serve/),
    });
    const page = await startOther((response) => void response.end('<h1>Hello</h1>'));
    expect((await add(page)).stderr).toContain('what no Pharos writes: <h1>Hello</h1>');
    const broken = await startOther((response) => {
      problem(response, { status: 500, code: 'INTERNAL', detail: 'Something went wrong inside Pharos' });
    });
    expect((await add(broken)).stderr).toMatch(/wrong inside Pharos \(request r-1 in its log\)\nhint: /);
  });
});

type Answer = Parameters<NonNullable<Parameters<typeof createServer>[1]>>[1];

function problem(
  response: Answer,
  { status, ...body }: { readonly status: number } & Record<string, unknown>,
) {
  response.writeHead(status, status === 500 ? {} : { 'Retry-After': '1' });
  response.end(JSON.stringify({ ...body, status, requestId: 'r-1' }));
}

async function startOther(answer: (response: Answer) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => answer(response));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
