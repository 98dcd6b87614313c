/** The head ranking as its definition reads, with nothing shared with the code under test. */

export interface FusedPaper {
  readonly id: string;
  /** Evidence from 0 to 1. */
  readonly words: number;
  readonly meaning: number;
  readonly vector: Float32Array | undefined;
}

/** Scores of the papers of a head, given in fused order. */
export function referenceHeadScores(head: readonly FusedPaper[]): Map<string, number> {
  const cosine = (a: FusedPaper, b: FusedPaper): number => {
    const [one, other] = [a.vector, b.vector];
    if (!one || !other) return 0;
    return Math.fround(one.reduce((sum, component, at) => sum + component * (other[at] ?? 0), 0));
  };
  const likeness = head.map((paper) =>
    head.slice(0, 3).reduce((sum, first) => sum + cosine(paper, first), 0),
  );
  const known = likeness.filter((_, at) => head[at]?.vector !== undefined);
  const own = head.map(({ words, meaning, vector }, at) => {
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const scaled = most > least ? ((likeness[at] ?? 0) - least) / (most - least) : 1;
    return words / 2 + meaning / 4 + (vector ? scaled / 4 : 0);
  });
  return new Map(
    head.map((paper, at) => {
      const near = head
        .map((other, place) => ({ place, weight: place === at ? 0 : cosine(paper, other) }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight || a.place - b.place)
        .slice(0, Math.floor(head.length / 10));
      const weights = near.reduce((sum, { weight }) => sum + weight, 0);
      const mean = near.reduce((sum, { place, weight }) => sum + weight * (own[place] ?? 0), 0) / weights;
      return [paper.id, weights > 0 ? ((own[at] ?? 0) + mean) / 2 : (own[at] ?? 0)];
    }),
  );
}
