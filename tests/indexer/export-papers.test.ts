import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineReader, IndexedPaper } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import { exportPapers } from '../../src/indexer/export-papers.ts';
import { rowsWithVectors } from '../../src/indexer/import-vectors.ts';
import { readPapers } from '../../src/ingest/open-source.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { CountingEmbedder, paper, papers, SPACE, vectorOf } from './fixtures.ts';

const FULL: Paper = {
  ...paper('10.1000/full'),
  abstractBy: 'Pharos',
  authorCount: 9,
  published: '2017-06',
  updated: '2018-01-02',
  categories: ['cs.CL', 'stat.ML'],
  venue: 'Nature',
  url: 'https://example.org/full',
  doi: '10.1000/full',
  code: 'https://example.org/code',
  comment: 'eight pages',
  journalRef: 'Nature 1 (2017)',
  license: 'CC0',
  language: 'en',
  version: 3,
  upvotes: 7,
  comments: 2,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pharos-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function engineOf(list: readonly Paper[]): Promise<ExactEngine> {
  const engine = new ExactEngine(SPACE);
  await engine.upsert(list.map((paper) => ({ paper, vector: vectorOf(embeddedText(paper)) })));
  return engine;
}

async function contents(engine: EngineReader): Promise<IndexedPaper[]> {
  const all: IndexedPaper[] = [];
  for await (const indexed of engine.scan()) all.push(indexed);
  return all;
}

const refuse = () => Promise.reject(new Error('nothing should be written here'));

describe('exportPapers', () => {
  it('writes one paper a line, oldest first', async () => {
    const list = papers(5);
    let text = '';
    const write = async (line: string) => {
      text += line;
    };
    expect(await exportPapers({ engine: await engineOf(list), write })).toEqual({ papers: 5 });
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(list);
  });

  it.each(['papers.jsonl', 'papers.jsonl.gz'])('comes back whole from %s and its vectors', async (name) => {
    const engine = await engineOf([FULL, ...papers(40)]);
    const [out, vectors] = [join(folder, name), join(folder, 'vectors.f16')];
    await exportPapers({ engine, write: refuse, out, vectors });
    expect(readdirSync(folder).toSorted()).toEqual([name, 'vectors.f16', 'vectors.json']);

    const [copy, embedder] = [new ExactEngine(SPACE), new CountingEmbedder()];
    const rows = await rowsWithVectors(() => readPapers(out), {
      papersPath: out,
      vectorsPath: vectors,
      model: embedder.model,
    });
    expect(await addPapers(rows, { engine: copy, embedder })).toMatchObject({
      added: 41,
      imported: 41,
      embedded: 0,
    });
    const [before, after] = [await contents(engine), await contents(copy)];
    expect(after.map(({ paper }) => paper)).toEqual(before.map(({ paper }) => paper));
    for (const [at, { vector }] of after.entries()) {
      for (const [axis, component] of (vector ?? []).entries()) {
        expect(component).toBeCloseTo(before[at]?.vector?.[axis] ?? Number.NaN, 3);
      }
    }
  });

  it('exports no vectors while some are missing', async () => {
    const engine = await engineOf(papers(2));
    await engine.upsert([{ paper: paper('late') }]);
    const failed = exportPapers({ engine, write: refuse, vectors: join(folder, 'v.f16') });
    await expect(failed).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: '1 of 3 papers have no vector yet',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted or cannot write', async () => {
    const engine = await engineOf(papers(5));
    const interrupted = exportPapers({
      engine,
      write: refuse,
      out: join(folder, 'papers.jsonl'),
      vectors: join(folder, 'v.f16'),
      signal: AbortSignal.abort(),
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const nowhere = exportPapers({ engine, write: refuse, out: join(folder, 'no', 'papers.jsonl') });
    await expect(nowhere).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
