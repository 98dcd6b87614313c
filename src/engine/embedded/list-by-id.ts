/** The papers that a filter lets through in the order of their ids, which papers.db keeps. */
import type { ListByIdOptions, Listing } from '../engine.ts';
import type { DocId } from '../ranking.ts';
import type { AllowedPapers } from './allowed-papers.ts';
import type { PaperStore } from './paper-store.ts';

export function listById(
  { count, mask }: AllowedPapers,
  { order, after, limit }: Omit<ListByIdOptions, 'filter'>,
  store: PaperStore,
): Listing {
  const docIds: DocId[] = [];
  for (const docId of limit === 0 ? [] : store.docIdsById(order, after)) {
    // papers.db may be ahead of the mask.
    if (mask[docId] !== 1) continue;
    docIds.push(docId);
    if (docIds.length === limit) break;
  }
  return { docIds: Uint32Array.from(docIds), total: count };
}
