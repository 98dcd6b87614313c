/** The program as users run it: built, with the bundled model, in processes of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.ts';

const PROGRAM = 'dist/cli/main.js';
const FRESH_MS = 2_000;

/** Id, title, abstract, date. */
type Row = readonly [id: string, title: string, abstract: string, published: string];

const PAPERS: readonly Row[] = [
  ['2401.00001', 'Coral reefs in warming oceans', 'Corals bleach when the sea is warm.', '2024-01-03'],
  [
    '2401.00002',
    'Waves from merging black holes',
    'Interferometers hear two black holes merge.',
    '2024-01-04',
  ],
  ['hep-th/9901001', 'Strings and branes', 'A duality between gauge theory and gravity.', '1999-01-01'],
  ['2105.00004', 'Sparse attention for long documents', 'Transformers read more with less.', '2021-05-01'],
  ['2205.00005', 'Vaccines and herd immunity', 'An epidemic ends when few can pass it on.', '2022-05-01'],
  ['2305.00006', 'Sorting with few comparisons', 'A bound on the comparisons any sort needs.', '2023-05-01'],
];

let folder = '';

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stderr: Promise<string>;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pharos-server-'));
  await add(PAPERS);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function add(rows: readonly Row[]): Promise<void> {
  const file = join(folder, 'papers.jsonl');
  const papers = rows.map(([id, title, abstract, published]) => ({ id, title, abstract, published }));
  await writeFile(file, papers.map((paper) => JSON.stringify(paper)).join('\n'));
  await promisify(execFile)(process.execPath, [PROGRAM, 'add', file, '--index', join(folder, 'index')]);
}

/** Rejects with what was printed when it ends instead of listening. */
async function serve(...options: readonly string[]): Promise<Serving> {
  const args = [PROGRAM, 'serve', '--index', join(folder, 'index'), '--port', '0', '--json', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stderr = text(child.stderr);
  const ended = once(child, 'exit').then(async ([code]) => {
    throw new Error(`serve ended with ${code}: ${await stderr}`);
  });
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  return { child, url: JSON.parse(String(line)).url, stderr };
}

async function ask(url: string, path: string): Promise<SearchAnswer> {
  const response = await fetch(url + path);
  expect(response.status).toBe(200);
  return (await response.json()) as SearchAnswer;
}

function idsOf({ hits }: SearchAnswer): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('pharos serve', () => {
  it('answers questions in every mode, by GET and POST', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const answer = await ask(url, `/api/v1/search?q=how+can+long+documents+be+read&mode=${mode}`);
      expect(answer).toMatchObject({ mode, query: 'how can long documents be read' });
      expect(idsOf(answer)[0]).toBe('2105.00004');
    }
    const response = await fetch(`${url}/api/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ q: 'black holes', to: '2023' }),
    });
    const answer = (await response.json()) as SearchAnswer;
    expect(answer.hits.length).toBeGreaterThan(0);
    expect(idsOf(answer)).not.toContain('2401.00002');
  });

  it('finds papers, what is related to them, and counts them', async () => {
    const { url } = await serve();
    const paper = await (await fetch(`${url}/api/v1/papers/arXiv:hep-th/9901001v2`)).json();
    expect(paper).toMatchObject({ id: 'hep-th/9901001', published: '1999-01-01' });
    const related = await ask(url, '/api/v1/papers/hep-th/9901001/related?limit=3');
    expect(related.hits).toHaveLength(3);
    expect(idsOf(related)).not.toContain('hep-th/9901001');
    const status = await (await fetch(`${url}/api/v1/status`)).json();
    expect(status).toMatchObject({ papers: 6, embedded: 6, dimensions: 384, ready: true });
  });

  it('finds what another process adds, by words and by meaning, within two seconds', async () => {
    const { url } = await serve();
    const id = '2402.00007';
    await add([[id, 'Zymurgy at altitude', 'Fermentation by yeast in the mountains.', '2024-02-01']]);
    const addedAt = performance.now();
    const seen = { byWords: false, byMeaning: false };
    while (!(seen.byWords && seen.byMeaning) && performance.now() - addedAt < FRESH_MS) {
      const byWords = await ask(url, '/api/v1/search?q=zymurgy&mode=keyword');
      const byMeaning = await ask(url, '/api/v1/search?q=brewing+beer&mode=semantic&limit=1');
      seen.byWords ||= idsOf(byWords).includes(id);
      seen.byMeaning ||= idsOf(byMeaning).includes(id);
      await delay(50);
    }
    expect(seen).toEqual({ byWords: true, byMeaning: true });
  });

  it('answers what is in flight when it is told to stop, and nothing after', async () => {
    const { child, url, stderr } = await serve();
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    const answer = text(socket);
    const body = JSON.stringify({ q: 'epidemics' });
    const head = 'POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
    await delay(200);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await delay(200);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(child.exitCode).toBeNull();
    socket.write(body.slice(5));
    expect(await answer).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*2205\.00005/);
    expect(await exited).toEqual([0, null]);
    expect(await stderr).not.toMatch(/Error|\bat .+:\d+:\d+/);
  });

  it('says in one line what keeps it from starting', async () => {
    const { url } = await serve();
    const { port } = new URL(url);
    await expect(serve('--port', port)).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken by another program`,
    );
    const nowhere = serve('--index', join(folder, 'nowhere'));
    await expect(nowhere).rejects.toThrow(/^serve ended with 1: pharos: .*\nhint: .*\n$/);
  });
});
