/** A paper as the exact engine keeps it, with what can be read off it once. */
import type { SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PartialDate } from '../../paper/paper.ts';
import { sameWork } from '../../paper/same-work.ts';
import { type Filter, matchesFilter } from '../filter.ts';
import type { IndexedText } from '../indexed-text.ts';
import type { DocId } from '../ranking.ts';
import type { Names } from './exact-names.ts';

export interface Entry {
  readonly docId: DocId;
  readonly paper: Paper;
  readonly text: IndexedText;
  readonly names: Names;
  readonly workKeys: ReadonlySet<string>;
  readonly vector: Float32Array | undefined;
  readonly records: readonly SourceRecord[];
  readonly arrived: PartialDate | undefined;
}

export function passes({ paper, arrived }: Entry, filter: Filter): boolean {
  return matchesFilter(paper, filter, { arrived });
}

/** Works without a common key are never the same, and comparing texts takes a thousand times as long. */
export function isSameWork(a: Entry, b: Entry): boolean {
  return [...a.workKeys].some((key) => b.workKeys.has(key)) && sameWork(a.paper, b.paper) !== undefined;
}
