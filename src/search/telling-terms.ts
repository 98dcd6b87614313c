/**
 * The words that tell a text apart from the rest of the corpus: what related work is looked up by. All words of
 * an abstract find no better papers than these and take longer; see docs/decisions/fusion.md.
 */
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { isStopTerm } from '../text/stop-words.ts';
import { countTerms, saturated } from './query-terms.ts';
import { NEGATIVE_WEIGHT } from './rocchio.ts';

const MAX_TERMS = 40;
/** A pasted book has more different words than are worth asking about. */
const MAX_CANDIDATES = 1_000;

/** Texts that are wanted and texts that are not. */
export interface ExampleTexts {
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
}

/** At most 40 terms of the positives that the index holds, the most telling first. */
export async function tellingTerms(
  engine: Pick<EngineReader, 'statistics'>,
  examples: ExampleTexts,
): Promise<WeightedTerm[]> {
  const candidates = [...meanCounts(examples)]
    .filter(([term, count]) => count > 0 && !isStopTerm(term))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_CANDIDATES)
    .map(([term, count]) => ({ term, weight: saturated(count) }));
  const { papers, documentFrequencies } = await engine.statistics(candidates.map(({ term }) => term));
  return candidates
    .map((candidate, at) => ({ ...candidate, frequency: documentFrequencies[at] ?? 0 }))
    .filter(({ frequency }) => frequency > 0)
    .map(({ term, weight, frequency }) => ({
      term,
      weight,
      telling: weight * inverseDocumentFrequency(frequency, papers),
    }))
    .sort((a, b) => b.telling - a.telling)
    .slice(0, MAX_TERMS)
    .map(({ term, weight }) => ({ term, weight }));
}

/** How often a positive says each term, less a share of how often a negative does. */
function meanCounts({ positives, negatives }: ExampleTexts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of positives) {
    for (const [term, count] of countTerms(text)) {
      counts.set(term, (counts.get(term) ?? 0) + count / positives.length);
    }
  }
  for (const text of negatives) {
    for (const [term, count] of countTerms(text)) {
      const before = counts.get(term);
      if (before !== undefined) counts.set(term, before - (NEGATIVE_WEIGHT * count) / negatives.length);
    }
  }
  return counts;
}
