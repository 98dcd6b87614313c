/** The papers of a result set, and its order by date. */
import type { DocId, Ranking } from '../ranking.ts';
import { AFTER_ALL_DAYS, type ByDateOptions, type ResultSet } from '../result-set.ts';
import type { AllowedPapers } from './allowed-papers.ts';
import type { Columns } from './columns.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { TopK } from './top-k.ts';

/** The docIds of the set, each once, in no order. `allowed` is what its filter lets through. */
export function membersOf(
  lexical: LexicalIndex,
  { mask, docIds }: Pick<AllowedPapers, 'mask' | 'docIds'>,
  { terms, also, excluded, holdsAll = false }: Omit<ResultSet, 'filter'>,
): Uint32Array {
  if (holdsAll) return without(docIds(), excluded);
  const byWords = lexical.members(terms, mask);
  // Whatever else belongs to the set has no score among the words.
  const { alsoScores } = lexical.search(terms, mask, { limit: 0, also });
  const others = new Set(also.filter((docId, at) => alsoScores[at] === 0 && mask[docId] === 1));
  for (const docId of excluded) others.delete(docId);
  const kept = without(byWords, excluded);
  const members = new Uint32Array(kept.length + others.size);
  members.set(kept);
  members.set([...others], kept.length);
  return members;
}

function without(docIds: Uint32Array, excluded: readonly DocId[]): Uint32Array {
  const gone = new Set(excluded);
  return gone.size === 0 ? docIds : docIds.filter((docId) => !gone.has(docId));
}

/** Days fit a float32 exactly: 372 times 2,999 is below 2^24. */
export function rankByDate(columns: Columns, docIds: Uint32Array, { order, limit }: ByDateOptions): Ranking {
  const best = new TopK(Math.min(limit, docIds.length));
  const scoreOf = (docId: DocId) => {
    const day = columns.day(docId);
    if (order === 'newest') return day;
    return day === 0 ? -AFTER_ALL_DAYS : -day;
  };
  // Papers mostly come in the order in which they appear, so the newest are met first from the end: what is offered
  // after them is refused by one comparison. From the other end every paper would go through the heap.
  if (order === 'newest') for (const docId of docIds.toReversed()) best.offer(docId, scoreOf(docId));
  else for (const docId of docIds) best.offer(docId, scoreOf(docId));
  return best.take();
}
