/** A paper that a library and a file of papers have under different ids, from the command line to every answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-ids-'));
const ABSTRACT = 'A network based solely on attention, without recurrence.';
const FILES = {
  'library.bib': `
@article{vaswani, title = {Attention Is All You Need}, author = {Vaswani, Ashish and Shazeer, Noam},
  doi = {10.1000/attention}, journal = {Neural Systems}, keywords = {to read}, year = 2017}
@article{other, title = {The Attention of Whales}, author = {Fox, Ada}, doi = {10.1000/whales}, year = 2017}`,
  'papers.jsonl': JSON.stringify({
    id: '1706.03762',
    title: 'Attention is all you need',
    abstract: ABSTRACT,
    authors: ['Ashish Vaswani', 'Noam Shazeer'],
    doi: '10.1000/attention',
    published: '2017-06-12',
  }),
};

async function pharos(...parameters: string[]) {
  const environment = { PHAROS_INDEX: join(folder, 'index') };
  const outcome = await runCli(parameters, { environment });
  expect(outcome).toMatchObject({ exitCode: 0 });
  return outcome.stdout;
}

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  await pharos('add', join(folder, 'library.bib'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is one paper that answers to both', async () => {
  const report = JSON.parse(await pharos('add', join(folder, 'papers.jsonl'), '--json'));
  expect(report).toMatchObject({ added: 0, updated: 1 });
  for (const name of ['1706.03762', '10.1000/attention', 'https://doi.org/10.1000/attention']) {
    const shown = JSON.parse(await pharos('show', name, '--sources', '--json'));
    expect(shown).toMatchObject({
      paper: { id: '1706.03762', abstract: ABSTRACT, published: '2017-06-12', tags: ['to read'] },
      otherIds: ['10.1000/attention'],
      fields: { abstract: { source: 'jsonl' }, tags: { source: 'bibtex' } },
    });
    const found = JSON.parse(await pharos('search', `id:${name}`, '--json'));
    expect(found).toMatchObject({ total: 1, hits: [{ paper: { id: '1706.03762' } }] });
    const related = JSON.parse(await pharos('related', name, '--json'));
    expect(related.hits.map((hit: { paper: { id: string } }) => hit.paper.id)).toEqual(['10.1000/whales']);
  }
  expect(await pharos('show', '1706.03762', '--sources')).toMatch(/\nalso +10\.1000\/attention\n/);
  expect(JSON.parse(await pharos('search', 'attention -id:10.1000/attention', '--json'))).toMatchObject({
    total: 1,
  });
});

it('is known again under either, and goes as one', async () => {
  for (const name of Object.keys(FILES)) {
    const report = JSON.parse(await pharos('add', join(folder, name), '--json'));
    expect(report).toMatchObject({ added: 0, updated: 0, nothingChanged: true });
  }
  expect(JSON.parse(await pharos('remove', '10.1000/attention', '--json')).removed).toEqual(['1706.03762']);
  expect(
    await runCli(['show', '1706.03762'], { environment: { PHAROS_INDEX: join(folder, 'index') } }),
  ).toMatchObject({
    exitCode: 1,
  });
});
