import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { addPapers } from '../../src/indexer/add-papers.ts';
import { type ImportOptions, rowsWithVectors } from '../../src/indexer/import-vectors.ts';
import { readPapers } from '../../src/ingest/open-source.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { CountingEmbedder, DIMENSIONS, paper, papers, SPACE, vectorOf } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-vectors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const papersPath = join(folder, 'papers.jsonl');
const vectorsPath = join(folder, 'papers.f32');

/** Lines and their vectors on disk; `header` overrides what the description says. */
function write(
  lines: readonly (Paper | string)[],
  header: Readonly<Record<string, unknown>> = {},
  vectors: readonly Float32Array[] = lines.map((line) => vectorOf(textOf(line))),
): void {
  writeFileSync(
    papersPath,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  writeFileSync(vectorsPath, Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer))));
  const described = {
    rows: vectors.length,
    dimensions: DIMENSIONS,
    type: 'float32',
    model: { name: SPACE.name },
  };
  writeFileSync(join(folder, 'papers.json'), JSON.stringify({ ...described, ...header }));
}

function textOf(line: Paper | string): string {
  return typeof line === 'string' ? line : embeddedText(line);
}

function bench() {
  const engine = new ExactEngine(SPACE);
  const embedder = new CountingEmbedder();
  const pairs = (options: Partial<ImportOptions> = {}) =>
    rowsWithVectors(() => readPapers(papersPath, { format: 'jsonl' }), {
      papersPath,
      vectorsPath,
      model: embedder.model,
      ...options,
    });
  const add = async (options: Partial<ImportOptions> = {}) =>
    addPapers(await pairs(options), { engine, embedder, batchSize: 4 });
  return { engine, embedder, pairs, add };
}

describe('rowsWithVectors', () => {
  it('gives every paper the vector of its row, faulty rows included', async () => {
    const { engine, embedder, add } = bench();
    const [first, ...rest] = papers(9);
    if (first) write([first, 'this is no paper', ...rest]);
    expect(await add()).toMatchObject({ read: 10, added: 9, faulty: 1, imported: 9, embedded: 0 });
    expect(embedder.texts).toEqual([]);
    for await (const { paper, vector } of engine.scan())
      expect(vector).toEqual(vectorOf(embeddedText(paper)));
  });

  it('changes nothing the second time, and fills in what was missing', async () => {
    const { engine, add } = bench();
    write(papers(5));
    await engine.upsert([{ paper: paper('p0', papers(1)[0]) }]);
    expect(await add()).toMatchObject({ added: 4, unchanged: 1, imported: 5, embedded: 0 });
    expect(await add()).toMatchObject({ unchanged: 5, imported: 0, nothingChanged: true });
  });

  it('embeds what was joined from two rows, whose text no vector was made of', async () => {
    const { engine, embedder, add } = bench();
    await engine.upsert([{ paper: paper('a', { abstract: 'A long abstract.' }) }]);
    write([paper('a', { abstract: '', venue: 'Nature' })]);
    expect(await add()).toMatchObject({ updated: 1, imported: 0, embedded: 1 });
    expect(embedder.texts).toEqual(['Paper a\nA long abstract.']);
  });

  it('takes the vector of the version that wins', async () => {
    const { engine, add } = bench();
    const versions = [2, 3, 1].map((version) => paper('a', { version, title: `Version ${version}` }));
    write(versions);
    await add();
    const [vector] = await engine.vectors(['a']);
    expect(vector).toEqual(vectorOf(textOf(versions[1] ?? '')));
  });

  it.each([
    ['another model', { model: { name: 'other' } }, 'the model of the vectors is other'],
    ['another fingerprint', { model: { name: SPACE.name, fingerprint: 'beef' } }, 'beef'],
    ['another pooling', { model: { name: SPACE.name, pooling: 'cls' } }, 'pooling'],
    ['another template', { model: { name: SPACE.name, text: 'abstract' } }, 'template'],
    ['another file', { corpus: { file: 'x.jsonl', sha256: '00' } }, 'made from x.jsonl'],
    ['torn vectors', { sha256: '00' }, 'not those that'],
  ])('refuses vectors of %s before anything is read', async (_, header, complaint) => {
    write(papers(3), header);
    const refusal = { code: 'VECTORS_MISMATCH', message: expect.stringContaining(complaint) };
    await expect(bench().pairs()).rejects.toMatchObject(refusal);
  });

  it('refuses other dimensions', async () => {
    write(papers(3), { dimensions: DIMENSIONS / 2, rows: 6 });
    await expect(bench().pairs()).rejects.toMatchObject({ code: 'VECTORS_MISMATCH' });
  });

  it('takes what the header says of the same model, line feed or not', async () => {
    const { model, ...rest } = {
      model: { name: SPACE.name, text: 'title\\nabstract', pooling: 'hashing', maxTokens: 256 },
    };
    write(papers(3), { model, ...rest });
    await expect(bench().add()).resolves.toMatchObject({ imported: 3 });
  });

  it('trusts a fingerprint alone', async () => {
    write(papers(3), { model: { name: 'renamed', fingerprint: SPACE.fingerprint } });
    await expect(bench().add()).resolves.toMatchObject({ imported: 3 });
  });

  it('compares the hash of the weights', async () => {
    const weights = join(folder, 'weights.onnx');
    writeFileSync(weights, 'weights');
    const sha256 = createHash('sha256').update(readFileSync(weights)).digest('hex');
    write(papers(2), { model: { name: SPACE.name, file: 'weights.onnx', sha256 } });
    await expect(bench().add({ modelFolder: folder })).resolves.toMatchObject({ imported: 2 });
    writeFileSync(weights, 'other weights');
    await expect(bench().pairs({ modelFolder: folder })).rejects.toMatchObject({ code: 'VECTORS_MISMATCH' });
  });

  it('refuses one row too few or too many, and a vector of nothing', async () => {
    write(
      papers(3),
      {},
      [0, 1].map((at) => vectorOf(String(at))),
    );
    const refusal = { code: 'VECTORS_MISMATCH', message: expect.stringContaining('has 3 rows') };
    await expect(bench().pairs()).rejects.toMatchObject(refusal);
    write(papers(1), {}, [new Float32Array(DIMENSIONS)]);
    await expect(bench().pairs()).rejects.toMatchObject({ code: 'VECTORS_MISMATCH' });
  });
});
