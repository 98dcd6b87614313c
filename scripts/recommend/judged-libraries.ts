/**
 * Libraries made from judged collections: somebody with a few interests, each a query's relevant papers. Half of each
 * interest is the library, the other half is what should be recommended. No query is in two libraries, so that the
 * scores of libraries are independent and a paired test means what it says.
 */
import type { JudgedCollection } from '../../src/evaluate/collection.ts';
import type { PaperId } from '../../src/paper/paper.ts';

export interface JudgedLibrary {
  readonly papers: readonly PaperId[];
  /** Left out of the library, grade 1. */
  readonly heldOut: ReadonlyMap<PaperId, number>;
}

/** An interest of fewer papers leaves a half that is no library. */
const LEAST_RELEVANT = 6;

/** Libraries of so many interests each; the same at every call. */
export function judgedLibraries(
  { papers, judgments }: Pick<JudgedCollection, 'papers' | 'judgments'>,
  interests: number,
): JudgedLibrary[] {
  const random = seededRandom(interests);
  const known = new Set(papers.map(({ id }) => id));
  const relevant = [...judgments.values()]
    .map((grades) => [...grades].filter(([id, grade]) => grade > 0 && known.has(id)).map(([id]) => id))
    .filter((ids) => ids.length >= LEAST_RELEVANT);
  const order = shuffled(relevant, random);
  const libraries: JudgedLibrary[] = [];
  for (let at = 0; at + interests <= order.length; at += interests) {
    libraries.push(halved(order.slice(at, at + interests), random));
  }
  return libraries.filter(({ heldOut }) => heldOut.size > 0);
}

/** A paper that belongs to two interests stays with the first. */
function halved(interests: readonly PaperId[][], random: () => number): JudgedLibrary {
  const seen = new Set<PaperId>();
  const papers: PaperId[] = [];
  const heldOut = new Map<PaperId, number>();
  for (const ids of interests) {
    const own = shuffled(ids, random).filter((id) => !seen.has(id));
    own.forEach((id, at) => {
      seen.add(id);
      if (at * 2 < own.length) papers.push(id);
      else heldOut.set(id, 1);
    });
  }
  return { papers, heldOut };
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const left = [...values];
  const taken: T[] = [];
  while (left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
}

/** Mulberry32 (Tommy Ettinger, public domain), from 0 up to 1. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
