/** The points of the map as the server sends them, and which of them is under a finger. */

export interface Points {
  readonly count: number;
  readonly docIds: Uint32Array;
  /** x, y of each, from 0 to 65,535, y upwards. */
  readonly places: Uint16Array;
  readonly categories: Uint8Array;
  readonly years: Uint8Array;
}

const BYTES_A_POINT = 10;
const SIDE = 65_536;
/** Cells a side of the grid that points are looked up in. */
const CELLS = 128;

/** As `/api/v1/map/points` sends them: docIds, places, categories, years, each for all points. */
export function decodePoints(buffer: ArrayBuffer): Points {
  const count = Math.floor(buffer.byteLength / BYTES_A_POINT);
  return {
    count,
    docIds: new Uint32Array(buffer, 0, count),
    places: new Uint16Array(buffer, 4 * count, 2 * count),
    categories: new Uint8Array(buffer, 8 * count, count),
    years: new Uint8Array(buffer, 9 * count, count),
  };
}

export class PointGrid {
  readonly #places: Uint16Array;
  /** Rows of points, cell by cell, and where each cell begins. */
  readonly #rows: Uint32Array;
  readonly #starts = new Uint32Array(CELLS * CELLS + 1);

  constructor({ places, count }: Pick<Points, 'places' | 'count'>) {
    this.#places = places;
    this.#rows = new Uint32Array(count);
    const cellOfRow = (row: number) =>
      cellOf(places[2 * row] ?? 0) + CELLS * cellOf(places[2 * row + 1] ?? 0);
    for (let row = 0; row < count; row += 1) {
      const next = cellOfRow(row) + 1;
      this.#starts[next] = (this.#starts[next] ?? 0) + 1;
    }
    for (let cell = 1; cell <= CELLS * CELLS; cell += 1) {
      this.#starts[cell] = (this.#starts[cell] ?? 0) + (this.#starts[cell - 1] ?? 0);
    }
    const free = this.#starts.slice();
    for (let row = 0; row < count; row += 1) {
      const cell = cellOfRow(row);
      this.#rows[free[cell] ?? 0] = row;
      free[cell] = (free[cell] ?? 0) + 1;
    }
  }

  /** The row of the nearest point within `reach`, in the units of places; undefined where there is none. */
  nearest(x: number, y: number, reach: number): number | undefined {
    let best: number | undefined;
    let least = reach ** 2;
    for (let cy = cellOf(y - reach); cy <= cellOf(y + reach); cy += 1) {
      const [from, to] = [cellOf(x - reach) + CELLS * cy, cellOf(x + reach) + CELLS * cy];
      for (let at = this.#starts[from] ?? 0; at < (this.#starts[to + 1] ?? 0); at += 1) {
        const row = this.#rows[at] ?? 0;
        const away = ((this.#places[2 * row] ?? 0) - x) ** 2 + ((this.#places[2 * row + 1] ?? 0) - y) ** 2;
        if (away > least || (away === least && best !== undefined)) continue;
        best = row;
        least = away;
      }
    }
    return best;
  }
}

function cellOf(coordinate: number): number {
  return Math.max(0, Math.min(CELLS - 1, Math.floor((coordinate / SIDE) * CELLS)));
}
