/** What the script of the map works out: where things are on the screen, and which point is under a pointer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  type Camera,
  panned,
  toMap,
  toScreen,
  WHOLE,
  zoomed,
} from '../../src/web/client/map/camera.ts';
import { decodePoints, PointGrid } from '../../src/web/client/map/points.ts';

const SIZE = { width: 900, height: 600 };
const coordinate = fc.integer({ min: 0, max: 65_535 });
const camera = fc.record({
  x: coordinate,
  y: coordinate,
  zoom: fc.double({ min: 1, max: 120, noNaN: true }),
});
const spot = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });

describe('the camera', () => {
  it('finds back from the screen to the map', () => {
    fc.assert(
      fc.property(camera, spot, (view, at) => {
        const back = toScreen(view, SIZE, toMap(view, SIZE, at));
        expect(back.x).toBeCloseTo(at.x, 3);
        expect(back.y).toBeCloseTo(at.y, 3);
      }),
    );
  });

  it('shows all of the map at first, and north is up', () => {
    const corner = toScreen(WHOLE, SIZE, { x: 0, y: 65_535 });
    expect(corner.x).toBeGreaterThan(0);
    expect(corner.y).toBeGreaterThan(0);
    expect(corner.y).toBeLessThan(SIZE.height / 2);
  });

  it('keeps under the pointer what is there while it zooms, and moves with the hand', () => {
    const around = { x: 700, y: 100 };
    const near = zoomed(WHOLE, SIZE, { factor: 3, around: { x: 450, y: 300 } });
    const held = toMap(near, SIZE, around);
    const nearer = zoomed(near, SIZE, { factor: 2, around });
    expect(toScreen(nearer, SIZE, held).x).toBeCloseTo(around.x, 3);
    expect(toScreen(panned(nearer, SIZE, { x: -40, y: 25 }), SIZE, held)).toEqual({
      x: expect.closeTo(660, 3),
      y: expect.closeTo(125, 3),
    });
  });

  it('zooms out no further than the whole, and in no further than there is to see', () => {
    expect(zoomed(WHOLE, SIZE, { factor: 0.1, around: { x: 0, y: 0 } }).zoom).toBe(1);
    expect(zoomed(WHOLE, SIZE, { factor: 1e9, around: { x: 450, y: 300 } }).zoom).toBe(120);
  });

  it('flies from where it is to where it goes', () => {
    const to: Camera = { x: 10, y: 20, zoom: 16 };
    expect(between(WHOLE, to, 1)).toEqual(to);
    expect(between({ ...to, zoom: 1 }, to, 0.5).zoom).toBeCloseTo(4);
  });
});

describe('points', () => {
  it('are read as they are sent', () => {
    const { buffer } = Uint8Array.from([7, 0, 0, 0, 1, 0, 255, 255, 3, 4]);
    expect(decodePoints(buffer)).toEqual({
      count: 1,
      docIds: Uint32Array.of(7),
      places: Uint16Array.of(1, 65_535),
      categories: Uint8Array.of(3),
      years: Uint8Array.of(4),
    });
  });

  it('are found as a look at each of them would find them', () => {
    const places = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(places, coordinate, coordinate, fc.integer({ min: 1, max: 30_000 }), (all, x, y, reach) => {
        const grid = new PointGrid({ places: Uint16Array.from(all.flat()), count: all.length });
        const away = all.map(([px, py]) => Math.hypot(px - x, py - y));
        const row = grid.nearest(x, y, reach);
        const least = Math.min(...away);
        if (least > reach) expect(row).toBeUndefined();
        else if (least < reach) expect(away[row ?? -1]).toBe(least);
      }),
    );
  });
});
