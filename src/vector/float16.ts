/**
 * IEEE 754 binary16, little-endian: the form in which vectors lie in files and in the store, half the size of
 * float32 at no measurable cost in ranking. Node has no Float16Array before 24, hence our own codec.
 * Bytes in, numbers out; what a row is and how long, the callers know.
 */

const BYTES_PER_VALUE = 2;

/** Above this float32 (65,520, as bits) nothing finite is nearest any more. */
const FIRST_INFINITE = 0x477ff000;
/** 2^-14 as float32 bits: the smallest value that is normal in binary16. */
const FIRST_NORMAL = 0x38800000;
const FLOAT32_INFINITY = 0x7f800000;
/** The exponent biases of the two formats differ by 127 - 15, seen from bit 23. */
const REBIAS = 0x38000000;
const HALF = 0x3f000000;

const VALUES = buildValues();
const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** One float for every two bytes; exact. Any offset into a buffer will do. An odd length is a RangeError. */
export function decodeFloat16(bytes: Uint8Array): Float32Array {
  if (bytes.length % BYTES_PER_VALUE !== 0) {
    throw new RangeError(`float16 data has ${bytes.length} bytes, which is not a multiple of 2`);
  }
  const floats = new Float32Array(bytes.length / BYTES_PER_VALUE);
  for (let index = 0, at = 0; index < floats.length; index += 1, at += BYTES_PER_VALUE) {
    floats[index] = VALUES[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] ?? 0;
  }
  return floats;
}

/**
 * Two bytes for every float, rounded to the nearest value, ties to even. From 65,520 up it is infinity;
 * every NaN becomes the quiet NaN of its sign.
 */
export function encodeFloat16(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(vector.length * BYTES_PER_VALUE);
  // Bits are read through a view: putting a NaN into another array may change its payload and sign.
  const bits = new Uint32Array(vector.buffer, vector.byteOffset, vector.length);
  for (let index = 0, at = 0; index < bits.length; index += 1, at += BYTES_PER_VALUE) {
    const half = toHalfBits(bits[index] ?? 0);
    bytes[at] = half & 0xff;
    bytes[at + 1] = half >>> 8;
  }
  return bytes;
}

function toHalfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > FLOAT32_INFINITY) return sign | 0x7e00;
  if (magnitude >= FIRST_INFINITE) return sign | 0x7c00;
  if (magnitude < FIRST_NORMAL) return sign | toSubnormalBits(magnitude);
  // Adding just under half of the last kept bit, and that bit itself, rounds ties to even; a carry out of the
  // mantissa lands in the exponent, which is where it belongs.
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - REBIAS) >>> 13);
}

/** Beside 0.5 a float32 has steps of 2^-24, the steps of a subnormal: the addition itself does the rounding. */
function toSubnormalBits(magnitude: number): number {
  scratchBits[0] = magnitude;
  scratchFloat[0] = (scratchFloat[0] ?? 0) + 0.5;
  return (scratchBits[0] ?? HALF) - HALF;
}

/** Every one of the 65,536 values, by its bits. */
function buildValues(): Float32Array {
  const values = new Float32Array(1 << 16);
  for (let bits = 0; bits < values.length; bits += 1) {
    values[bits] = (bits & 0x8000 ? -1 : 1) * magnitudeOf((bits >>> 10) & 0x1f, bits & 0x3ff);
  }
  return values;
}

function magnitudeOf(exponent: number, fraction: number): number {
  if (exponent === 0x1f) return fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
}
