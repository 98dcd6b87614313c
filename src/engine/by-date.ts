/** The order of lists that no question ranks: newest first, as every engine understands it. */
import type { PartialDate } from '../paper/paper.ts';
import { dateRange } from '../paper/partial-date.ts';

/**
 * A number to sort by, higher for newer: the first day a date can mean, as YYYYMMDD. Papers without a date are older
 * than all others. Ties go to the lower docId.
 */
export function recency(published: PartialDate | undefined): number {
  return published === undefined ? 0 : dateRange(published).first;
}
