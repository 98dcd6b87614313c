/** A paper with what each of its sources says: which field comes from whom, and since when. */
import { type FieldSource, mergeRecords, type SourceRecord } from '../paper/merge-records.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import { compareIds } from '../paper/paper-names.ts';
import type { PaperStore } from './context.ts';

export interface PaperWithSources {
  readonly paper: Paper;
  /** The other ids under which sources have it; it is found by each of them. */
  readonly otherIds: readonly PaperId[];
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
  const ids = new Set(sources.map((record) => record.paper.id));
  ids.delete(paper.id);
  return {
    paper,
    otherIds: [...ids].sort(compareIds),
    fields: mergeRecords(paper.id, sources).fields,
    sources,
  };
}
