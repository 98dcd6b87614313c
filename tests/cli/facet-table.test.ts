import { expect, it } from 'vitest';
import { renderFacets } from '../../src/cli/facet-table.ts';
import { paletteFor } from '../../src/cli/palette.ts';
import type { Facets } from '../../src/engine/facets.ts';

const FACETS: Facets = {
  category: {
    distinct: 3,
    missing: 2,
    values: [{ value: 'cs', count: 1_200, within: [{ value: 'cs.CL', count: 600 }] }],
  },
  year: {
    distinct: 1,
    missing: 0,
    values: [
      { value: '2019', count: 0 },
      { value: '2020', count: 7 },
    ],
  },
};
const palette = paletteFor(process.stdout, { NO_COLOR: '1' });

it('is plain in a pipe, years first, archives above their categories', () => {
  expect(renderFacets(FACETS, { width: Number.POSITIVE_INFINITY, palette })).toBe(
    'year\n  2019  0\n  2020  7\n\ncategory · 3 values · 2 without\n  cs       1,200\n    cs.CL    600\n',
  );
});

it('has bars on a terminal, no wider than it', () => {
  const lines = renderFacets(FACETS, { width: 40, palette }).trimEnd().split('\n');
  expect(lines[2]).toBe(`  2020  7  ${'▇'.repeat(24)}`);
  expect(lines.at(-1)).toBe(`    cs.CL    600  ${'▇'.repeat(11)}`);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
});

it('tells many years without a paper in one line', () => {
  const years = (counts: readonly number[]) => counts.map((count, at) => ({ value: `${1990 + at}`, count }));
  const values = years([1, 0, 0, 2, 0, 0, 0, 3]);
  const table = renderFacets(
    { year: { distinct: 3, missing: 0, values } },
    { width: Number.POSITIVE_INFINITY, palette },
  );
  expect(table.split('\n').map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
    'year',
    '1990',
    '1991',
    '1992',
    '1993',
    '1994 to 1996',
    '1997',
    '',
  ]);
});

it('is nothing where nothing was counted', () => {
  expect(renderFacets({}, { width: 80, palette })).toBe('');
});
