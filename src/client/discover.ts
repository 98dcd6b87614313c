/** Lists that no question makes: what may be asked, and what is answered beside what `discover/` answers. */
import type { DailyOrder } from '../discover/daily.ts';
import type { Window } from '../discover/trending.ts';
import type { Example, PaperFilter } from './requests.ts';

export interface RecommendInput extends PaperFilter {
  /** The library, up to 5,000; this or `profile` is needed. A plain string is always a paper. */
  readonly positive?: readonly Example[];
  /** Up to 500. */
  readonly negative?: readonly Example[];
  /** The name of a library that was saved on the server. */
  readonly profile?: string;
  /** `7d`, `2w`, `3m`, `1y` or a date. */
  readonly since?: string;
  /** 1 to 100. */
  readonly limit?: number;
}

export interface DailyInput extends PaperFilter {
  /** `2026-11-20`, `2026-W47`, `2026-11` or `2026`; the newest day that has papers unless given. */
  readonly date?: string;
  readonly order?: DailyOrder;
  /** 1 to 100. */
  readonly limit?: number;
}

export interface TrendingInput extends PaperFilter {
  readonly window?: Window;
  /** 1 to 100. */
  readonly limit?: number;
}

export interface CalendarDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Papers of that day, never 0. */
  readonly count: number;
}
