/**
 * What the routes need from the rest of the house: something that finds, something that holds papers, and the
 * limits to keep. Handed down by the composition root; nothing here is global and nothing reads the environment.
 */
import type { Logger } from 'pino';
import type { Lists } from '../discover/lists.ts';
import type { Recommender } from '../discover/recommender.ts';
import type { ModelPreset } from '../embed/presets.ts';
import type { EngineReader } from '../engine/engine.ts';
import type { MapShelf } from '../map/map-shelf.ts';
import type { Searcher } from '../search/searcher.ts';
import type { Subscription } from '../sync/subscription.ts';
import type { WorkNote } from '../sync/work-notes.ts';
import type { Access } from './access-guard.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { LoadGate } from './load-gate.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimits } from './rate-limit.ts';
import type { Readiness } from './readiness.ts';
import type { ShelfDesk } from './shelf-desk.ts';
import type { WritingDesk } from './writing-desk.ts';

export interface ApiSettings {
  /** Names besides the loopback ones that a Host header may carry: `name` for any port, or `name:port`. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may read answers, as browsers send them; `*` for every one. */
  readonly corsOrigins: readonly string[];
  readonly bodyLimitBytes: number;
  /** From the end of the headers to the last byte of the answer. */
  readonly requestTimeoutMs: number;
  /** Where the server is reached from outside, if that is told. */
  readonly publicUrl?: string | undefined;
  /** Proxies that are believed who asks through them, as `trustProxies` takes them; nobody unless named. */
  readonly trustProxy?: readonly string[];
  /** Whether the log holds the addresses of callers; `no` unless it says otherwise. */
  readonly logCallers?: 'no' | 'yes';
  /** Reads need no key, wherever the server listens. */
  readonly isPublic?: boolean;
  /** Left out: none for a server that only this machine reaches, cautious ones for others. */
  readonly rateLimits?: RateLimits | undefined;
  /** What they are for; a minute unless given. */
  readonly rateWindowSeconds?: number;
  /** Searches that are answered at once; more are refused. */
  readonly maxSearches?: number;
}

export type SearchPort = Pick<Searcher, 'search' | 'related' | 'suggest' | 'list'>;

export type RecommendPort = Pick<Recommender, 'recommend'>;

export type MapPort = Pick<MapShelf, 'read'>;

export type ListPort = Pick<Lists, 'daily' | 'trending' | 'calendar'>;

export type PaperStore = Pick<
  EngineReader,
  'get' | 'records' | 'papers' | 'lookup' | 'sameWorks' | 'newest' | 'facets' | 'status' | 'lastDocId'
>;

/** All that stands on one index: they are exchanged together. */
export type Answering = Pick<ApiContext, 'engine' | 'searcher' | 'recommender' | 'lists'>;

/** A known model, and whether its files are on this machine. */
export interface ListedModel {
  readonly preset: ModelPreset;
  readonly isPresent: boolean;
}

export interface ApiContext {
  readonly engine: PaperStore;
  readonly searcher: SearchPort;
  readonly recommender: RecommendPort;
  readonly lists: ListPort;
  readonly maps: MapPort;
  readonly models: () => Promise<readonly ListedModel[]>;
  /** Without it there are no addresses of alerts. */
  readonly alerts?: AlertDesk;
  /** Without it readers keep nothing. */
  readonly shelves?: ShelfDesk;
  /** What the index is kept fresh from, as it stands now. */
  readonly sources: () => Promise<readonly Subscription[]>;
  /** What other processes are doing to the index right now. */
  readonly workNotes?: () => Promise<readonly WorkNote[]>;
  /** Without it the index cannot be changed by requests. */
  readonly desk?: WritingDesk;
  readonly access: Access;
  readonly gate: LoadGate;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly settings: ApiSettings;
  readonly logger: Logger;
}
