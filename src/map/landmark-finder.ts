/**
 * The landmarks that are nearest to a paper. They are sorted into cells around some of their own (an inverted file), and
 * only the nearest cells are looked into: comparing 100,000 papers with 8,000 landmarks each would take minutes.
 */
import { dot } from '../vector/dot.ts';
import { Nearest, type Neighbour } from './nearest.ts';

/** Of the cells; a third more finds 1 % more of the five nearest. */
const CELLS_LOOKED_INTO = 6;
const ROUNDS = 4;

export class LandmarkFinder {
  readonly #landmarks: readonly Float32Array[];
  readonly #centres: readonly Float32Array[];
  readonly #cells: readonly number[][];

  /** Vectors of unit length, one at least. */
  constructor(landmarks: readonly Float32Array[]) {
    this.#landmarks = landmarks;
    const count = Math.max(1, Math.round(Math.sqrt(landmarks.length)));
    let centres = Array.from(
      { length: count },
      (_, at) => landmarks[Math.floor((at * landmarks.length) / count)] as Float32Array,
    );
    let cells: number[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      cells = sorted(landmarks, centres);
      centres = centres.map((centre, at) => middleOf(cells[at] ?? [], landmarks) ?? centre);
    }
    this.#centres = centres;
    this.#cells = sorted(landmarks, centres);
  }

  /** At most `most`, the most similar first. */
  near(vector: Float32Array, most: number): readonly Neighbour[] {
    const cells = new Nearest(CELLS_LOOKED_INTO);
    for (const [at, centre] of this.#centres.entries()) cells.offer(at, dot(vector, centre));
    const nearest = new Nearest(most);
    for (const { at: cell } of cells.take()) {
      for (const at of this.#cells[cell] ?? []) {
        nearest.offer(at, dot(vector, this.#landmarks[at] as Float32Array));
      }
    }
    return nearest.take();
  }
}

function sorted(landmarks: readonly Float32Array[], centres: readonly Float32Array[]): number[][] {
  const cells: number[][] = centres.map(() => []);
  for (const [at, landmark] of landmarks.entries()) {
    const nearest = new Nearest(1);
    for (const [cell, centre] of centres.entries()) nearest.offer(cell, dot(landmark, centre));
    cells[nearest.take()[0]?.at ?? 0]?.push(at);
  }
  return cells;
}

/** The mean, of unit length; undefined for none, or where they cancel each other out. */
function middleOf(members: readonly number[], landmarks: readonly Float32Array[]): Float32Array | undefined {
  const sum = new Float32Array(landmarks[0]?.length ?? 0);
  for (const member of members) {
    const vector = landmarks[member] as Float32Array;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0);
  }
  const length = Math.sqrt(dot(sum, sum));
  return length > 0 ? sum.map((component) => component / length) : undefined;
}
