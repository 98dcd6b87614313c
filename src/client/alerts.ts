/** The alerts of a server. It tells of them only whoever asks from its own machine: LOCAL_ONLY otherwise. */
import type { Filter } from '../engine/filter.ts';
import type { Mode } from '../search/request.ts';
import type { RequestOptions } from './paper-search.ts';
import type { PaperFilter } from './requests.ts';
import type { Transport } from './transport.ts';

export interface AlertInput extends Omit<PaperFilter, 'to'> {
  /** The question; left out where a list is followed. */
  readonly q?: string;
  /** What is followed instead of a question: what is read now. */
  readonly list?: 'trending';
  /** Who is told: `mail:ADDRESS` or `webhook:URL`. */
  readonly to: readonly string[];
  /** Lower-case letters, digits and hyphens; made of the question unless given. */
  readonly id?: string;
  /** `hour`, `day`, `week` or five fields of cron. */
  readonly every?: string;
  /** -1 to 1. */
  readonly minSimilarity?: number;
  /** Papers in one message, 1 to 100. */
  readonly limit?: number;
  /** So many of the best older papers are announced first. */
  readonly backfill?: number;
  readonly mode?: Mode;
}

/** Times are in ISO 8601, in UTC. */
export interface Alert {
  readonly id: string;
  /** Empty where a list is followed. */
  readonly question: string;
  readonly list: 'trending' | null;
  readonly mode: Mode;
  readonly filter: Filter;
  readonly minSimilarity: number;
  readonly every: string;
  readonly to: readonly string[];
  readonly limit: number;
  readonly backfill: number;
  readonly paused: boolean;
  readonly created: string | null;
  readonly lastRun: string | null;
  readonly nextRun: string | null;
  /** Of the last run. */
  readonly error: string | null;
  readonly messages: { readonly waiting: number; readonly sent: number; readonly dead: number };
}

export interface AlertMessage {
  readonly key: string;
  readonly to: string;
  readonly papers: number;
  readonly state: 'waiting' | 'sent' | 'dead';
  readonly tries: number;
  readonly created: string | null;
  readonly nextTry: string | null;
  readonly done: string | null;
  readonly error: string | null;
}

export type AlertWithMessages = Alert & {
  /** The newest first. */
  readonly latest: readonly AlertMessage[];
};

const PATH = 'api/v1/alerts';

export class Alerts {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(options: RequestOptions = {}): Promise<readonly Alert[]> {
    const { alerts } = await this.#transport.json<{ alerts: Alert[] }>({ ...options, path: PATH });
    return alerts;
  }

  add(input: AlertInput, options: RequestOptions = {}): Promise<Alert> {
    return this.#transport.json({ ...options, path: PATH, body: input });
  }

  /** ALERT_NOT_FOUND. */
  get(id: string, options: RequestOptions = {}): Promise<AlertWithMessages> {
    return this.#transport.json({ ...options, path: `${PATH}/${encodeURIComponent(id)}` });
  }

  /** ALERT_NOT_FOUND. */
  async remove(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#transport.text({ ...options, path: `${PATH}/${encodeURIComponent(id)}`, method: 'DELETE' });
  }
}
