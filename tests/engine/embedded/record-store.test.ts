/** Records of sources on disk: old indexes, and no second copy of a paper that has one source. */
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { makePaper } from '../fixtures.ts';
import {
  builtIndex,
  downgrade,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

afterAll(removeFolders);

const PAPER = makePaper({ id: 'a', title: 'Said' });
const RECORD = { source: 'csv', taken: '2026-11-01', paper: PAPER };

it('come with the first writer to an index that had none, and an open reader sees them', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(3));
  downgrade(dir, 2);
  const reader = await openEmbeddedReader({ dir });
  expect(await reader.records(['a'])).toEqual([[]]);
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert([{ paper: PAPER, records: [RECORD] }]);
  expect(await reader.records(['a'])).toEqual([[RECORD]]);
  await engine.close();
  await reader.close();
});

it('hold no copy of a paper that is what its only source says', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, [{ paper: PAPER, records: [RECORD] }]);
  const db = new Database(`${dir}/papers.db`, { readonly: true });
  expect(db.prepare('SELECT source, body FROM records').all()).toEqual([{ source: 'csv', body: null }]);
  db.close();
});

it('changes nothing where a step fails halfway', async () => {
  const dir = temporaryFolder();
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert([{ paper: PAPER, records: [RECORD] }, { paper: makePaper({ id: 'b' }) }]);
  const joined = makePaper({ id: 'c', title: 'Joined' });
  const records = [RECORD, { source: 'bibtex', paper: joined }];
  // JSON knows no such number, and is only asked when the papers before have gone.
  const broken = { ...makePaper({ id: 'd' }), upvotes: 1n as unknown as number };
  await expect(engine.upsert([{ paper: joined, records }, { paper: broken }], ['a', 'b'])).rejects.toThrow();
  expect(await engine.get(['a', 'b', 'c'])).toEqual([PAPER, makePaper({ id: 'b' }), undefined]);
  expect(await engine.records(['a'])).toEqual([[RECORD]]);
  await engine.upsert([{ paper: joined, records }], ['a', 'b']);
  expect(await engine.get(['a', 'b', 'c'])).toEqual([joined, undefined, joined]);
  await engine.close();
});

it('know the names in an index that was made before names were kept', async () => {
  const dir = temporaryFolder();
  const linked = makePaper({ id: 'mine', url: 'https://arxiv.org/abs/1706.03762' });
  const sparse = { source: 'bibtex', paper: makePaper({ id: 'a', title: 'Typed' }) };
  await builtIndex(dir, [{ paper: PAPER, records: [RECORD, sparse] }, { paper: linked }]);
  downgrade(dir, 4);
  const keys = [
    { kind: 'named', value: '1706.03762' },
    { kind: 'title', value: 'typed' },
  ] as const;
  const reader = await openEmbeddedReader({ dir });
  expect(await reader.lookup(keys)).toEqual([[], []]);
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  expect((await engine.lookup(keys)).map(({ length }) => length)).toEqual([1, 1]);
  expect(await reader.lookup(keys)).toEqual(await engine.lookup(keys));
  expect(await reader.records(['a'])).toEqual([[sparse, RECORD]]);
  await engine.close();
  await reader.close();
});
