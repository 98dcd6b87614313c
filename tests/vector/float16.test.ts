import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFloat16, encodeFloat16 } from '../../src/vector/float16.ts';

/** The positive finite values of binary16, ascending, straight from the definition. */
const POSITIVE = Array.from({ length: 0x7c00 }, (_, bits) => {
  const exponent = bits >> 10;
  const fraction = bits & 1023;
  return exponent === 0 ? fraction / 2 ** 24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
});

/** Nearest by search over all values, ties to the even bits: slow and plainly right. */
function nearestBits(value: number): number {
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (magnitude >= 65_520) return sign | 0x7c00;
  let best = 0;
  for (let bits = 0; bits < POSITIVE.length; bits += 1) {
    const gap = Math.abs((POSITIVE[bits] ?? 0) - magnitude);
    const bestGap = Math.abs((POSITIVE[best] ?? 0) - magnitude);
    if (gap < bestGap || (gap === bestGap && bits % 2 === 0)) best = bits;
  }
  return sign | best;
}

const bitsOf = (value: number): number => {
  const [low = 0, high = 0] = encodeFloat16(Float32Array.of(value));
  return low | (high << 8);
};

describe('float16', () => {
  it('gives back every one of the 65,536 bit patterns', () => {
    const all = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, bits) => bits).buffer);
    const again = encodeFloat16(decodeFloat16(all));
    for (let bits = 0; bits < 65_536; bits += 1) {
      const isNaNPattern = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
      const encoded = (again[2 * bits] ?? 0) | ((again[2 * bits + 1] ?? 0) << 8);
      if (isNaNPattern) expect(encoded & 0x7fff).toBe(0x7e00);
      else expect(encoded).toBe(bits);
    }
  });

  it('decodes known values', () => {
    const bytes = Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x7c, 0x00, 0x80);
    expect(Array.from(decodeFloat16(bytes))).toEqual([1, -2, 65_504, 2 ** -24, Number.POSITIVE_INFINITY, -0]);
  });

  it('rounds to the nearest value, ties to even', () => {
    const float = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ min: -1, max: 1, noNaN: true }),
      fc.float({ min: Math.fround(-(2 ** -14)), max: Math.fround(2 ** -14), noNaN: true }),
    );
    fc.assert(
      fc.property(float, (value) => {
        expect(bitsOf(value)).toBe(nearestBits(value));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [2 ** -25, 0],
    [2 ** -25 + 2 ** -48, 1],
    [3 * 2 ** -25, 2],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [65_519.996, 0x7bff],
    [65_520, 0x7c00],
    [2 ** -14 - 2 ** -26, 0x0400],
    [-Number.MIN_VALUE, 0x8000],
  ])('encodes the edge %f', (value, bits) => expect(bitsOf(value)).toBe(bits));

  it('reads and writes at any offset of a larger buffer', () => {
    const buffer = new Uint8Array(9);
    buffer.set(encodeFloat16(Float32Array.of(0.5, -3)), 1);
    expect(Array.from(decodeFloat16(buffer.subarray(1, 5)))).toEqual([0.5, -3]);
    const floats = Float32Array.of(9, 0.25, 8);
    expect(Array.from(decodeFloat16(encodeFloat16(floats.subarray(1, 2))))).toEqual([0.25]);
  });

  it('refuses half a value', () => {
    expect(() => decodeFloat16(new Uint8Array(3))).toThrow(RangeError);
  });
});
