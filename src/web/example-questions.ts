/** Questions that this corpus can answer, for who does not know what to ask: topics as its own papers name them. */
import type { Paper } from '../paper/paper.ts';

const EXAMPLES = 3;
const MIN_WORDS = 4;
const MAX_WORDS = 9;
/** Formulas, quotations and other things that read badly as a question. */
const ODD = /[$\\{}"“”:?!]/;

/** At most three, from different papers: the longer side of a title's colon says what the paper is about. */
export function exampleQuestions(papers: readonly Paper[]): string[] {
  const topics = papers.map(({ title }) => topicOf(title)).filter((topic) => topic !== undefined);
  return [...new Set(topics)].slice(0, EXAMPLES);
}

function topicOf(title: string): string | undefined {
  const parts = title.split(/:\s/).map((part) => part.trim().replace(/\.$/, ''));
  const [longest = ''] = parts.sort((a, b) => b.length - a.length);
  const words = longest.split(/\s+/).length;
  return words < MIN_WORDS || words > MAX_WORDS || ODD.test(longest) ? undefined : longest;
}
