/** A question that is asked again and again, and where what is new for it goes. */
import type { Filter } from '../engine/filter.ts';
import type { Mode } from '../search/request.ts';

/** What makes an alert, checked and complete. */
export interface AlertDefinition {
  /** Its name: lower-case letters, digits and hyphens. */
  readonly id: string;
  /** In the query language; empty where a list is followed. */
  readonly question: string;
  /** What is followed instead of a question: what is read now, of the papers that pass the filter. */
  readonly list?: ListName;
  readonly mode: Mode;
  readonly filter: Filter;
  /** Cosine of question and paper from which on a paper is announced; see `isAnnounced` for the cases without one. */
  readonly minSimilarity: number;
  /** `hour`, `day`, `week` or a cron expression of five fields, in the time zone of the machine. */
  readonly every: string;
  /** As `parseTarget` reads them; empty once everybody has unsubscribed. */
  readonly targets: readonly string[];
  /** Most papers in one message; more of them make several messages. */
  readonly limit: number;
  /** True where a reader asked for it by a form: it goes when its reader goes. */
  readonly isByForm?: boolean;
}

export const LISTS = ['trending'] as const;
export type ListName = (typeof LISTS)[number];

export interface Alert extends AlertDefinition {
  readonly isPaused: boolean;
  readonly createdMs: number;
  /** Null before the first run. */
  readonly lastRunMs: number | null;
  readonly nextRunMs: number;
  /** Arrivals up to this number have been looked at. */
  readonly position: number;
  /** How many of the best older papers the first run is to announce; 0 afterwards. */
  readonly backfill: number;
  /** Why the last run failed; null where it did not. */
  readonly error: string | null;
}

export const DEFAULT_LIMIT = 25;
/** See docs/alerts.md for what was measured. */
export const DEFAULT_MIN_SIMILARITY = 0.4;
export const MAX_BACKFILL = 100;
