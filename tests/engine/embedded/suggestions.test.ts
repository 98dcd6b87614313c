/** The tables that complete what is typed: old indexes, many authors, hostile words, repair. */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { verifyIndex } from '../../../src/engine/embedded/verify.ts';
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import { nameTokens } from '../../../src/text/names.ts';
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

function alter(dir: string, sql: string): void {
  const db = new Database(`${dir}/papers.db`);
  db.exec(sql);
  db.close();
}

describe('suggestions of the embedded engine', () => {
  it('come with the first writer to an index that had none, and readers say so until then', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(50));
    downgrade(dir, 2);
    const reader = await openEmbeddedReader({ dir });
    await expect(reader.complete(['on'], 5)).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
    await reader.close();
    expect((await verifyIndex({ dir })).checks.find(({ ok }) => !ok)?.name).toBe('suggestions');
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    const { titles, authors } = await engine.complete(['on'], 5);
    expect(titles).toHaveLength(5);
    expect(authors).toEqual([]);
    expect((await engine.complete(['bo'], 5)).authors).toEqual([{ name: 'Bo Common', papers: 50 }]);
    await engine.close();
  });

  it('are seen by a reader as soon as they are committed', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(5));
    const reader = await openEmbeddedReader({ dir });
    expect((await reader.complete(['zebra'], 5)).titles).toEqual([]);
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.upsert([{ paper: makePaper({ id: 'z', title: 'Zebras', authors: ['Zoe Zebra'] }) }]);
    await engine.close();
    const { titles, authors } = await reader.complete(['zebra'], 5);
    expect([titles.length, authors]).toEqual([1, [{ name: 'Zoe Zebra', papers: 1 }]]);
    await reader.close();
  });

  it('agree with the oracle where there are more authors than are kept at hand', async () => {
    const letters = 'abcdefghij';
    const nameOf = (n: number) => `${letters[n % 10]}${letters[(n >> 2) % 10]}x A${n} Common${n % 3}`;
    const papers = Array.from({ length: 900 }, (_, at) =>
      makePaper({
        id: `p${at}`,
        title: `${letters[at % 10]}nt hill ${at % 7}`,
        authors: [nameOf(at), nameOf(at % 50), nameOf(1_000 + at * 2), nameOf(9_000 + at)],
        categories: [`cs.${letters[at % 5]}`],
      }),
    );
    const batch = papers.map((paper) => ({ paper }));
    const engine = await openEmbeddedEngine({ dir: temporaryFolder(), space: SPACE });
    const exact = new ExactEngine(SPACE);
    await Promise.all([engine.upsert(batch), exact.upsert(batch)]);
    for (const text of [
      'a',
      'ab',
      'c',
      'common1',
      'a1',
      'hill 3',
      'ant',
      'cs',
      'zz',
      'common2 a9',
      'a9 common2',
    ]) {
      for (const limit of [3, 10, 100]) {
        expect(await engine.complete(nameTokens(text), limit)).toEqual(
          await exact.complete(nameTokens(text), limit),
        );
      }
    }
    await engine.close();
  });

  it('take no word for a command of the full-text search', async () => {
    const engine = await openEmbeddedEngine({ dir: temporaryFolder(), space: SPACE });
    await engine.upsert([{ paper: makePaper({ id: 'a', title: 'NEAR and OR not', authors: ['Or And'] }) }]);
    expect((await engine.complete(['near', 'and', 'or'], 5)).titles).toHaveLength(1);
    expect((await engine.complete(['and', 'or'], 5)).authors).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (text) => {
        const typed = nameTokens(text);
        if (typed.length > 0) await engine.complete(typed, 3);
      }),
    );
    await engine.close();
  });

  it('are checked by verify and made anew by a repair', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(20));
    expect((await verifyIndex({ dir })).ok).toBe(true);
    for (const damage of [
      'UPDATE authors SET papers = papers + 1',
      'DELETE FROM title_words WHERE rowid = 3',
    ]) {
      alter(dir, damage);
      const report = await verifyIndex({ dir, repair: true });
      expect(report.repaired).toEqual(['suggestions']);
      expect(report.ok).toBe(true);
    }
  });
});
