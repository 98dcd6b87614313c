/** What a server says of itself and of its papers, as docs/api.md promises it. */
import type { Facets } from '../engine/facets.ts';
import type { FieldSource, SourceRecord } from '../paper/merge-records.ts';
import type { Paper } from '../paper/paper.ts';
import type { Note } from '../search/note.ts';

export interface FacetsAnswer {
  /** Empty where there was no question. */
  readonly query: string;
  /** Papers that are counted. */
  readonly total: number;
  readonly facets: Facets;
  readonly notes: readonly Note[];
  readonly tookMs: number;
}

/** Many papers by their ids. */
export interface PaperBatch<One = Paper> {
  /** In the order of the ids; null where there is no such paper. */
  readonly papers: readonly (One | null)[];
  /** The ids that the index does not have. */
  readonly missing: readonly string[];
}

/** A paper with what each of its sources says of it. */
export interface SourcedPaper {
  readonly paper: Paper;
  /** Under which sources have it too; it is found by each of them. */
  readonly otherIds: readonly string[];
  /** The source of every field. */
  readonly fields: Readonly<Partial<Record<keyof Paper, FieldSource>>>;
  readonly sources: readonly SourceRecord[];
}

export interface Model {
  readonly name: string;
  /** As its authors published it. */
  readonly origin: string;
  readonly hubId: string;
  readonly revision: string;
  readonly dtype: 'q8' | 'fp32';
  readonly dimensions: number;
  readonly pooling: 'mean' | 'cls' | 'last';
  readonly maxTokens: number;
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  readonly separator: string;
  readonly languages: readonly string[];
  readonly licence: string;
  readonly bytes: number;
  /** On the machine of the server. */
  readonly present: boolean;
  readonly inUse: boolean;
}

export interface Models {
  /** Of this index; not among `models` where Pharos does not know it by name. */
  readonly model: string;
  readonly models: readonly Model[];
}

export interface SyncRun {
  readonly started: string;
  readonly ended: string;
  readonly tookMs: number;
  readonly outcome: 'fine' | 'failed' | 'interrupted';
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly faulty: number;
  readonly embedded: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** What the index is kept fresh from. Times are in ISO 8601, in UTC. */
export interface SyncSource {
  readonly name: string;
  readonly spec: string;
  /** A cron expression, in the time zone of the server. */
  readonly schedule: string;
  readonly from: string | null;
  readonly categories: readonly string[];
  readonly paused: boolean;
  readonly added: string;
  readonly nextRun: string | null;
  /** While a run lasts, and after one that was cut off. */
  readonly begun: string | null;
  readonly last: SyncRun | null;
  readonly lastFine: string | null;
  /** Since the last good run. */
  readonly failures: number;
  readonly failingSince: string | null;
}

export interface Address {
  readonly method: string;
  readonly address: string;
  readonly summary: string;
  readonly parameters: readonly string[];
}
