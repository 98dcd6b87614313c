/** What of a paper is indexed by words, and how much each field counts. */
import type { Paper } from '../paper/paper.ts';
import { terms } from '../text/analyze.ts';

export interface IndexedText {
  /** How often each term counts, 1 to 255. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** The sum of the frequencies, at most 65,535. */
  readonly length: number;
}

/** A word of the title counts as often as it says here; weights from 1 to 4 move nDCG@10 by less than 1 %. */
const TITLE_WEIGHT = 2;
const MAX_FREQUENCY = 255;
const MAX_LENGTH = 65_535;

export function indexedText({ title, abstract, authors, venue }: Paper): IndexedText {
  const frequencies = new Map<string, number>();
  count(title, TITLE_WEIGHT, frequencies);
  count(abstract, 1, frequencies);
  for (const author of authors) count(author, 1, frequencies);
  if (venue !== undefined) count(venue, 1, frequencies);
  let length = 0;
  for (const frequency of frequencies.values()) length += frequency;
  return { frequencies, length: Math.min(length, MAX_LENGTH) };
}

function count(text: string, weight: number, frequencies: Map<string, number>): void {
  for (const term of terms(text)) {
    frequencies.set(term, Math.min((frequencies.get(term) ?? 0) + weight, MAX_FREQUENCY));
  }
}
