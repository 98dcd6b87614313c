/**
 * Nearest papers by walking the graph: a best-first search of beam `ef` over the lowest layer (algorithm 2 of
 * Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs", 2016), begun at
 * the nearest of some hundred entry points instead of descending through the layers above, and comparing codes
 * instead of floats. A filter is a byte a paper, looked at without leaving the loop.
 */
import type { DocId, Ranking } from '../ranking.ts';
import { Frontier } from './frontier.ts';
import type { GraphLinks } from './graph-links.ts';
import { TopK } from './top-k.ts';
import type { CodedQuestion, VectorCodes } from './vector-codes.ts';

export interface WalkOptions {
  /** `ef`: how many of the nearest are kept while walking; what is returned at most. */
  readonly beam: number;
  /** 1 by docId for papers that may be found; all are walked through. */
  readonly allowed: Uint8Array;
}

const LAST_EPOCH = 255;

export class GraphWalk {
  readonly #links: GraphLinks;
  readonly #codes: VectorCodes;
  readonly #frontier = new Frontier();
  /** The walk in which a paper was last seen, so that nothing is cleared between walks. */
  readonly #seen: Uint8Array;
  #epoch = 0;

  constructor(links: GraphLinks, codes: VectorCodes) {
    this.#links = links;
    this.#codes = codes;
    this.#seen = new Uint8Array(links.length);
  }

  get links(): GraphLinks {
    return this.#links;
  }

  /** At most `beam` papers of the graph, best first; similarities are cosines, off by at most .001. */
  nearest(vector: Float32Array, { beam, allowed }: WalkOptions): Ranking {
    const found = new TopK(beam);
    if (this.#links.size === 0) return found.take();
    this.#beginWalk();
    const question = this.#codes.ask(vector);
    this.#offer(question, { count: this.#putEntries(question), found, allowed });
    while (this.#frontier.size > 0 && this.#frontier.best >= found.threshold) {
      const count = this.#putNeighbours(this.#frontier.pop(), question.docIds);
      if (count > 0) this.#offer(question, { count, found, allowed });
    }
    return found.take();
  }

  #beginWalk(): void {
    this.#frontier.clear();
    this.#epoch++;
    if (this.#epoch <= LAST_EPOCH) return;
    this.#seen.fill(0);
    this.#epoch = 1;
  }

  /** Leaves the nearest entry point, and nothing else, to be offered. */
  #putEntries(question: CodedQuestion): number {
    const { entries } = this.#links;
    question.docIds.set(entries);
    question.compare(entries.length);
    let nearest = 0;
    for (let at = 1; at < entries.length; at++) {
      if (question.similarity(at) > question.similarity(nearest)) nearest = at;
    }
    const docId = entries[nearest] ?? 0;
    this.#seen[docId] = this.#epoch;
    question.docIds[0] = docId;
    return 1;
  }

  /** The unseen neighbours of a point, now seen; how many there are. */
  #putNeighbours(docId: DocId, into: Uint32Array): number {
    const { rows, width } = this.#links;
    const row = docId * width;
    const end = row + (rows[row] ?? 0);
    let count = 0;
    for (let at = row + 1; at < end; at++) {
      const neighbour = rows[at] ?? 0;
      if (this.#seen[neighbour] === this.#epoch) continue;
      this.#seen[neighbour] = this.#epoch;
      into[count++] = neighbour;
    }
    return count;
  }

  /** Those near enough to matter are gone on from, and found if they are allowed. */
  #offer(
    question: CodedQuestion,
    { count, found, allowed }: { count: number; found: TopK; allowed: Uint8Array },
  ): void {
    question.compare(count);
    let threshold = found.threshold;
    for (let at = 0; at < count; at++) {
      const similarity = question.similarity(at);
      if (similarity < threshold) continue;
      const docId = question.docIds[at] ?? 0;
      this.#frontier.push(docId, similarity);
      if (allowed[docId] !== 1) continue;
      found.offer(docId, similarity);
      threshold = found.threshold;
    }
  }
}
