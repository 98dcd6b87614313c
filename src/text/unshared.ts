/** Strings that outlive the text they were cut from. */

/** V8 copies shorter slices by itself. */
const SHORTEST_SLICE = 13;

/** A copy of its own: V8 keeps a whole abstract alive behind a slice of it. The text must be well formed. */
export function unshared(text: string): string {
  return text.length < SHORTEST_SLICE ? text : Buffer.from(text).toString();
}
