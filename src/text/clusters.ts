/**
 * Places in a text that cut no character a reader sees: not inside a surrogate pair, not between a letter and
 * its marks, nor inside an entity (`&amp;`), which a page shows as one. Boundaries are those of `Intl.Segmenter`,
 * which is asked only where one could be missing.
 */

/** Below this no character joins its neighbours; CR LF apart, which no caller cuts at. */
const FIRST_JOINING = 0x300;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/iy;
/** The longest there is has 33: `&CounterClockwiseContourIntegral;`. */
const LONGEST_ENTITY = 33;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The last place at or before `at` where the text may be cut. */
export function cutBefore(text: string, at: number): number {
  const entity = entityAround(text, at);
  return entity === undefined ? clusterBefore(text, at) : clusterBefore(text, entity.start);
}

/** The first place at or after `at` where the text may be cut. */
export function cutAfter(text: string, at: number): number {
  const entity = entityAround(text, at);
  return entity === undefined ? clusterAfter(text, at) : clusterAfter(text, entity.end);
}

/** The entity that a cut at `at` would go through. */
function entityAround(text: string, at: number): { start: number; end: number } | undefined {
  for (let start = at - 1; start >= 0 && start > at - LONGEST_ENTITY; start -= 1) {
    const character = text[start];
    if (character === ';' || character === ' ') return undefined;
    if (character !== '&') continue;
    ENTITY.lastIndex = start;
    const isEntity = ENTITY.test(text) && ENTITY.lastIndex > at;
    return isEntity ? { start, end: text.indexOf(';', start) + 1 } : undefined;
  }
  return undefined;
}

function clusterBefore(text: string, at: number): number {
  if (isPlain(text, at)) return at;
  return segmenter.segment(text).containing(at)?.index ?? text.length;
}

function clusterAfter(text: string, at: number): number {
  if (isPlain(text, at)) return at;
  const cluster = segmenter.segment(text).containing(at);
  if (cluster === undefined) return text.length;
  return cluster.index === at ? at : cluster.index + cluster.segment.length;
}

function isPlain(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  return text.charCodeAt(at - 1) < FIRST_JOINING && text.charCodeAt(at) < FIRST_JOINING;
}
