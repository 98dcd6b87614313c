/** More hits than one answer may hold, from as many answers as it takes; pages are parts of one list. */
import type { Hit, SearchAnswer } from '../search/answer.ts';
import { MAX_LIMIT } from '../search/request.ts';

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** `ask` is given one page after the other. */
export async function firstHits(
  limit: number,
  ask: (page: Page) => Promise<Pick<SearchAnswer, 'hits' | 'next'>>,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (let offset = 0; offset < limit; offset += MAX_LIMIT) {
    const answer = await ask({ limit: Math.min(MAX_LIMIT, limit - offset), offset });
    hits.push(...answer.hits);
    if (answer.next === null) break;
  }
  return hits;
}
