/** What every metric is: a score in [0, 1] of one ranking against the judgments of its query. */
import type { PaperId } from '../../paper/paper.ts';

/** A paper that is not in it was not judged and counts as not relevant, as does a grade of 0 or less. */
export type Grades = ReadonlyMap<PaperId, number>;

/** `ranking` is best first and holds each paper once. 0 where nothing is relevant. */
export type Metric = (ranking: readonly PaperId[], grades: Grades) => number;

export function isRelevant(id: PaperId, grades: Grades): boolean {
  return (grades.get(id) ?? 0) > 0;
}

export function countRelevant(grades: Grades): number {
  return [...grades.keys()].filter((id) => isRelevant(id, grades)).length;
}
