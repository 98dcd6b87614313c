import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeMap, encodeMap, mapPath, readMap, writeMap } from '../../src/map/map-file.ts';
import { MapShelf } from '../../src/map/map-shelf.ts';
import { columnsOf, type PaperMap } from '../../src/map/paper-map.ts';

const MAP: PaperMap = {
  head: {
    index: 'i',
    generation: 3,
    laidOut: 2,
    categories: ['cs', '数学'],
    years: [{ from: 1999, to: 2004 }],
    regions: [{ words: ['graphs', 'naïve'], x: 1, y: 65_535, papers: 2 }],
  },
  columns: columnsOf([
    { docId: 1, x: 0, y: 65_535, category: 1, year: 0, isLandmark: true },
    { docId: 9, x: 70, y: 5, category: 0, year: 1, isLandmark: false },
    { docId: 70_000, x: 1, y: 2, category: 2, year: 1, isLandmark: false },
  ]),
};

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pharos-map-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('the file of a map', () => {
  it('holds all there was in it', async () => {
    await writeMap(dir, MAP);
    expect(await readMap(dir)).toEqual(MAP);
  });

  it('is refused when a byte of it is another, or any part is missing', () => {
    const whole = encodeMap(MAP);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const torn = Buffer.from(whole);
        torn[at] = (torn[at] ?? 0) ^ change;
        expect(() => decodeMap(torn)).toThrow(expect.objectContaining({ code: 'MAP_UNAVAILABLE' }));
        expect(() => decodeMap(whole.subarray(0, at))).toThrow(
          expect.objectContaining({ code: 'MAP_UNAVAILABLE' }),
        );
      }),
    );
  });
});

describe('MapShelf', () => {
  it('says that there is none, and takes in the one that comes and the one that replaces it', async () => {
    const shelf = new MapShelf(dir);
    await expect(shelf.read('i')).rejects.toMatchObject({
      code: 'MAP_UNAVAILABLE',
      remedy: 'Run `pharos map`.',
    });
    await writeMap(dir, MAP);
    const first = await shelf.read('i');
    expect(await shelf.read('i')).toBe(first);
    await writeMap(dir, { ...MAP, head: { ...MAP.head, generation: 4 } });
    await utimes(mapPath(dir), new Date(), new Date(Date.now() + 5_000));
    expect((await shelf.read('i')).head.generation).toBe(4);
  });

  it('shows no torn map, nor one of other vectors', async () => {
    const shelf = new MapShelf(dir);
    await writeMap(dir, MAP);
    await expect(shelf.read('another')).rejects.toMatchObject({ code: 'MAP_UNAVAILABLE' });
    await writeFile(mapPath(dir), encodeMap(MAP).subarray(0, 60));
    await expect(shelf.read('i')).rejects.toMatchObject({ message: 'The map of this index is damaged' });
  });
});
