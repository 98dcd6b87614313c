/**
 * The running server against its own description, asked by a program that knows nothing else of it: no question
 * crashes it, and no answer is other than promised. Needs schemathesis, named by SCHEMATHESIS; `.ci/run` installs it.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

const PROGRAM = process.env.SCHEMATHESIS;
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'unsupported_method',
];
/** Questions for each address, beside those at the limits of every parameter. */
const EXAMPLES = 10;
/**
 * Alerts send mail, for which this server has no settings, and call addresses of others; papers are not to be taken
 * out from under the other questions.
 */
const LEFT_ALONE = ['postAlerts', 'deletePapersId'].flatMap((id) => ['--exclude-operation-id', id]);
/** The end of the report says what failed; lines hold whole bodies. */
const SHOWN_LINES = 60;
const SHOWN_LENGTH = 500;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pharos-contract-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function serveSample(): Promise<string> {
  const options = ['--index', join(folder, 'index'), '--model', 'hashing', '--port', '0', '--json'];
  const args = [
    'dist/cli/main.js',
    'serve',
    '--sample',
    'data/sample.jsonl',
    '--log-level',
    'silent',
    ...options,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return JSON.parse(String(line)).url;
}

/** The text of the report where something failed; empty where nothing did. */
async function complaintsAbout(url: string): Promise<string> {
  const phases = ['--phases', 'examples,coverage,fuzzing', '--workers', '2'];
  const options = [
    ...phases,
    '--max-examples',
    String(EXAMPLES),
    '--seed',
    '7',
    '--generation-database',
    'none',
  ];
  const args = ['run', `${url}/openapi.json`, '--checks', CHECKS.join(), ...options, ...LEFT_ALONE];
  try {
    await promisify(execFile)(String(PROGRAM), args, { maxBuffer: 2 ** 28, cwd: folder });
    return '';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}\n${stderr}`.trim().split('\n').slice(-SHOWN_LINES);
    return lines.map((line) => line.slice(0, SHOWN_LENGTH)).join('\n') || String(error);
  }
}

it.skipIf(PROGRAM === undefined)(
  'answers as it says it does, whatever it is asked (needs SCHEMATHESIS, the path of that program)',
  async () => {
    expect(await complaintsAbout(await serveSample())).toBe('');
  },
);
