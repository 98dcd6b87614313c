import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PaperInput } from '../../src/client/paper-input.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { type OpenPharosOptions, openPharos } from '../../src/library/open-pharos.ts';
import { runCli } from '../cli/test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-library-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAPERS: readonly PaperInput[] = [
  { id: '1706.03762', title: 'Attention Is All You Need', abstract: 'Sequences by attention alone.' },
  { id: '1512.03385', title: 'Deep Residual Learning', abstract: 'Skip connections for deep networks.' },
  { title: 'A Title Alone', published: '2015-12', categories: ['cs.CV'] },
];

let indexes = 0;

/** A new index, closed when the test ends. */
async function open(options: Partial<OpenPharosOptions> = {}) {
  const index = join(folder, String(indexes++));
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const pharos = await openPharos({ index, create: true, model: 'hashing', onNotice, ...options });
  onTestFinished(() => pharos.close());
  return { pharos, index, notices };
}

function idsOf({
  hits,
}: {
  readonly hits: readonly { readonly paper: { readonly id: string } }[];
}): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('openPharos', () => {
  it('makes an index only when it is told to', async () => {
    const index = join(folder, 'none');
    await expect(openPharos({ index, model: 'hashing' })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    const made = await openPharos({ index, model: 'hashing', create: true });
    expect(await made.status()).toMatchObject({ papers: 0, space: { name: 'hashing' } });
    await made.close();
    const again = await openPharos({ index });
    expect((await again.search({ q: 'anything' })).hits).toEqual([]);
    await again.close();
  });

  it('says which option is not valid, and which model does not fit', async () => {
    await expect(openPharos({ index: '', create: true })).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
    await expect(openPharos({ index: 'x', threads: 0.5 })).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
    });
    const dir = join(folder, 'other-model');
    const space = { name: 'other', dimensions: 8, fingerprint: 'other' };
    await (await openEmbeddedEngine({ dir, space })).close();
    const wrong = openPharos({ index: dir, model: 'hashing' });
    await expect(wrong).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
  });

  it('finds at once what was added, and no longer what was removed', async () => {
    const { pharos } = await open();
    expect(await pharos.add(PAPERS)).toMatchObject({ read: 3, added: 3, embedded: 3, faulty: 0 });
    expect(idsOf(await pharos.search({ q: 'deep residual networks', limit: 1 }))).toEqual(['1512.03385']);
    expect(await pharos.get('https://arxiv.org/abs/1706.03762v5')).toMatchObject({ id: '1706.03762' });
    expect(await pharos.remove(['arXiv:1512.03385v1', '2401.00001'])).toEqual(['1512.03385']);
    expect(await pharos.get('1512.03385')).toBeUndefined();
    expect(idsOf(await pharos.search({ q: 'deep residual networks' }))).not.toContain('1512.03385');
    expect(await pharos.add(PAPERS)).toMatchObject({ added: 1, unchanged: 2, embedded: 1 });
  });

  it('finds at once what another process added', async () => {
    const { pharos, index } = await open();
    const file = join(folder, 'papers.jsonl');
    writeFileSync(file, PAPERS.map((paper) => JSON.stringify(paper)).join('\n'));
    for (let round = 0; round < 2; round++) {
      expect(idsOf(await pharos.search({ q: 'skip connections' }))).not.toContain('1512.03385');
      expect(await runCli(['add', file, '--index', index])).toMatchObject({ exitCode: 0 });
      expect(idsOf(await pharos.search({ q: 'skip connections' }))).toContain('1512.03385');
      await runCli(['remove', '1512.03385', '--index', index]);
    }
  });

  it('takes files as the command line does, and says nothing on the way', async () => {
    const { pharos, notices } = await open();
    const file = join(folder, 'library.bib');
    writeFileSync(file, '@article{a, title = {Coral Reefs}, author = {Ada Lovelace}, year = 2001}');
    expect(await pharos.addFiles([file], { format: 'bibtex' })).toMatchObject({ added: 1 });
    expect((await pharos.suggest({ q: 'lovel' })).suggestions).toMatchObject([{ text: 'Ada Lovelace' }]);
    await expect(pharos.addFiles([join(folder, 'none')])).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
    expect(notices).toEqual([]);
  });

  it('counts rows that are no papers with their places, or stops at the first', async () => {
    const { pharos } = await open();
    const rows = [{ title: 'Good' }, { title: ' ' }, null, 'text', { title: 'Fine' }] as PaperInput[];
    const report = await pharos.add(rows);
    expect(report).toMatchObject({ read: 5, added: 2, faulty: 3 });
    expect(report.samples.map(({ line }) => line)).toEqual([2, 3, 4]);
    await expect(pharos.add(rows, { strict: true })).rejects.toMatchObject({ code: 'ROW_INVALID' });
  });

  it('lets writers of one process take turns, and takes async iterables', async () => {
    const { pharos } = await open();
    async function* many(from: number) {
      for (let at = from; at < from + 30; at++) yield { title: `Paper ${at}`, id: `own-${at}` };
    }
    const failing = pharos.add([{ title: '' }], { strict: true });
    const reports = await Promise.all([
      pharos.add(many(0)),
      failing.catch(({ code }) => code),
      pharos.add(many(15)),
      pharos.remove(['own-0']),
    ]);
    expect(reports).toMatchObject([{ added: 30 }, 'ROW_INVALID', { added: 15, unchanged: 15 }, ['own-0']]);
    expect((await pharos.status()).papers).toBe(44);
  });

  it('keeps what was stored before it was told to stop', async () => {
    const { pharos } = await open();
    const stopping = new AbortController();
    async function* rows() {
      for (let at = 0; at < 5_000; at++) {
        if (at === 1_200) stopping.abort();
        yield { title: `Paper ${at}`, id: `own-${at}` };
      }
    }
    const added = pharos.add(rows(), { signal: stopping.signal });
    await expect(added).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const { papers } = await pharos.status();
    expect(papers).toBeGreaterThan(0);
    expect(papers).toBeLessThan(5_000);
  });

  it('says everything that is wrong with what was asked', async () => {
    const { pharos } = await open();
    const wrong = { q: 'x', limit: 500, categroy: ['cs'] } as { q: string };
    const error = await pharos.search(wrong).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INPUT_INVALID' });
    expect(String(error)).toMatch(/limit must be at most 100.*categroy.*category/);
    await expect(pharos.search({ q: '  ' })).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
    await expect(pharos.related({})).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    const missing = pharos.related({ positive: ['2401.00001', '2401.00002'] });
    await expect(missing).rejects.toMatchObject({ code: 'PAPER_NOT_FOUND', issues: [{}, {}] });
    const left = { q: 'x', limit: undefined, from: undefined } as unknown as { q: string };
    expect((await pharos.search(left)).hits).toEqual([]);
  });

  it('answers nothing more once it is closed, which waits for what is being written', async () => {
    const { pharos, index } = await open();
    const added = pharos.add(PAPERS);
    await Promise.all([pharos.close(), pharos.close()]);
    expect(await added).toMatchObject({ added: 3 });
    await expect(pharos.search({ q: 'x' })).rejects.toThrow('closed');
    await expect(pharos.add(PAPERS)).rejects.toThrow('closed');
    const again = await openPharos({ index });
    expect(await again.status()).toMatchObject({ papers: 3, embedded: 3 });
    await again.close();
  });
});
