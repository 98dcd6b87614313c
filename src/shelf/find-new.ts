/**
 * What came for a saved search since somebody looked: by the arrivals and the measure of the alerts, so that the two
 * never disagree about what is new. Of very many arrivals the latest are asked about and no others.
 */
import { DEFAULT_MIN_SIMILARITY } from '../alerts/alert.ts';
import type { Arrivals } from '../alerts/arrivals.ts';
import { findNews, type QuestionSource } from '../alerts/find-news.ts';
import { toFilter } from '../engine/filter-words.ts';
import type { Hit } from '../search/answer.ts';
import type { SavedQuestion } from './saved-question.ts';

export interface NewHits {
  /** The nearest first. */
  readonly hits: readonly Hit[];
  /** False where more arrived than are asked about, so there may be more. */
  readonly isWhole: boolean;
  /** Up to which arrival somebody has looked who has seen these. */
  readonly position: number;
  /** Whether papers wait to be embedded, and are told of later. */
  readonly isWaiting: boolean;
}

/** Some twenty searches: a library of a hundred of them is answered within seconds, at the worst. */
export const MOST_ARRIVALS = 2_000;

export interface Since {
  readonly question: SavedQuestion;
  readonly position: number;
}

export async function findNew(
  source: QuestionSource,
  { question, position }: Since,
  arrivals: Pick<Arrivals, 'last' | 'after'>,
): Promise<NewHits> {
  const from = Math.max(position, arrivals.last() - MOST_ARRIVALS);
  const alert = {
    question: question.q,
    mode: question.mode ?? 'hybrid',
    filter: toFilter(question),
    minSimilarity: DEFAULT_MIN_SIMILARITY,
    position: from,
  };
  const { hits, position: seen, isWaiting } = await findNews(source, alert, arrivals);
  return { hits, isWhole: from === position, position: seen, isWaiting };
}
