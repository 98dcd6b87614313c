/** What every engine asks of a vector before it takes one in. */
import { AppError } from '../fault/app-error.ts';
import type { VectorSpace } from './engine.ts';

/** float16 storage and int8 models leave unit vectors within this of length 1. */
const LENGTH_TOLERANCE = 0.05;

/** VECTORS_MISMATCH for another number of dimensions, INPUT_INVALID unless finite and of unit length. */
export function requireVector(vector: Float32Array, { dimensions, name }: VectorSpace): void {
  if (vector.length !== dimensions) {
    throw new AppError('VECTORS_MISMATCH', {
      message: `A vector has ${vector.length} dimensions; those of ${name} have ${dimensions}`,
    });
  }
  let squares = 0;
  for (const component of vector) squares += component * component;
  const length = Math.sqrt(squares);
  // A NaN or an infinity anywhere fails this comparison too.
  if (Math.abs(length - 1) <= LENGTH_TOLERANCE) return;
  throw new AppError('INPUT_INVALID', { message: `A vector has length ${length}, and must have length 1` });
}
