/** An open index as a program sees it: questions as a client of a server asks them, and papers in and out. */
import type { PaperInput } from '../client/paper-input.ts';
import type { AskOptions, PaperSearch } from '../client/paper-search.ts';
import type { EngineStatus } from '../engine/engine.ts';
import type { AddReport } from '../indexer/add-report.ts';
import type { Format } from '../ingest/detect-format.ts';

export interface WriteOptions extends AskOptions {
  /** Waits while another process writes, instead of rejecting with INDEX_LOCKED. */
  readonly wait?: boolean;
}

export interface AddOptions extends WriteOptions {
  /** Rejects with ROW_INVALID at the first row that is no paper, instead of counting it. */
  readonly strict?: boolean;
}

export interface AddFilesOptions extends AddOptions {
  /** Recognised unless given. */
  readonly format?: Format;
}

/**
 * Every method rejects with an AppError. Whatever was committed, here or by another process, is known to the next
 * question. Writers of one process take turns.
 */
export interface Pharos extends PaperSearch {
  /** Resolves when all are stored and embedded; each is found by its words as soon as it is stored. */
  add(papers: Iterable<PaperInput> | AsyncIterable<PaperInput>, options?: AddOptions): Promise<AddReport>;
  /** Files and sources, as `pharos add` takes them. */
  addFiles(files: readonly string[], options?: AddFilesOptions): Promise<AddReport>;
  /** Papers by any of their names, out of the index; resolves to the ids of those that were there. */
  remove(names: readonly string[], options?: WriteOptions): Promise<string[]>;
  status(): Promise<EngineStatus>;
  /** Waits for what is being written. Safe to call twice; nothing can be asked afterwards. */
  close(): Promise<void>;
}
