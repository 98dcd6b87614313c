/** The embedded engine survives what may happen to its files, and says who may open them. */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readHnswHeader } from '../../../src/engine/embedded/hnsw-file.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { unpackGraph } from '../../../src/engine/embedded/packed-graph.ts';
import { sealOf } from '../../../src/engine/embedded/snapshot-file.ts';
import { verifyIndex } from '../../../src/engine/embedded/verify.ts';
import {
  answersOf,
  builtIndex,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

const create = () => openEmbeddedEngine({ dir: temporaryFolder(), space: SPACE });

function snapshotFolder(dir: string): string {
  const name = readdirSync(dir).find((entry) => entry.startsWith('snapshot-')) ?? '';
  return join(dir, name);
}

function graphFile(dir: string): string {
  return join(snapshotFolder(dir), 'graph.bin');
}

/** Makes the snapshot one of a Pharos that packed no graphs. */
async function layOutPlainly(dir: string): Promise<void> {
  const path = graphFile(dir);
  await unpackGraph(path, join(dir, 'plain'));
  renameSync(join(dir, 'plain'), path);
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
  manifest.snapshot.files['graph.bin'] = sealOf(path);
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
}

async function readerAnswers(dir: string): Promise<{ answers: unknown; notices: string[] }> {
  const notices: string[] = [];
  const reader = await openEmbeddedReader({
    dir,
    space: SPACE,
    onNotice: (message) => notices.push(message),
  });
  const answers = await answersOf(reader);
  await reader.close();
  return { answers, notices };
}

describe('what is on disk', () => {
  afterEach(removeFolders);

  test('a start from the snapshot answers as the engine that wrote it', async () => {
    const dir = temporaryFolder();
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.upsert(somePapers(300));
    await engine.remove(['p4', 'p44']);
    const before = await answersOf(engine);
    await engine.checkpoint();
    expect(await answersOf(engine)).toEqual(before);
    await engine.close();
    expect(await readerAnswers(dir)).toEqual({ answers: before, notices: [] });
  });

  test('changes after the snapshot are caught up with, without a new one when they are few', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(300));
    const folder = snapshotFolder(dir);
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.upsert(somePapers(20, 301));
    await engine.remove(['p1']);
    await engine.checkpoint();
    const expected = await answersOf(engine);
    await engine.close();
    expect(snapshotFolder(dir)).toBe(folder);
    expect((await readerAnswers(dir)).answers).toEqual(expected);
  });

  test('many changes make a new snapshot and sweep the old one away', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(300));
    const folder = snapshotFolder(dir);
    await builtIndex(dir, somePapers(300, 301));
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(dir).filter((name) => name.startsWith('snapshot-'))).toHaveLength(1);
  });

  test('a snapshot whose graph lies as hnswlib writes it is read and grown as ever, and packed by the next one', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(300));
    const packed = statSync(graphFile(dir)).size;
    await layOutPlainly(dir);
    expect(statSync(graphFile(dir)).size).toBeGreaterThan(packed);
    expect((await verifyIndex({ dir })).checks.filter(({ ok }) => !ok)).toEqual([]);
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.upsert(somePapers(300, 301));
    await engine.checkpoint();
    expect(await engine.status()).toMatchObject({ papers: 600, embedded: 600 });
    await engine.close();
    expect(readHnswHeader(graphFile(dir))).toMatchObject({ isPacked: true, count: 600 });
    expect((await verifyIndex({ dir })).ok).toBe(true);
  });

  test('what a killed writer left of a graph is swept away, and a growth leaves nothing beside the snapshot', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(300));
    writeFileSync(join(dir, 'graph.tmp'), 'half a graph');
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    expect(existsSync(join(dir, 'graph.tmp'))).toBe(false);
    await engine.upsert(somePapers(300, 301));
    await engine.checkpoint();
    await engine.close();
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'no room to unpack a graph is DISK_FULL, and the old snapshot serves on',
    async () => {
      const dir = temporaryFolder();
      await builtIndex(dir, somePapers(300));
      const folder = snapshotFolder(dir);
      const engine = await openEmbeddedEngine({ dir, space: SPACE });
      await engine.upsert(somePapers(300, 301));
      symlinkSync('/dev/full', join(dir, 'graph.tmp'));
      await expect(engine.checkpoint()).rejects.toMatchObject({ code: 'DISK_FULL' });
      const answers = await answersOf(engine);
      await engine.close();
      expect(snapshotFolder(dir)).toBe(folder);
      expect((await readerAnswers(dir)).answers).toEqual(answers);
      await builtIndex(dir, []);
      expect((await verifyIndex({ dir })).ok).toBe(true);
    },
  );

  const damages: [string, (dir: string) => void][] = [
    ['missing', (dir) => rmSync(snapshotFolder(dir), { recursive: true })],
    ['with a graph that is cut off', (dir) => truncateSync(graphFile(dir), 9_000)],
    ['with a graph changed by one bit', (dir) => flipBit(graphFile(dir))],
    ['without its graph', (dir) => rmSync(join(snapshotFolder(dir), 'graph.bin'))],
    ['torn', (dir) => truncateSync(join(snapshotFolder(dir), 'postings.bin'), 300)],
    ['changed by one bit', (dir) => flipBit(join(snapshotFolder(dir), 'codes.bin'))],
    ['without a manifest', (dir) => rmSync(join(dir, 'manifest.json'))],
    ['under half a manifest', (dir) => truncateSync(join(dir, 'manifest.json'), 120)],
  ];
  test.each(damages)('a snapshot that is %s is built anew, never served wrong', async (_name, damage) => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(250));
    const { answers } = await readerAnswers(dir);
    damage(dir);
    expect((await readerAnswers(dir)).answers).toEqual(answers);
    // The next writer puts things right for good.
    await builtIndex(dir, []);
    expect(await readerAnswers(dir)).toEqual({ answers, notices: [] });
  });

  test('a snapshot of another index is not taken for its own', async () => {
    const [mine, other] = [temporaryFolder(), temporaryFolder()];
    await builtIndex(mine, somePapers(250));
    const { answers } = await readerAnswers(mine);
    await builtIndex(other, somePapers(250, 500));
    rmSync(snapshotFolder(mine), { recursive: true });
    cpSync(snapshotFolder(other), snapshotFolder(other).replace(other, mine), { recursive: true });
    cpSync(join(other, 'manifest.json'), join(mine, 'manifest.json'));
    const after = await readerAnswers(mine);
    expect(after.answers).toEqual(answers);
    expect(after.notices.join()).toMatch(/belongs to another index/);
  });

  test('an index copied elsewhere works there', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()];
    await builtIndex(from, somePapers(250));
    cpSync(from, to, { recursive: true });
    expect(await readerAnswers(to)).toEqual(await readerAnswers(from));
  });

  test('vectors survive the store to float16 precision', async () => {
    const engine = await create();
    const [one] = somePapers(1);
    await engine.upsert(one ? [one] : []);
    const [stored] = await engine.vectors(['p1']);
    for (const [at, component] of (one?.vector ?? []).entries())
      expect(stored?.[at]).toBeCloseTo(component, 3);
    await engine.close();
  });
});

describe('who may open it', () => {
  afterEach(removeFolders);

  test('no index is INDEX_MISSING for a reader', async () => {
    const dir = temporaryFolder();
    await expect(openEmbeddedReader({ dir })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    writeFileSync(join(dir, 'papers.db'), '');
    await expect(openEmbeddedReader({ dir })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });

  test('another model is INDEX_INCOMPATIBLE and names both', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(3));
    const space = { name: 'other-model', dimensions: 24, fingerprint: 'beef' };
    const refusal = { code: 'INDEX_INCOMPATIBLE', message: expect.stringMatching(/test-model.*other-model/) };
    await expect(openEmbeddedReader({ dir, space })).rejects.toMatchObject(refusal);
    await expect(openEmbeddedEngine({ dir, space })).rejects.toMatchObject(refusal);
    // The failed writer has let go of the lock.
    await builtIndex(dir, somePapers(4));
  });

  test('a manifest of a later format is INDEX_INCOMPATIBLE', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(3));
    const path = join(dir, 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"formatVersion": 1', '"formatVersion": 9'));
    await expect(openEmbeddedReader({ dir })).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
  });

  test('a file that is no database is INDEX_DAMAGED', async () => {
    const dir = temporaryFolder();
    writeFileSync(
      join(dir, 'papers.db'),
      'not a database at all, but long enough to be read as one '.repeat(50),
    );
    await expect(openEmbeddedReader({ dir })).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
  });

  test('the second writer is told the process of the first, or waits for it', async () => {
    const dir = temporaryFolder();
    const first = await openEmbeddedEngine({ dir, space: SPACE });
    await expect(openEmbeddedEngine({ dir, space: SPACE })).rejects.toMatchObject({
      code: 'INDEX_LOCKED',
      message: expect.stringContaining(String(process.pid)),
    });
    const second = openEmbeddedEngine({ dir, space: SPACE, waitMs: 5_000 });
    await first.close();
    await (await second).close();
  });
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length - 7;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
