/**
 * The program as users run it: `node dist/cli/main.js` with the bundled model, pipes and signals. What the
 * commands print in detail is tested in tests/cli.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pharos-program-'));
const index = join(folder, 'index');
const file = join(folder, 'papers.jsonl');

const PAPERS = [
  [
    '1706.03762',
    'Attention Is All You Need',
    'A network for translation based on attention alone, without recurrence.',
  ],
  [
    '1512.03385',
    'Deep Residual Learning for Image Recognition',
    'Very deep networks are easier to train with shortcuts.',
  ],
  [
    '1602.03837',
    'Observation of Gravitational Waves from a Binary Black Hole Merger',
    'Two detectors saw a transient.',
  ],
  [
    'quant-ph/9508027',
    'Polynomial-Time Algorithms for Prime Factorization',
    'A quantum computer factors integers.',
  ],
  [
    'math/0211159',
    'The Entropy Formula for the Ricci Flow',
    'A monotonic expression and its geometric applications.',
  ],
].map(([id, title, abstract]) => ({ id, title, abstract, authors: ['A. Author'], published: '2017' }));

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PHAROS_'));
  return { ...Object.fromEntries(inherited), PHAROS_INDEX: index };
}

function pharos(parameters: readonly string[], { stdin = '' } = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...parameters],
      { env: environment() },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
      },
    );
    child.stdin?.end(stdin);
  });
}

function begin(parameters: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...parameters], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Everything the stream has said so far, whenever it is asked. */
function collect(stream: Readable | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no stdout');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('it ended without a word');
}

/** The process that wrote its id when it last took the writer's lock. */
const holderOf = (dir: string): number => Number(readFileSync(join(dir, 'writer.pid'), 'utf8'));

const idsIn = (stdout: string): string[] =>
  JSON.parse(stdout).hits.map((hit: { paper: { id: string } }) => hit.paper.id);

beforeAll(async () => {
  expect(existsSync(MAIN), 'dist/ is there: npm run build').toBe(true);
  writeFileSync(file, `${PAPERS.map((paper) => JSON.stringify(paper)).join('\n')}\n`);
  const added = await pharos(['add', file, '--json']);
  expect(added, added.stderr).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(added.stdout)).toMatchObject({ read: 5, added: 5, embedded: 5, faulty: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program', () => {
  it('finds by meaning what shares no word with the question', async () => {
    const { stdout } = await pharos(['search', 'ripples in spacetime from colliding stars', '--json']);
    expect(idsIn(stdout)[0]).toBe('1602.03837');
  });

  it('finds by keyword and by id', async () => {
    expect(idsIn((await pharos(['search', 'factorization', '--mode', 'keyword', '--json'])).stdout)).toEqual([
      'quant-ph/9508027',
    ]);
    const named = await pharos(['search', 'https://arxiv.org/abs/math/0211159', '--json']);
    expect(JSON.parse(named.stdout).hits[0]).toMatchObject({
      paper: { id: 'math/0211159' },
      match: { exact: 'id' },
    });
  });

  it('finds the work around a paper and around a pasted text', async () => {
    const around = await pharos(['related', '1706.03762', '--json']);
    expect(idsIn(around.stdout)).not.toContain('1706.03762');
    const pasted = await pharos(['related', '-', '--json'], {
      stdin: 'We train convolutional networks for vision.',
    });
    expect(idsIn(pasted.stdout)[0]).toBe('1512.03385');
  });

  it('prints plain text into a pipe, and nothing but data on stdout', async () => {
    const { stdout, stderr } = await pharos(['search', 'attention']);
    expect(stdout).toContain('Attention Is All You Need');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).not.toContain('Attention');
  });

  it('shows, counts, verifies and lists settings', async () => {
    expect(JSON.parse((await pharos(['show', 'arXiv:1602.03837', '--json'])).stdout)).toMatchObject({
      title: /./,
    });
    const status = JSON.parse((await pharos(['status', '--json'])).stdout);
    expect(status).toMatchObject({ papers: 5, embedded: 5, model: 'all-MiniLM-L6-v2' });
    expect(await pharos(['verify'])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse((await pharos(['config', '--json'])).stdout).index).toEqual({
      value: index,
      source: 'environment',
    });
  });

  it('comes back whole from an export with vectors, without the model being asked', async () => {
    const [out, vectors] = [join(folder, 'out.jsonl.gz'), join(folder, 'out.f16')];
    expect(await pharos(['export', '--out', out, '--vectors', vectors])).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
    const copy = join(folder, 'copy');
    const added = await pharos(['add', out, '--vectors', vectors, '--index', copy, '--json']);
    expect(JSON.parse(added.stdout)).toMatchObject({ added: 5, imported: 5, embedded: 0 });
    const question = ['search', 'how do networks learn to see', '--mode', 'semantic', '--json'];
    const [here, there] = [await pharos(question), await pharos([...question, '--index', copy])];
    expect(idsIn(there.stdout)).toEqual(idsIn(here.stdout));
  });

  it('ends with 2 for wrong usage and 1 for bad news', async () => {
    expect(await pharos(['search', 'x', '--limt', '1'])).toMatchObject({
      exitCode: 2,
      stderr: "pharos: unknown option '--limt'\nhint: Did you mean --limit?\n",
    });
    expect(await pharos(['show', '2101.00001'])).toMatchObject({ exitCode: 1 });
    expect(await pharos(['status', '--index', join(folder, 'none')])).toMatchObject({ exitCode: 1 });
    expect(await pharos(['add', join(folder, 'none.jsonl')])).toMatchObject({ exitCode: 1 });
  });

  it('is quiet when the reader of its output goes away', async () => {
    const child = begin(['export']);
    child.stdout?.destroy();
    const complaints = collect(child.stderr);
    const [exitCode] = await once(child, 'close');
    expect({ exitCode, complaints: complaints() }).toEqual({ exitCode: 0, complaints: '' });
  });
});

describe('two processes', () => {
  it('names the one that is writing, and takes over from it when it is killed', async () => {
    const writer = spawn(process.execPath, [MAIN, 'add', '-'], {
      env: environment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Asking before the writer has its lock could take the lock away from it, so wait for its own word.
    while (holderOf(index) !== writer.pid) await sleep(50);
    const refused = await pharos(['remove', '2101.00001']);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`Process ${writer.pid} is writing`),
    });
    const waiting = begin(['add', file, '--wait', '--json']);
    const said = collect(waiting.stderr);
    const printed = collect(waiting.stdout);
    while (!said().includes('waiting')) await sleep(50);
    writer.kill('SIGKILL');
    await once(waiting, 'close');
    expect(JSON.parse(printed())).toMatchObject({ read: 5, unchanged: 5, nothingChanged: true });
  });

  it('finds over HTTP what another process adds, without a restart, and stops when told to', async () => {
    const server = begin(['serve', '--port', '0', '--json', '--log-level', 'silent']);
    try {
      const { url } = JSON.parse(await firstLine(server));
      const paper = {
        id: '1301.3781',
        title: 'Efficient Estimation of Word Representations in Vector Space',
      };
      const added = await pharos(['add', '-'], { stdin: `${JSON.stringify(paper)}\n` });
      expect(added, added.stderr).toMatchObject({ exitCode: 0 });
      const deadline = Date.now() + 10_000;
      let ids: string[] = [];
      while (ids[0] !== paper.id && Date.now() < deadline) {
        await sleep(100);
        ids = idsIn(await (await fetch(`${url}/api/v1/search?q=word+representations`)).text());
      }
      expect(ids[0]).toBe(paper.id);
      server.kill('SIGTERM');
      expect((await once(server, 'close'))[0]).toBe(0);
      expect(await pharos(['remove', paper.id])).toMatchObject({ exitCode: 0, stdout: 'Removed 1 paper.\n' });
    } finally {
      server.kill('SIGKILL');
    }
  });

  it('keeps what was done when it is interrupted, and goes on from there', async () => {
    const many = join(folder, 'many.jsonl');
    const rows = Array.from({ length: 150 }, (_, at) => ({
      id: `x${at}`,
      title: `Paper ${at}`,
      abstract: 'word '.repeat(100),
    }));
    writeFileSync(many, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const [own, writer] = [
      join(folder, 'interrupted'),
      begin(['add', many, '--index', join(folder, 'interrupted')]),
    ];
    const said = collect(writer.stderr);
    const embedded = async () =>
      JSON.parse((await pharos(['status', '--json', '--index', own])).stdout || '{}').embedded;
    while (!((await embedded()) > 0)) await sleep(50);
    writer.kill('SIGINT');
    expect((await once(writer, 'close'))[0]).toBe(1);
    expect(said()).toMatch(/pharos: Interrupted.*\nhint: Run the same command again/s);
    const kept = await embedded();
    expect(kept).toBeLessThan(150);
    const report = JSON.parse((await pharos(['add', many, '--index', own, '--json'])).stdout);
    expect(report).toMatchObject({ read: 150, unchanged: 150, embedded: 150 - kept });
    expect(await pharos(['verify', '--index', own])).toMatchObject({ exitCode: 0 });
  });
});
