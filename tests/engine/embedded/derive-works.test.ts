/** A snapshot of an earlier Pharos, which knew nothing of works and traits, is completed and never served without. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import type { EngineReader } from '../../../src/engine/engine.ts';
import { makePaper } from '../fixtures.ts';
import { builtIndex, removeFolders, SPACE, somePapers, temporaryFolder } from './temporary-index.ts';

afterEach(removeFolders);

/** Leaves the folder as one who wrote no such file would have. */
function forgetWorks(dir: string): void {
  const path = join(dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(join(dir, manifest.snapshot.folder, 'works.bin'));
  delete manifest.snapshot.files['works.bin'];
  writeFileSync(path, JSON.stringify(manifest));
}

async function answers(engine: EngineReader) {
  const set = { filter: {}, terms: [{ term: 'quantum', weight: 1 }], also: [], excluded: [] };
  const { docIds } = await engine.byDate(set, { order: 'newest', limit: 100 });
  return {
    facets: await engine.facets(set, { fields: ['source', 'code', 'year'], limit: 10 }),
    works: await engine.sameWorks([...docIds]),
  };
}

test('it is read from the papers with a notice, and once a writer made a snapshot no more', async () => {
  const dir = temporaryFolder();
  const twin = (id: string) =>
    makePaper({
      id,
      title: 'A quantum whale in the northern ocean',
      authors: ['Ada Fox'],
      code: 'https://x.org',
    });
  const twins = ['2001.00001', 'copy'].map((id) => ({ paper: twin(id) }));
  await builtIndex(dir, [...somePapers(40), ...twins]);
  const whole = await openEmbeddedReader({ dir, space: SPACE });
  const expected = await answers(whole);
  await whole.close();
  expect(expected.works.flat()).toHaveLength(2);

  forgetWorks(dir);
  const notices: string[] = [];
  const onNotice = (message: string) => void notices.push(message);
  const reader = await openEmbeddedReader({ dir, space: SPACE, onNotice });
  expect(await answers(reader)).toEqual(expected);
  expect(notices).toEqual([expect.stringContaining('earlier Pharos')]);
  await reader.close();

  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.checkpoint();
  await engine.close();
  const again = await openEmbeddedReader({ dir, space: SPACE, onNotice });
  expect(await answers(again)).toEqual(expected);
  expect(notices).toHaveLength(1);
  await again.close();
});
