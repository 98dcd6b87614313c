/** The day it is, in UTC, as arXiv and everybody else who dates papers counts days. */
import type { PartialDate } from '../paper/paper.ts';

export function dayOfToday(): PartialDate {
  return new Date().toISOString().slice(0, 10);
}
