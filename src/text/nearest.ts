/**
 * The known name somebody probably meant when they wrote an unknown one: for settings, options and parameters.
 * Not for search: questions are never corrected.
 */
import { distance } from 'fastest-levenshtein';
import { fold } from './fold.ts';

/**
 * The known name with the fewest edits from `name`, case and accents aside; the first of several equally near.
 * Undefined when even that one differs in more than two fifths of its letters, because a far-fetched suggestion
 * is worse than none.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(fold(name), fold(candidate));
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  if (nearest === undefined) return undefined;
  return fewest <= 0.4 * Math.max(name.length, nearest.length) ? nearest : undefined;
}
