/**
 * The papers of the index whose own text was pasted. Somebody who pastes an abstract asks for what is around it; where
 * that very paper is in the index it comes first and is then left out of all comparisons, as a paper given by id is:
 * at similarity 1 and with every word it would press all others together and be its own feedback.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import { terms } from '../text/analyze.ts';
import type { ExactHit } from './exact-hits.ts';

/** Spaces, hyphens, a missing title or a footnote may differ; another version of an abstract differs more. */
const LEAST_SHARED = 0.9;

export interface PastedText {
  readonly text: string;
  readonly vector: Float32Array;
}

/** Each once, in the order of the texts. Only the paper nearest to a text can be the text's own. */
export async function pastedPapers(
  engine: Pick<EngineReader, 'semantic' | 'papers'>,
  pasted: readonly PastedText[],
  filter: Filter,
): Promise<ExactHit[]> {
  const own = new Map<number, ExactHit>();
  for (const { text, vector } of pasted) {
    const [docId] = (await engine.semantic(vector, { filter, limit: 1 })).docIds;
    if (docId === undefined) continue;
    const [paper] = await engine.papers([docId]);
    if (paper && isSameText(text, embeddedText(paper))) own.set(docId, { docId, as: 'text', paper });
  }
  return [...own.values()];
}

/** Whether nine in ten of the different words of either are words of the other. */
export function isSameText(one: string, other: string): boolean {
  const [words, others] = [new Set(terms(one)), new Set(terms(other))];
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared > 0 && shared >= LEAST_SHARED * Math.max(words.size, others.size);
}
