/** Typed arrays that grow: by half again, so that appending is cheap and little memory lies idle. */

type Growable = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** `array` itself when it holds `length` elements, else a larger copy. Elements beyond the old length are 0. */
export function grown<T extends Growable>(array: T, length: number): T {
  if (length <= array.length) return array;
  const capacity = Math.max(length, Math.ceil(array.length * 1.5), 64);
  const larger = new (array.constructor as new (length: number) => T)(capacity);
  larger.set(array);
  return larger;
}
