/** The examples of docs/citations.md are what Pharos prints, over the papers of the sample that they name. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CITATION_FORMATS, CITATION_STYLES } from '../../src/citations/citation-formats.ts';
import { runCli } from '../cli/test-io.ts';

const TEXT = readFileSync('docs/citations.md', 'utf8');
const EXAMPLES = [...TEXT.matchAll(/^```console\n\$ pharos (.*)\n([\s\S]*?)^```$/gm)].map(
  ([, command = '', output = '']) => ({ command, output }),
);
const folder = mkdtempSync(join(tmpdir(), 'pharos-citations-'));
const environment = { PHAROS_INDEX: join(folder, 'index') };

beforeAll(async () => {
  const named = new Set(EXAMPLES.flatMap(({ command }) => command.split(' ')));
  const lines = readFileSync('data/sample.jsonl', 'utf8').trim().split('\n');
  const file = join(folder, 'sample.jsonl');
  writeFileSync(file, lines.filter((line) => named.has(JSON.parse(line).id)).join('\n'));
  expect(await runCli(['add', file], { environment })).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has examples, and names every format and style', () => {
  expect(EXAMPLES.length).toBeGreaterThan(4);
  for (const name of [...CITATION_FORMATS.slice(1), ...CITATION_STYLES])
    expect(TEXT.toLowerCase()).toContain(name);
});

it.each(EXAMPLES)('prints $command', async ({ command, output }) => {
  const { exitCode, stdout, stderr } = await runCli(command.split(' '), { environment });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toBe(output);
});
