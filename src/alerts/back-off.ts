/** How long after which failure a message is tried again, and when it is given up. */

/** With the pauses below, a message is given up some five hours after its first try at the earliest. */
export const MAX_TRIES = 8;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3 * 3_600_000;

/**
 * Milliseconds to wait after so many failed tries; undefined when that was the last. Doubles, with half of each pause
 * left to chance: messages that failed together should not come back together.
 */
export function pauseAfter(tries: number, random: () => number = Math.random): number | undefined {
  if (tries >= MAX_TRIES) return undefined;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return Math.round(pauseMs * (0.5 + random() / 2));
}
