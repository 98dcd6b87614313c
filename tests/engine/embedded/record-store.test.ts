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
