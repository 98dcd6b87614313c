/**
 * What is new for an alert. Arrivals are asked about a hundred at a time, so that every one of them is in the answer
 * and measured: in a search over everything a paper that is near enough could be beyond the last rank.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineReader } from '../engine/engine.ts';
import { bothFilters } from '../engine/filter.ts';
import type { PaperId } from '../paper/paper.ts';
import type { Hit } from '../search/answer.ts';
import { MAX_LIMIT } from '../search/request.ts';
import type { Searcher } from '../search/searcher.ts';
import type { Alert } from './alert.ts';
import type { Arrival, Arrivals } from './arrivals.ts';
import type { TrendingSource } from './find-trending.ts';

/** What the news of a question are found in. */
export interface QuestionSource {
  readonly reader: Pick<EngineReader, 'lastDocId' | 'papers' | 'records' | 'get' | 'vectors' | 'semantic'>;
  readonly searcher: Pick<Searcher, 'search'>;
}

export interface NewsSource extends QuestionSource {
  readonly lists: TrendingSource;
}

export interface News {
  /** The nearest first. */
  readonly hits: readonly Hit[];
  /** Of the last arrival that was looked at. */
  readonly position: number;
  /** Whether papers wait to be embedded, and everything after them with them. */
  readonly isWaiting: boolean;
}

type Question = Pick<Alert, 'question' | 'mode' | 'filter' | 'minSimilarity'>;

/** Whatever came after the alert's position and is near enough, by `isAnnounced`. */
export async function findNews(
  source: QuestionSource,
  alert: Question & Pick<Alert, 'position'>,
  arrivals: Pick<Arrivals, 'after'>,
): Promise<News> {
  const hits: Hit[] = [];
  let { position } = alert;
  for (;;) {
    const page = arrivals.after(position, MAX_LIMIT);
    const ready = await readyPart(source.reader, page);
    hits.push(...(await judged(source, alert, ready.ids)));
    position = page[ready.count - 1]?.number ?? position;
    // A server that judges a whole archive answers others in between.
    await nextTurn();
    const isWaiting = ready.count < page.length;
    if (isWaiting || page.length < MAX_LIMIT) return { hits: nearestFirst(hits), position, isWaiting };
  }
}

/** The best of everything there is, at most `limit` of them. */
export async function findOlder(
  { searcher }: Pick<QuestionSource, 'searcher'>,
  { question, mode, filter, minSimilarity }: Question,
  limit: number,
): Promise<Hit[]> {
  const { hits } = await searcher.search({ query: question, mode, filter, limit });
  return nearestFirst(hits.filter((hit) => isAnnounced(hit, minSimilarity)));
}

/**
 * Papers that the question names, its author's too, always are. By words alone, where nothing measures how near a
 * paper is, it must hold every word. A question of nothing but fields announces whatever passes them.
 */
export function isAnnounced({ match }: Pick<Hit, 'match'>, minSimilarity: number): boolean {
  const { exact, similarity, lexicalRank, semanticRank, coverage } = match;
  if (exact !== null) return true;
  if (similarity !== null) return similarity >= minSimilarity;
  if (lexicalRank === null && semanticRank === null) return true;
  return coverage >= 1;
}

async function judged(
  { searcher }: Pick<QuestionSource, 'searcher'>,
  { question, mode, filter, minSimilarity }: Question,
  ids: readonly PaperId[],
): Promise<Hit[]> {
  if (ids.length === 0) return [];
  const request = { query: question, mode, limit: MAX_LIMIT, filter: bothFilters(filter, { ids }) };
  const { hits } = await searcher.search(request);
  return hits.filter((hit) => isAnnounced(hit, minSimilarity));
}

/** The arrivals up to the first that cannot be judged yet, and the papers among them that are still there. */
async function readyPart(
  reader: QuestionSource['reader'],
  page: readonly Arrival[],
): Promise<{ readonly count: number; readonly ids: readonly PaperId[] }> {
  const papers = await reader.get(page.map(({ paperId }) => paperId));
  const present = page.flatMap(({ paperId }, at) => (papers[at] ? [paperId] : []));
  const loaded = await loadedAmong(reader, present);
  const end = page.findIndex(({ paperId }, at) => papers[at] && !loaded.has(paperId));
  const count = end < 0 ? page.length : end;
  const before = new Set(page.slice(0, count).map(({ paperId }) => paperId));
  return { count, ids: present.filter((id) => before.has(id)) };
}

/**
 * Which of the papers can be compared with a question: those that the engine finds near to one of themselves. What
 * the store knows does not tell, since another process may have written it a moment ago.
 */
async function loadedAmong(
  reader: QuestionSource['reader'],
  ids: readonly PaperId[],
): Promise<ReadonlySet<PaperId>> {
  const probe = (await reader.vectors(ids)).find((vector) => vector !== undefined);
  if (!probe) return new Set();
  const { docIds } = await reader.semantic(probe, { filter: { ids }, limit: ids.length });
  const papers = await reader.papers([...docIds]);
  return new Set(papers.flatMap((paper) => (paper ? [paper.id] : [])));
}

function nearestFirst(hits: readonly Hit[]): Hit[] {
  const nearness = ({ match }: Hit) => match.similarity ?? Number.POSITIVE_INFINITY;
  return hits.toSorted((a, b) => (nearness(a) === nearness(b) ? 0 : nearness(b) - nearness(a)));
}
