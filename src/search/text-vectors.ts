/**
 * Vectors of pasted texts of any length. The model reads only the beginning of what it is given, so a long text is
 * read in windows of whole sentences and gets their mean.
 */
import type { Embedder } from '../embed/embedder.ts';
import { cutBefore } from '../text/clusters.ts';
import { sentences } from '../text/sentences.ts';

/** In UTF-16 units: about the 256 tokens that most models read. A text that fits is read as it is. */
export const WINDOW_LENGTH = 1_400;
/** Of a longer text, as many windows evenly spread: each costs as much as embedding a paper. */
const MOST_WINDOWS = 8;

/** For each text, given as the windows to be read, one vector of unit length. INTERRUPTED when the signal aborts. */
export async function meanVectors(
  embedder: Pick<Embedder, 'embedDocuments'>,
  windowsOfEach: readonly (readonly string[])[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  if (windowsOfEach.length === 0) return [];
  const vectors = await embedder.embedDocuments(windowsOfEach.flat(), signal ? { signal } : {});
  let next = 0;
  return windowsOfEach.map(({ length }) => {
    next += length;
    return unitMean(vectors.slice(next - length, next));
  });
}

/** The text in pieces of at most a window, none ending inside a sentence that fits into one. */
export function windowsOf(text: string): string[] {
  if (text.length <= WINDOW_LENGTH) return [text];
  const windows: string[] = [];
  let start = -1;
  let end = -1;
  for (const piece of sentences(text).flatMap((range) => cutToFit(text, range))) {
    if (start >= 0 && piece.end - start > WINDOW_LENGTH) {
      windows.push(text.slice(start, end));
      start = -1;
    }
    if (start < 0) start = piece.start;
    end = piece.end;
  }
  if (start >= 0) windows.push(text.slice(start, end));
  return spread(windows);
}

function cutToFit(text: string, { start, end }: { start: number; end: number }) {
  const pieces: { start: number; end: number }[] = [];
  let from = start;
  while (end - from > WINDOW_LENGTH) {
    const to = cutBefore(text, from + WINDOW_LENGTH);
    // One character longer than a window is no text; it is cut where it must be.
    const cut = to > from ? to : from + WINDOW_LENGTH;
    pieces.push({ start: from, end: cut });
    from = cut;
  }
  pieces.push({ start: from, end });
  return pieces;
}

/** The first, the last, and evenly between. */
function spread(windows: readonly string[]): string[] {
  if (windows.length <= MOST_WINDOWS) return [...windows];
  const step = (windows.length - 1) / (MOST_WINDOWS - 1);
  return Array.from({ length: MOST_WINDOWS }, (_, at) => windows[Math.round(at * step)] ?? '');
}

function unitMean(vectors: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = vectors;
  if (vectors.length <= 1) return first;
  const sum = first.map((_, at) => vectors.reduce((total, vector) => total + (vector[at] ?? 0), 0));
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((component) => component / length) : first;
}
