/**
 * From the hidden states of one text, a row a token, to the one vector of the text. There is no attention mask here
 * because there is no padding: a worker runs one text at a time.
 */
import type { Pooling } from './presets.ts';
import { scaleToUnitLength } from './unit-vector.ts';

export interface PoolingOptions {
  readonly pooling: Pooling;
  readonly dimensions: number;
}

/**
 * `states` holds whole rows of `dimensions` floats. The result has unit length.
 * Throws a RangeError where the rows are of another width, are none, or give a vector without a direction.
 */
export function poolStates(states: Float32Array, { pooling, dimensions }: PoolingOptions): Float32Array {
  const tokens = states.length / dimensions;
  if (!Number.isInteger(tokens) || tokens === 0) {
    throw new RangeError(`${states.length} floats are no rows of ${dimensions}`);
  }
  const vector = POOLINGS[pooling](states, dimensions);
  // The mean and the sum have the same direction, and only that is kept.
  const length = scaleToUnitLength(vector);
  if (length === 0 || !Number.isFinite(length))
    throw new RangeError(`the model gave a vector of length ${length}`);
  return vector;
}

const POOLINGS: Readonly<Record<Pooling, (states: Float32Array, dimensions: number) => Float32Array>> = {
  mean: sumOfRows,
  cls: (states, dimensions) => states.slice(0, dimensions),
  last: (states, dimensions) => states.slice(states.length - dimensions),
};

function sumOfRows(states: Float32Array, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let row = 0; row < states.length; row += dimensions) {
    for (let at = 0; at < dimensions; at++) sum[at] = (sum[at] ?? 0) + (states[row + at] ?? 0);
  }
  return sum;
}
