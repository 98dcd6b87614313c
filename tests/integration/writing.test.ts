/** docs/writing.md and docs/security.md, run as they stand against the built program. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = resolve('dist/cli/main.js');
const WRITING = examplesOf('docs/writing.md');
const SECURITY = examplesOf('docs/security.md');

let folder = '';
let url = '';
let server: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pharos-writing-'));
  writeFileSync(join(folder, 'a.jsonl'), '{"id": "2601.00009", "title": "Corals of old seas"}');
  // The examples call the program by its name, as those who have installed it do.
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'pharos'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
  chmodSync(join(folder, 'bin', 'pharos'), 0o755);
  const env = environment();
  execFileSync('pharos', ['add', 'a.jsonl'], { cwd: folder, env, stdio: 'ignore' });
  server = spawn('pharos', ['serve', '--port', '0', '--json', '--log-level', 'silent'], { cwd: folder, env });
  for await (const line of server.stdout ?? []) {
    url = (JSON.parse(String(line)) as { url: string }).url;
    break;
  }
});

afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

function examplesOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    PHAROS_INDEX: join(folder, 'index'),
    PHAROS_MODEL: 'hashing',
  };
}

async function run(example = ''): Promise<string> {
  const script = example.replaceAll('http://127.0.0.1:7433', url);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: environment(),
  });
  return stdout;
}

async function titles(query: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v1/search?mode=keyword&q=${encodeURIComponent(query)}`);
  const { hits } = (await answer.json()) as { hits: { paper: { title: string } }[] };
  return hits.map(({ paper }) => paper.title);
}

describe('docs/writing.md', () => {
  it('adds lines', async () => {
    const answer = JSON.parse(await run(WRITING[0]));
    expect(answer).toMatchObject({ accepted: 1, refused: 1 });
    expect(answer.rows[1]).toEqual({ row: 2, line: 2, reason: 'The title is missing' });
    expect(await titles('warm seas')).toContain('Corals in warm seas');
  });

  it('adds a list', async () => {
    expect(JSON.parse(await run(WRITING[1]))).toMatchObject({ accepted: 1, refused: 0 });
  });

  it('follows a job to its end', async () => {
    const told = await run(WRITING[2]);
    expect(told).toMatch(/^\{"id":"[^"]+","state":"/);
    expect(told).toMatch(/event: done\ndata: \{"id":"[^"]+","state":"done"[^\n]*\n\n$/);
  });

  it('removes', async () => {
    expect(await titles('kelp')).toEqual(['Kelp forests of the south']);
    expect(await run(WRITING[3])).toBe('{"removed":"2601.00003"}');
    expect(await titles('kelp')).toEqual([]);
  });

  it('writes with a key', async () => {
    expect(await run(WRITING[4])).toMatch(/"accepted":1[^\n]*\{"removed":"2601\.00005"\}$/);
    expect(WRITING).toHaveLength(5);
  });
});

it('docs/security.md makes keys, uses one, lists them and revokes one', async () => {
  expect(SECURITY).toHaveLength(1);
  const told = await run(SECURITY[0]);
  expect(told).toContain('"Corals of old seas"');
  expect(told).toMatch(/"scope": "admin"/);
  expect(told).toMatch(/^[0-9a-f]{12} {2}read {3}\S+ {2}reading group$/m);
  expect(told).toMatch(/Revoked [0-9a-f]{12}\.\n$/);
});
