/**
 * Models as users meet them: fetched by the built program, by several at once and after a kill, and exchanged under a
 * running server. The hub is a stand-in that serves the bundled model under another name.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StandInHub, startHub } from '../hub/stand-in-hub.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');
const MODEL = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
const WEIGHTS = 'onnx/model_quantized.onnx';
const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS];

const folder = mkdtempSync(join(tmpdir(), 'pharos-models-'));
let quick: StandInHub;
let slow: StandInHub;

beforeAll(async () => {
  expect(existsSync(MAIN), 'dist/ is there: npm run build').toBe(true);
  const files = Object.fromEntries(FILES.map((path) => [path, readFileSync(join(MODEL, path))]));
  quick = await startHub({ hubId: 'stand/in', files });
  slow = await startHub({ hubId: 'stand/in', files, pieceMs: 15 });
});

afterAll(async () => {
  await Promise.all([quick.close(), slow.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function world(name: string, hub: StandInHub) {
  const models = join(folder, name, 'models');
  const inherited = Object.entries(process.env).filter(([key]) => !/^PHAROS_|_proxy$/i.test(key));
  const env = {
    ...Object.fromEntries(inherited),
    PHAROS_INDEX: join(folder, name, 'index'),
    PHAROS_MODELS_DIR: models,
    PHAROS_THREADS: '1',
    HF_ENDPOINT: hub.url,
  };
  const pharos = (...parameters: string[]): Promise<Outcome> =>
    new Promise((resolveOutcome) => {
      execFile(process.execPath, [MAIN, ...parameters], { env }, (error, stdout, stderr) => {
        resolveOutcome({ exitCode: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  const begin = (...parameters: string[]): ChildProcess =>
    spawn(process.execPath, [MAIN, ...parameters], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { models, pharos, begin };
}

function bytesAsked(hub: StandInHub): (string | undefined)[] {
  return hub.asked
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/storage'))
    .map(({ range }) => range);
}

describe('fetching', () => {
  it('goes on after kill -9, and nothing half-fetched is taken for a model', async () => {
    slow.asked.length = 0;
    const { models, pharos, begin } = world('killed', slow);
    const first = begin('models', 'fetch', 'stand/in');
    while (bytesAsked(slow).length === 0) await sleep(20);
    await sleep(500);
    first.kill('SIGKILL');
    await once(first, 'close');
    expect(readdirSync(models).every((name) => /\.(partial|lock)$/.test(name))).toBe(true);
    const second = await pharos('models', 'fetch', 'stand/in');
    expect(second, second.stderr).toMatchObject({ exitCode: 0 });
    expect(bytesAsked(slow)[1]).toMatch(/^bytes=[1-9]\d*-$/);
    const names = readdirSync(models);
    expect(names).toEqual([expect.stringMatching(/^stand--in@[0-9a-f]{40}$/)]);
    const fetched = readFileSync(join(models, names[0] ?? '', WEIGHTS));
    expect(fetched.equals(readFileSync(join(MODEL, WEIGHTS)))).toBe(true);
  });

  it('happens once when three processes want the same', async () => {
    slow.asked.length = 0;
    const { pharos } = world('together', slow);
    const outcomes = await Promise.all([1, 2, 3].map(() => pharos('models', 'fetch', 'stand/in')));
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
    expect(bytesAsked(slow)).toEqual([undefined]);
  });
});

describe('a running server', () => {
  it('answers all along while its papers are embedded anew, and then with the new model', async () => {
    const { pharos, begin } = world('live', quick);
    const file = join(folder, 'papers.jsonl');
    const papers = Array.from({ length: 60 }, (_, at) => ({
      id: `p${at}`,
      title: at === 7 ? 'Gravitational waves from merging black holes' : `Notes on subject ${at}`,
      abstract: (at === 7
        ? 'Gravitational waves from merging holes. '
        : `What is known of it, part ${at}. `
      ).repeat(20),
    }));
    writeFileSync(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
    expect(await pharos('add', file, '--model', 'hashing')).toMatchObject({ exitCode: 0 });
    const server = begin('serve', '--port', '0', '--json', '--log-level', 'warn');
    try {
      const { url } = JSON.parse(await firstLine(server));
      const ask = async (path: string) => {
        const response = await fetch(`${url}/api/v1/${path}`);
        expect(response.status).toBe(200);
        return response.json() as Promise<{ model: string; hits: { paper: { id: string } }[] }>;
      };
      expect(await ask('status')).toMatchObject({ model: 'hashing' });
      const rebuilding = pharos('rebuild', '--model', 'stand/in', '--json');
      let isRebuilt = false;
      void rebuilding.then(() => {
        isRebuilt = true;
      });
      let answered = 0;
      const askOnce = async () => {
        // The words are those of the title: whichever model answers, it is the first.
        const question = `search?q=gravitational+waves+from+merging+holes&mode=semantic&limit=1`;
        expect((await ask(question)).hits[0]?.paper.id).toBe('p7');
        answered++;
      };
      while (!isRebuilt) {
        await askOnce();
        // Leaves the other process something of the machine.
        await sleep(50);
      }
      const rebuilt = await rebuilding;
      expect(rebuilt, rebuilt.stderr).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(rebuilt.stdout)).toMatchObject({ papers: 60, embedded: 60, model: 'stand/in' });
      const deadline = Date.now() + 60_000;
      while ((await ask('status')).model !== 'stand/in' && Date.now() < deadline) await askOnce();
      expect(await ask('status')).toMatchObject({ model: 'stand/in' });
      await askOnce();
      expect(answered).toBeGreaterThan(10);
      const { hits } = await ask('search?q=ripples+in+spacetime&mode=semantic&limit=1');
      expect(hits[0]?.paper.id).toBe('p7');
      expect((await ask('papers/p7/related?limit=3')).hits).toHaveLength(3);
      expect(await pharos('verify')).toMatchObject({ exitCode: 0 });
      server.kill('SIGTERM');
      expect((await once(server, 'close'))[0]).toBe(0);
    } finally {
      server.kill('SIGKILL');
    }
  });
});

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no stdout');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('it ended without a word');
}
