/**
 * A question that a reader keeps, in the words of a search's address: what was asked, how, and of which papers. Checked
 * as an address is, since it comes from files and forms.
 */
import { z } from 'zod';
import { PAPER_PARTS } from '../engine/filter.ts';
import { isPartialDate } from '../paper/partial-date.ts';
import { SOURCES } from '../paper/source.ts';
import { MAX_QUERY_LENGTH, MODES, SORTS } from '../search/request.ts';
import { MAX_NAME_LENGTH, readable } from './readable.ts';

const MAX_VALUES = 50;

const names = z.array(readable(MAX_NAME_LENGTH)).max(MAX_VALUES).exactOptional();
const date = z.string().refine(isPartialDate, 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD').exactOptional();

export const savedQuestion = z.strictObject({
  q: readable(MAX_QUERY_LENGTH).describe('The question.'),
  mode: z.enum(MODES).exactOptional(),
  sort: z.enum(SORTS).exactOptional(),
  from: date,
  to: date,
  category: names,
  author: names,
  venue: names,
  has: z.array(z.enum(PAPER_PARTS)).max(MAX_VALUES).exactOptional(),
  source: z.array(z.enum(SOURCES)).max(MAX_VALUES).exactOptional(),
});

export type SavedQuestion = z.infer<typeof savedQuestion>;

/** Whether both ask the same: the order of members and of values, and values given twice, make no difference. */
export function isSameQuestion(one: SavedQuestion, other: SavedQuestion): boolean {
  return canonical(one) === canonical(other);
}

function canonical(question: SavedQuestion): string {
  const members = Object.entries(question)
    .map(
      ([name, value]) => [name, Array.isArray(value) ? [...new Set<string>(value)].sort() : value] as const,
    )
    .filter(([, value]) => value !== undefined && value.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(members);
}
