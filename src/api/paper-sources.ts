/** A paper with what each of its sources says: which field comes from whom, and since when. */
import { type FieldSource, mergeRecords, type SourceRecord } from '../paper/merge-records.ts';
import type { Paper } from '../paper/paper.ts';
import type { PaperStore } from './context.ts';

export interface PaperWithSources {
  readonly paper: Paper;
  /** The source of every field that is there. */
  readonly fields: Readonly<Partial<Record<keyof Paper, FieldSource>>>;
  /** What each source says as a whole, by the names of the sources. */
  readonly sources: readonly SourceRecord[];
}

/** Without sources where the paper was stored before they were kept. */
export async function withSources(
  engine: Pick<PaperStore, 'records'>,
  paper: Paper,
): Promise<PaperWithSources> {
  const [sources = []] = await engine.records([paper.id]);
  return { paper, fields: mergeRecords(paper.id, sources).fields, sources };
}
