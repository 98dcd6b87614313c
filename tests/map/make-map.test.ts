import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeMap, makeMap } from '../../src/map/make-map.ts';
import { decodeMap, encodeMap } from '../../src/map/map-file.ts';
import { MAP_SIDE, type PaperMap } from '../../src/map/paper-map.ts';
import { clusteredEngine, papersOf, SUBJECTS, subjectOf } from './clusters.ts';

const PAPERS = 240;
const LANDMARKS = 120;

function placeAt({ columns }: PaperMap, docId: number): [number, number] {
  const row = columns.docIds.indexOf(docId);
  return [columns.places[2 * row] ?? -1, columns.places[2 * row + 1] ?? -1];
}

/** How many of the points nearest to each are of its own subject, on average. */
function purity({ columns }: PaperMap, most: number): number {
  const { docIds, places } = columns;
  const rows = [...docIds.keys()];
  const subject = (row: number) => subjectOf((docIds[row] ?? 1) - 1);
  const away = (a: number, b: number) =>
    Math.hypot(
      (places[2 * a] ?? 0) - (places[2 * b] ?? 0),
      (places[2 * a + 1] ?? 0) - (places[2 * b + 1] ?? 0),
    );
  const shares = rows.map((row) => {
    const near = rows
      .filter((other) => other !== row)
      .sort((a, b) => away(row, a) - away(row, b))
      .slice(0, most);
    return near.filter((other) => subject(other) === subject(row)).length / most;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe('makeMap', () => {
  let made: MadeMap;
  let engine: Awaited<ReturnType<typeof clusteredEngine>>;
  beforeAll(async () => {
    engine = await clusteredEngine(PAPERS);
    made = await makeMap(engine, { mostLandmarks: LANDMARKS });
  });

  it('places every paper, those of one subject beside each other, landmarks or not', () => {
    const { docIds, places, landmarks } = made.map.columns;
    expect([...docIds]).toEqual(Array.from({ length: PAPERS }, (_, at) => at + 1));
    expect(landmarks.reduce((sum, one) => sum + one, 0)).toBe(LANDMARKS);
    expect(Math.max(...places)).toBe(MAP_SIDE);
    expect(Math.min(...places)).toBe(0);
    // By chance it would be a quarter.
    expect(purity(made.map, 10)).toBeGreaterThan(0.95);
    expect(made).toMatchObject({ placed: PAPERS, isFresh: true });
  });

  it('names regions by the words of their papers, counts all of them, and tells what colours mean', () => {
    const { regions, categories, years, laidOut } = made.map.head;
    expect(new Set(regions.map(({ words }) => words[0]))).toEqual(new Set(SUBJECTS));
    expect(regions.reduce((sum, { papers }) => sum + papers, 0)).toBe(PAPERS);
    expect(categories).toEqual(['astro-ph', 'cs']);
    expect([years[0]?.from, years.at(-1)?.to]).toEqual([2000, 2019]);
    expect(laidOut).toBe(PAPERS);
  });

  it('is the same map of the same papers', async () => {
    const again = await makeMap(await clusteredEngine(PAPERS), { mostLandmarks: LANDMARKS });
    expect(encodeMap(again.map).equals(encodeMap(made.map))).toBe(true);
  });

  it('moves nothing when papers come and go, and puts the new ones beside their like', async () => {
    const other = await clusteredEngine(PAPERS);
    await other.upsert(papersOf(PAPERS, PAPERS + 40));
    await other.remove(['p3', 'p4']);
    const before = decodeMap(encodeMap(made.map));
    const { map, placed, isFresh } = await makeMap(other, { before, mostLandmarks: LANDMARKS });
    expect({ placed, isFresh, papers: map.columns.docIds.length }).toEqual({
      placed: 40,
      isFresh: false,
      papers: PAPERS + 38,
    });
    expect(map.columns.docIds).not.toContain(4);
    for (const docId of [1, 2, 3, 77, PAPERS]) expect(placeAt(map, docId)).toEqual(placeAt(made.map, docId));
    expect(purity(map, 10)).toBeGreaterThan(0.95);
    expect(map.head.generation).toBe((await other.status()).generation);
    expect(map.head.laidOut).toBe(PAPERS);
  });

  it('lays out anew what has outgrown its map, and the map of another index', async () => {
    const grown = await clusteredEngine(2 * PAPERS);
    expect((await makeMap(grown, { before: made.map, mostLandmarks: LANDMARKS })).isFresh).toBe(true);
    const before = { ...made.map, head: { ...made.map.head, index: 'another' } };
    expect((await makeMap(engine, { before, mostLandmarks: LANDMARKS })).isFresh).toBe(true);
  });

  it.each([1, 2, 5, 19, 21])('places %i papers', async (count) => {
    const { map } = await makeMap(await clusteredEngine(count));
    expect(map.columns.docIds).toHaveLength(count);
    expect(map.head.regions.length).toBeGreaterThan(0);
  });

  it('says so when there is nothing to place', async () => {
    await expect(makeMap(await clusteredEngine(0))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
