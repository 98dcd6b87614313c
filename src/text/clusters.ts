/**
 * Places in a text that cut no character a reader sees: not inside a surrogate pair, not between a letter and
 * its marks. Boundaries are those of `Intl.Segmenter`, which is asked only where one could be missing.
 */

/** Below this no character joins its neighbours; CR LF apart, which no caller cuts at. */
const FIRST_JOINING = 0x300;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The last place at or before `at` where the text may be cut. */
export function cutBefore(text: string, at: number): number {
  if (isPlain(text, at)) return at;
  return segmenter.segment(text).containing(at)?.index ?? text.length;
}

/** The first place at or after `at` where the text may be cut. */
export function cutAfter(text: string, at: number): number {
  if (isPlain(text, at)) return at;
  const cluster = segmenter.segment(text).containing(at);
  if (cluster === undefined) return text.length;
  return cluster.index === at ? at : cluster.index + cluster.segment.length;
}

function isPlain(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  return text.charCodeAt(at - 1) < FIRST_JOINING && text.charCodeAt(at) < FIRST_JOINING;
}
