/** How far two spellings are apart, in letters added, dropped or changed (Levenshtein, 1966). */
import { distance } from 'fastest-levenshtein';

/** Exact: case and accents count, so both are given as they are to be compared. */
export function areWithinEdits(a: string, b: string, edits: number): boolean {
  return Math.abs(a.length - b.length) <= edits && distance(a, b) <= edits;
}
