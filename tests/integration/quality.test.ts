/**
 * Holds the searcher to what docs/quality.json says was measured, a little below it, with the bundled model on the
 * collections of ../shared. The three smaller sets of papers are embedded here (about 90 s on two cores, kept under
 * .cache/evaluate); the others are asked by words alone. After a change that is meant: `npm run quality`.
 */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { compare, samplesOf } from '../../scripts/quality/calibrate.ts';
import type { Measured } from '../../scripts/quality/measure.ts';
import { areCollectionsThere, type CollectionName, Workbench } from '../../scripts/quality/workbench.ts';
import { QUALITY_MD, readQuality, withTables } from '../../scripts/quality/write-up.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { evaluateCollection, type ModeRun } from '../../src/evaluate/evaluate-collection.ts';
import { CALIBRATED_MODEL, CONFIDENCE_TABLE } from '../../src/search/confidence-table.generated.ts';
import { DEFAULT_FUSION } from '../../src/search/fusion.ts';
import { MODES } from '../../src/search/request.ts';
import { Searcher } from '../../src/search/searcher.ts';

/** Another processor rounds int8 products otherwise, and a hit or two change places. */
const MARGIN = 0.01;
/** The semantic half holds no more; average precision is not looked at here, for it is measured 1,000 deep. */
const DEPTH = 200;
const EMBED_MS = 600_000;

const quality = readQuality();

function expectNoLess(runs: readonly ModeRun[], collection: CollectionName, asked: Measured['asked']): void {
  for (const { result } of runs) {
    const { mode, fusion } = result;
    const measured = quality.measured.find(
      (row) =>
        row.collection === collection && row.asked === asked && row.mode === mode && row.fusion === fusion,
    );
    if (measured === undefined) throw new Error(`docs/quality.json has no row for ${collection}, ${mode}`);
    for (const metric of ['ndcg10', 'recall100', 'mrr10'] as const) {
      expect(result[metric], `${collection} ${mode} ${metric}`).toBeGreaterThan(measured[metric] - MARGIN);
    }
  }
}

describe('docs/quality.json', () => {
  it('has hybrid above the better half on every collection', () => {
    const scoreOf = (row: Measured, mode: string) =>
      quality.measured.find(
        ({ collection, asked, mode: other }) =>
          collection === row.collection && asked === row.asked && other === mode,
      )?.ndcg10 ?? Number.NaN;
    const hybrids = quality.measured.filter(({ fusion }) => fusion === DEFAULT_FUSION);
    expect(hybrids).toHaveLength(8);
    for (const row of hybrids) {
      const better = Math.max(scoreOf(row, 'semantic'), scoreOf(row, 'keyword'));
      expect(row.ndcg10, row.collection).toBeGreaterThan(better);
    }
  });

  it('is what docs/quality.md shows and the searcher is calibrated by', () => {
    const text = readFileSync(QUALITY_MD, 'utf8');
    expect(withTables(text, quality)).toBe(text);
    expect({ model: CALIBRATED_MODEL, coefficients: CONFIDENCE_TABLE }).toEqual({
      model: quality.model,
      coefficients: quality.coefficients,
    });
  });
});

describe.skipIf(!areCollectionsThere())('answers on judged collections (skipped without ../shared)', () => {
  const bundled = areCollectionsThere() ? Workbench.open() : undefined;
  const hashing = new Workbench(new HashingEmbedder());
  afterAll(async () => (await bundled)?.close());

  it.each(['nfcorpus', 'csfcube'] as const)('are as good by words on %s', async (name) => {
    await hashing.with(name, async ({ collection, ...bench }) => {
      const runs = await evaluateCollection(collection, { ...bench, modes: ['keyword'], depth: 100 });
      expectNoLess(runs, name, name === 'csfcube' ? 'text' : 'question');
    });
  });

  it.each(['med', 'cacm', 'cranfield'] as const)(
    'are as good in every mode on %s, and as sure of themselves',
    async (name) => {
      await (await bundled)?.with(name, async ({ collection, ...bench }) => {
        const runs = await evaluateCollection(collection, { ...bench, depth: DEPTH });
        expectNoLess(runs, name, 'question');
        for (const mode of MODES) {
          const samples = samplesOf(runs, collection.judgments, mode);
          const { observed, predicted, error } = compare(samples, CONFIDENCE_TABLE[mode].question);
          const known = quality.calibration.find((row) => row.collection === name && row.mode === mode);
          expect(Math.abs(observed - (known?.observed ?? Number.NaN))).toBeLessThan(MARGIN);
          expect(Math.abs(predicted - (known?.predicted ?? Number.NaN))).toBeLessThan(MARGIN);
          expect(Math.abs(error - (known?.error ?? Number.NaN))).toBeLessThan(MARGIN);
        }
      });
    },
    EMBED_MS,
  );

  it(
    'are none where nothing is near, and come with a warning where little is',
    async () => {
      const foreign = (await hashing.read('cranfield')).queries.slice(0, 50);
      await (await bundled)?.with('med', async ({ collection, engine, embedder }) => {
        const searcher = new Searcher({ engine, embedder });
        const codesOf = async (query: string) =>
          (await searcher.search({ query })).notes.map(({ code }) => code);
        for (const query of ['qwxz blorf znarkle', 'lkj3h4k5jh34', 'fnord gribble wug', 'zzzzzzzz']) {
          expect(await searcher.search({ query })).toMatchObject({ total: 0, hits: [] });
          expect(await codesOf(query)).toEqual(['NOTHING_NEAR']);
        }
        for (const { text } of collection.queries) expect(await codesOf(text)).toEqual([]);
        const warned = await Promise.all(foreign.map(({ text }) => codesOf(text)));
        expect(warned.flat().length).toBeGreaterThan(0.4 * foreign.length);
      });
    },
    EMBED_MS,
  );

  it(
    'are as good for related work on cacm-related',
    async () => {
      await (await bundled)?.with('cacm-related', async ({ collection, ...bench }) => {
        const options = { ...bench, depth: 100, isRelatedById: true, modes: ['hybrid', 'semantic'] as const };
        expectNoLess(await evaluateCollection(collection, options), 'cacm-related', 'id');
      });
    },
    EMBED_MS,
  );
});
