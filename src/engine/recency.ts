/** How much the age of a paper takes from its relevance, for lists in which newer papers are to come first. */

/**
 * Years in which a paper's weight halves. A year then costs a fifth, about as much relevance as lies between the
 * first hit and the fifth: enough to be seen, too little to put anything new before everything good.
 */
const HALF_LIFE_YEARS = 3;
/** Reached after twelve years, and given to papers without a date: among old papers relevance alone decides. */
const LEAST_WEIGHT = 1 / 16;
/** Of `dayNumber`. */
const DAYS_A_YEAR = 372;

/**
 * From 1 for a paper of `today` or later down to 1/16. Days are those of `dayNumber`, 0 for a paper without a date;
 * a paper known to the year or month counts from the first day of it.
 */
export function recencyWeight(day: number, today: number): number {
  if (day === 0) return LEAST_WEIGHT;
  const years = Math.max(0, today - day) / DAYS_A_YEAR;
  return Math.max(LEAST_WEIGHT, 2 ** (-years / HALF_LIFE_YEARS));
}
