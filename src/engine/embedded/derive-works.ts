/**
 * Works and traits from the stored papers, for snapshots that an earlier Pharos made without them. It reads every
 * paper once; the graph, which takes minutes to build, is kept.
 */
import type { Columns } from './columns.ts';
import type { PaperStore } from './paper-store.ts';
import type { ProgressListener } from './progress.ts';
import { Traits } from './traits.ts';
import { Works } from './works.ts';

export interface DerivedWorks {
  readonly traits: Traits;
  readonly works: Works;
}

export type DeriveWorks = (columns: Columns) => DerivedWorks;

/** For the papers that the columns hold; those that came later are caught up with. */
export function deriveWorks(
  store: PaperStore,
  columns: Columns,
  onProgress: ProgressListener | undefined,
): DerivedWorks {
  const derived = { traits: new Traits(), works: new Works() };
  const total = onProgress ? store.countPapersAfter(0) : 0;
  let done = 0;
  for (const page of store.papersAfter(0)) {
    for (const { docId, paper } of page) {
      if (docId >= columns.length) return derived;
      derived.traits.set(docId, paper);
      derived.works.add(docId, paper, (other) => store.byDocId(other));
    }
    done += page.length;
    onProgress?.({ stage: 'words', done, total });
  }
  return derived;
}
