/** Recommends new papers for a library, on top of any engine and embedder. */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import { bothFilters, type Filter, NO_FILTER } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import type { PartialDate } from '../paper/paper.ts';
import { nextDate } from '../paper/partial-date.ts';
import type { AskOptions } from '../search/request.ts';
import { readPeriod } from './period.ts';
import type { ProfileStore } from './profile-store.ts';
import { recommend } from './recommend.ts';
import type { RecommendAnswer, RecommendRequest } from './request.ts';
import { sinceDate } from './since.ts';
import { dayOfToday } from './today.ts';

export interface RecommenderOptions {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  /** Where requests with a `profile` find it. */
  readonly profiles?: Pick<ProfileStore, 'read'>;
  /** Milliseconds since any fixed moment. */
  readonly clock?: () => number;
  /** `YYYY-MM-DD`. */
  readonly today?: () => PartialDate;
}

export class Recommender {
  readonly #engine: EngineReader;
  readonly #embedder: Embedder;
  readonly #profiles: Pick<ProfileStore, 'read'> | undefined;
  readonly #clock: () => number;
  readonly #today: () => PartialDate;

  constructor(options: RecommenderOptions) {
    const { engine, embedder, profiles, clock = () => performance.now(), today = dayOfToday } = options;
    this.#engine = engine;
    this.#embedder = embedder;
    this.#profiles = profiles;
    this.#clock = clock;
    this.#today = today;
  }

  /**
   * Rejects with QUERY_EMPTY for a library of nothing, PAPER_NOT_FOUND for ids that are not in the index,
   * INPUT_INVALID for values out of range and a profile that is not there, INTERRUPTED when the signal aborts.
   */
  async recommend(request: RecommendRequest, { signal }: AskOptions = {}): Promise<RecommendAnswer> {
    const startedAt = this.#clock();
    const { since, ...asked } = await this.#withProfile(request);
    const from = since === undefined ? undefined : this.#firstDay(since);
    const filter = await this.#newer(asked.filter ?? NO_FILTER, from);
    const parts = { engine: this.#engine, embedder: this.#embedder, signal };
    const answer = await recommend(parts, asked, filter);
    return { since: from ?? null, ...answer, tookMs: this.#clock() - startedAt };
  }

  async #withProfile({ profile: name, ...request }: RecommendRequest): Promise<RecommendRequest> {
    if (name === undefined) return request;
    const profile = await this.#profiles?.read(name);
    if (profile === undefined)
      throw new AppError('INPUT_INVALID', { message: `there is no profile ${name}` });
    return {
      ...request,
      papers: [...profile.papers, ...(request.papers ?? [])],
      negativePapers: [...profile.negatives, ...(request.negativePapers ?? [])],
    };
  }

  /** The day that `7d` means today; a date is what it is. */
  #firstDay(text: string): PartialDate {
    const date = sinceDate(text, this.#today());
    if (date !== undefined) return date;
    throw new AppError('INPUT_INVALID', {
      message: `${JSON.stringify(text)} does not say since when`,
      remedy: 'Write 7d, 2w, 3m or 1y, or a date: YYYY, YYYY-MM or YYYY-MM-DD.',
    });
  }

  /**
   * Published since, or come into the index since. What the index began with is no news, however lately it began, so
   * papers that came on its first day count by when they were published.
   */
  async #newer(filter: Filter, since: PartialDate | undefined): Promise<Filter> {
    if (since === undefined) return filter;
    const { founded } = await this.#engine.status();
    const first = readPeriod(since)?.from ?? since;
    const arrivedFrom = founded !== undefined && founded >= first ? nextDate(founded) : first;
    // Not refused by both: one of the two lets it through.
    return bothFilters(filter, { not: [{ not: [{ from: since }, { arrivedFrom }] }] });
  }
}
