/**
 * How near a paper is to a library. Its nearest theme says that it belongs to what the library is about; the papers
 * of the library nearest to it say that it continues something that is in it. Either alone ranks worse; see
 * docs/decisions/recommendations.md.
 */
import { dot } from '../vector/dot.ts';
import type { Theme } from './themes.ts';

/** What the nearest papers count beside the nearest theme. */
const PAPERS_SHARE = 0.7;
/** With one, a single stray paper decides; with many, it is the mean of everything again. */
const NEAREST_PAPERS = 3;
/** How strongly the nearest unwanted paper pushes away, for every unit that the library pulls: Rocchio's weight. */
const NEGATIVE_WEIGHT = 0.5;

export interface Taste {
  readonly themes: readonly Theme[];
  /** Of the library, in the order that the members of themes count in. */
  readonly vectors: readonly Float32Array[];
  readonly unwanted: readonly Float32Array[];
}

export interface NearPaper {
  /** Place in the library. */
  readonly at: number;
  readonly similarity: number;
}

export interface Nearness {
  readonly score: number;
  /** Place of the nearest theme. */
  readonly theme: number;
  /** At most three papers of the library, the nearest first; the earlier of equals. */
  readonly nearest: readonly NearPaper[];
}

/**
 * `.3 × cosine of the nearest theme + .7 × mean cosine of the three nearest papers - .5 × cosine of the nearest
 * unwanted paper`, where a negative cosine counts as none for what is unwanted.
 */
export function nearnessOf(vector: Float32Array, { themes, vectors, unwanted }: Taste): Nearness {
  const { place: theme, similarity: ofTheme } = nearestTheme(vector, themes);
  const nearest = nearestPapers(vector, vectors);
  const ofPapers = nearest.reduce((sum, { similarity }) => sum + similarity, 0) / Math.max(1, nearest.length);
  let repelled = 0;
  for (const other of unwanted) repelled = Math.max(repelled, dot(vector, other));
  return {
    score: (1 - PAPERS_SHARE) * ofTheme + PAPERS_SHARE * ofPapers - NEGATIVE_WEIGHT * repelled,
    theme,
    nearest,
  };
}

/** The first of equals; a similarity of 0 where there are no themes. */
function nearestTheme(vector: Float32Array, themes: readonly Theme[]): { place: number; similarity: number } {
  let best = { place: 0, similarity: themes.length === 0 ? 0 : Number.NEGATIVE_INFINITY };
  themes.forEach(({ centroid }, place) => {
    const similarity = dot(vector, centroid);
    if (similarity > best.similarity) best = { place, similarity };
  });
  return best;
}

function nearestPapers(vector: Float32Array, vectors: readonly Float32Array[]): NearPaper[] {
  const nearest: NearPaper[] = [];
  let least = Number.NEGATIVE_INFINITY;
  vectors.forEach((other, at) => {
    const similarity = dot(vector, other);
    if (similarity <= least) return;
    const place = nearest.findIndex((known) => known.similarity < similarity);
    nearest.splice(place < 0 ? nearest.length : place, 0, { at, similarity });
    nearest.length = Math.min(nearest.length, NEAREST_PAPERS);
    if (nearest.length === NEAREST_PAPERS) least = nearest[NEAREST_PAPERS - 1]?.similarity ?? least;
  });
  return nearest;
}
