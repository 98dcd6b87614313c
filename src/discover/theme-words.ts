/** What a theme is about, in the words of its papers. */
import type { EngineReader } from '../engine/engine.ts';
import { tellingTerms } from '../search/telling-terms.ts';
import { TermFinder } from '../text/term-finder.ts';

const MOST_WORDS = 6;
/** Of a larger theme so many texts are read; more say the same. */
const MOST_TEXTS = 40;

/** The most telling first, as the texts write them most often. Empty where the index holds none of their words. */
export async function themeWords(
  engine: Pick<EngineReader, 'statistics'>,
  texts: readonly string[],
  others: readonly string[],
): Promise<string[]> {
  const positives = texts.slice(0, MOST_TEXTS);
  const telling = await tellingTerms(engine, { positives, negatives: others.slice(0, MOST_TEXTS) });
  const terms = telling
    .map(({ term }) => term)
    .filter((term) => /\p{L}{2}/u.test(term))
    .slice(0, MOST_WORDS);
  const spellings = new Map(terms.map((term) => [term, new Map<string, number>()]));
  const finder = new TermFinder(terms);
  for (const text of positives) {
    for (const { term, start, end } of finder.find(text)) {
      const word = text.slice(start, end).toLowerCase();
      const counts = spellings.get(term);
      counts?.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return terms.flatMap((term) => mostFrequent(spellings.get(term)) ?? []);
}

/** The first of those that are equally frequent. */
function mostFrequent(counts: ReadonlyMap<string, number> = new Map()): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
