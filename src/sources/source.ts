/**
 * The Source port: where papers live that are not in a file. A source knows a service's addresses and what its
 * answers mean, and nothing else: how often it may be asked is `http/`'s, what is new is `indexer/`'s.
 * One contract suite (`tests/sources/contract.ts`) runs against every implementation.
 */
import type { Ask } from '../http/polite-client.ts';
import type { Lane } from '../http/turnstile.ts';
import type { Row, RowPlace } from '../ingest/row.ts';
import type { PaperId, PartialDate } from '../paper/paper.ts';

export interface SourceDescription {
  /** What stands before the colon: `arxiv-oai`. */
  readonly name: string;
  /** Whose word its papers are, where two sources speak for one service; `name` unless given. */
  readonly recordedAs?: string;
  /** For people: `arXiv, by its harvesting protocol`. */
  readonly title: string;
  /** What may stand behind the colon, in one line. */
  readonly takes: string;
  /** Whole arguments of `pharos add`, such as `arxiv-oai:cs?from=2026-11-01`. Each is tried by a test. */
  readonly examples: readonly string[];
  /** Where it is asked unless a setting says otherwise; undefined where the target says that itself. */
  readonly address?: string;
  /** How often it may be asked, together with which others. */
  readonly lane: Lane;
  /** How often, where a key is given and that makes a difference. */
  readonly keyedIntervalMs?: number;
  readonly key: 'none' | 'helps' | 'needed';
  /** What a position holds, in one line. */
  readonly position: string;
}

/** A paper, the reason why there is none, or a paper that the source has withdrawn. */
export type SourceRow = Row | { readonly place: RowPlace; readonly deleted: PaperId };

export interface SourceBatch {
  readonly rows: readonly SourceRow[];
  /**
   * Once the rows are stored: what a later call goes on from. It is opaque, at most a few hundred letters, and asks
   * for nothing twice that this call has asked for. That of the last batch tells a later call where news begin.
   */
  readonly position: string;
  /** Rows that this call gives in all, where the service tells. */
  readonly total?: number;
}

export interface SourceRequest {
  /** What stands behind the colon, as it was given: `cs?from=2026-11-01`. */
  readonly target: string;
  /** Only what came or changed on this day or later; a source that cannot tell gives more. */
  readonly since?: PartialDate | undefined;
  /** Of the last batch that was stored. One that the source cannot read any more counts as none. */
  readonly position?: string | undefined;
}

export interface SourceContext {
  /** Asks in the lane of the source. */
  readonly ask: Ask;
  /** `address` of the description, or what a setting put in its place; without a slash at the end. */
  readonly address: string;
  /** What a setting gives as the user's key. It goes to the address in `secrets` of a request, and nowhere else. */
  readonly key?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what a person should know of and no row says. */
  readonly onNotice?: (message: string) => void;
}

export interface Source {
  readonly description: SourceDescription;
  /** Throws INPUT_INVALID for a target that is none, before anything is asked. */
  check(target: string): void;
  /** For a source that asks many services: how often that of the target may be asked. The target is one. */
  laneFor?(target: string): Lane;
  /**
   * The batches in the order they came, each asked for when the one before has been taken. Rejects with SOURCE_FAILED,
   * INPUT_INVALID or what the signal was aborted with; batches that came before that count.
   */
  stream(request: SourceRequest, context: SourceContext): AsyncIterable<SourceBatch>;
}
