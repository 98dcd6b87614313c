import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { runCli } from './test-io.ts';

let folder = '';
let index = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pharos-library-'));
  index = join(folder, 'index');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const papers = [
    { id: '1706.03762', title: 'Attention Is All You Need' },
    { id: '1810.04805', title: 'BERT', doi: '10.18653/v1/n19-1423' },
  ];
  writeFileSync(join(folder, 'a.jsonl'), papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  await runCli(['add', join(folder, 'a.jsonl'), '--index', index]);
});

const library = (...parameters: readonly string[]) => runCli(['library', ...parameters, '--index', index]);

it('keeps papers under any of their names, changes what is said and takes them out', async () => {
  const names = ['https://arxiv.org/abs/1706.03762v5', '10.18653/v1/n19-1423'];
  const added = await library('add', ...names, '--tag', 'thesis', '--tag', 'to cite', '--note', 'Section 3.');
  expect(added.stdout).toContain('Kept Attention Is All You Need · 1706.03762 · to read · thesis, to cite\n');
  await library('add', '1706.03762', '--read', '--untag', 'Thesis');
  const listed = await library('--json');
  expect(JSON.parse(listed.stdout).entries).toMatchObject([
    { id: '1810.04805', read: false, tags: ['thesis', 'to cite'] },
    { id: '1706.03762', read: true, tags: ['to cite'], note: 'Section 3.' },
  ]);
  await runCli(['remove', '1706.03762', '--index', index]);
  expect((await library('list')).stdout).toContain('1706.03762 · read · no longer in the index · to cite\n');
  expect(await library('remove', '1706.03762', '1810.04805')).toMatchObject({
    stdout: 'Removed 2 papers.\n',
  });
  expect(await library()).toMatchObject({ stdout: '', stderr: 'Nothing is kept.\n' });
});

it('goes out and comes in, into the library of a key too', async () => {
  await library('add', '1706.03762', '--note', 'for all');
  const file = join(folder, 'library.json');
  writeFileSync(file, (await library('export')).stdout);
  const imported = await library('import', file, '--of', '0123456789ab');
  expect(imported.stdout).toBe('The library has 1 paper and 0 saved searches now.\n');
  const theirs = JSON.parse((await library('--of', '0123456789ab', '--json')).stdout);
  expect(theirs.entries).toMatchObject([{ id: '1706.03762', note: 'for all' }]);
});

it('says what is wrong, and does nothing then', async () => {
  expect(await library('add', '1706.03762', 'never')).toMatchObject({ exitCode: 1 });
  expect(await library('add', '1706.03762', '--tag', 'a,b')).toMatchObject({ exitCode: 2 });
  expect(await library('--of', '../up')).toMatchObject({ exitCode: 2 });
  writeFileSync(join(folder, 'other.json'), '[]');
  const wrong = await library('import', join(folder, 'other.json'));
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('no library that Pharos')]);
  expect(await library()).toMatchObject({ stdout: '', stderr: 'Nothing is kept.\n' });
});
