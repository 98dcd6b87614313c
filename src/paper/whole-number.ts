/** Counts and version numbers, written as numbers or as text. */

const DIGITS = /^\d{1,9}$/;
const VERSION = /^v?([1-9]\d{0,5})$/i;
const LARGEST = 999_999_999;

/** 0 or more; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return DIGITS.test(value.trim()) ? Number(value) : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST
    ? Math.abs(value)
    : undefined;
}

/** 1 or more, as `3`, `"3"` or `"v3"`. */
export function versionNumber(value: unknown): number | undefined {
  const digits = VERSION.exec(String(typeof value === 'string' ? value.trim() : wholeNumber(value)))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
