/**
 * A crowd's liking against age, in the form that made Hacker News: points fall with a power of the age. Ages are
 * taken in windows, so that one formula serves a day and a month.
 */

/** Writing a comment takes more than a click, and says less of liking than of being talked about. */
const POINTS_A_COMMENT = 0.5;
/**
 * The power of Hacker News. At the end of the window a paper needs 1 / 2^1.8, some three and a half times, the points
 * of one that came today: old enough to have been voted on, it must have been liked more.
 */
const GRAVITY = 1.8;

export interface Liking {
  readonly upvotes: number;
  readonly comments: number;
  /** From 0. */
  readonly ageDays: number;
  readonly windowDays: number;
}

/** `(upvotes + comments / 2) / (1 + age / window)^1.8`: 0 where nobody voted, rising with points, falling with age. */
export function gravityScore({ upvotes, comments, ageDays, windowDays }: Liking): number {
  const points = upvotes + POINTS_A_COMMENT * comments;
  return points / (1 + Math.max(0, ageDays) / windowDays) ** GRAVITY;
}
