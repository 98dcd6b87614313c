/** What themes are about, in the words of their papers. */
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader } from '../engine/engine.ts';
import { countTerms } from '../search/query-terms.ts';
import { isStopTerm } from '../text/stop-words.ts';
import { TermFinder } from '../text/term-finder.ts';

const MOST_WORDS = 6;
/** The middle of a theme is in a dozen of its papers; more say the same and take longer. */
const TEXTS_A_THEME = 12;
/** Of a text the title and the beginning of the abstract. */
const READ_LENGTH = 1_200;
/** What the other themes say counts against a word. */
const ELSEWHERE_WEIGHT = 0.5;
/** Terms of each theme whose rarity is looked up. */
const CANDIDATES = 60;

/**
 * For each theme, given as its texts with those of its middle first, the most telling words first, as the texts write
 * them most often: said in many of its texts, in few of the other themes' and in few of the corpus. Empty where the
 * index holds none of them.
 */
export async function themeWords(
  engine: Pick<EngineReader, 'statistics'>,
  themes: readonly (readonly string[])[],
): Promise<string[][]> {
  const read = themes.map((texts) => texts.slice(0, TEXTS_A_THEME).map((text) => text.slice(0, READ_LENGTH)));
  const shares = read.map(sharesOfTexts);
  const contrasts = shares.map((own, at) =>
    contrast(
      own,
      shares.filter((_, other) => other !== at),
    ),
  );
  const terms = [...new Set(contrasts.flatMap((candidates) => candidates.map(([term]) => term)))];
  const { papers, documentFrequencies } = await engine.statistics(terms);
  const rarity = new Map(
    terms.map((term, at) => {
      const frequency = documentFrequencies[at] ?? 0;
      return [term, frequency === 0 ? 0 : inverseDocumentFrequency(frequency, papers)];
    }),
  );
  return contrasts.map((candidates, at) => {
    const telling = candidates
      .map(([term, share]) => [term, share * (rarity.get(term) ?? 0)] as const)
      .filter(([, weight]) => weight > 0)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_WORDS)
      .map(([term]) => term);
    return asWritten(telling, read[at] ?? []);
  });
}

/** In which share of the texts each term is said. */
function sharesOfTexts(texts: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const text of texts) {
    for (const term of countTerms(text).keys()) {
      if (/\p{L}{2}/u.test(term) && !isStopTerm(term))
        shares.set(term, (shares.get(term) ?? 0) + 1 / texts.length);
    }
  }
  return shares;
}

/** What a theme says, less half of what the others do on average: a subject that all share is still a subject. */
function contrast(
  own: ReadonlyMap<string, number>,
  others: readonly ReadonlyMap<string, number>[],
): [term: string, share: number][] {
  const elsewhere = (term: string) =>
    others.reduce((sum, shares) => sum + (shares.get(term) ?? 0), 0) / Math.max(1, others.length);
  return [...own]
    .map(([term, share]): [string, number] => [term, share - ELSEWHERE_WEIGHT * elsewhere(term)])
    .filter(([, share]) => share > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES);
}

function asWritten(terms: readonly string[], texts: readonly string[]): string[] {
  const spellings = new Map(terms.map((term) => [term, new Map<string, number>()]));
  const finder = new TermFinder(terms);
  for (const text of texts) {
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
