/**
 * The one place that knows hnswlib-node, and its traps: it takes plain arrays only, forgets `ef` on load, loads a
 * file of another dimension without a word, and throws when asked for more neighbours than it holds or given
 * more points than it has room for. Distances become similarities here and nowhere else.
 * Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs", 2016.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import hnswlib from 'hnswlib-node';
import { AppError } from '../../fault/app-error.ts';
import type { DocId, Ranking } from '../ranking.ts';

export interface HnswParameters {
  /** Links a point on the upper layers; twice as many on the lowest. */
  readonly m: number;
  readonly efConstruction: number;
}

/** Chosen by `npm run bench -- ann-recall`: docs/decisions/vector-search.md has the figures. */
export const HNSW_PARAMETERS: HnswParameters = { m: 16, efConstruction: 200 };
/** Least beam width of a query: recall@10 of .994 on 100,000 papers. */
export const HNSW_MIN_EF = 200;

const SEED = 100;
const ROOM_FACTOR = 1.1;
const ROOM_MINIMUM = 1_024;

export interface NearestOptions {
  /** Whether a point may be found; it is walked through all the same. */
  readonly accepts?: ((docId: DocId) => boolean) | undefined;
  /** `ef`: how many candidates are kept while walking. */
  readonly beam?: number;
}

export class HnswGraph {
  readonly dimensions: number;
  readonly #graph: hnswlib.HierarchicalNSW;
  #ef = 0;
  #deleted = 0;

  private constructor(graph: hnswlib.HierarchicalNSW, dimensions: number) {
    this.#graph = graph;
    this.dimensions = dimensions;
  }

  static empty(dimensions: number, parameters: HnswParameters = HNSW_PARAMETERS): HnswGraph {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.initIndex(ROOM_MINIMUM, parameters.m, parameters.efConstruction, SEED);
    return new HnswGraph(graph, dimensions);
  }

  /**
   * Reads a file that `save` wrote. `count` is what the manifest promises; a file with another number of points
   * or another dimension is refused with INDEX_DAMAGED.
   */
  static load(
    path: string,
    dimensions: number,
    { count, deleted }: { count: number; deleted: number },
  ): HnswGraph {
    const header = readHeader(path);
    if (header.count !== count || header.dimensions !== dimensions) {
      throw new AppError('INDEX_DAMAGED', {
        message: `${path} holds ${header.count} points of ${header.dimensions} dimensions, not ${count} of ${dimensions}`,
      });
    }
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.readIndexSync(path);
    const loaded = new HnswGraph(graph, dimensions);
    loaded.#deleted = deleted;
    return loaded;
  }

  /** Points that can be found. */
  get size(): number {
    return this.#graph.getCurrentCount() - this.#deleted;
  }

  /** Points that were deleted and still take part in the walk. */
  get deleted(): number {
    return this.#deleted;
  }

  /** `docId` must be new. */
  add(docId: DocId, vector: Float32Array): void {
    this.reserve(this.#graph.getCurrentCount() + 1);
    this.#graph.addPoint(Array.from(vector), docId);
  }

  delete(docId: DocId): void {
    this.#graph.markDelete(docId);
    this.#deleted++;
  }

  /** Makes room for `count` points in all, so that adding them does not move the graph. */
  reserve(count: number): void {
    if (count <= this.#graph.getMaxElements()) return;
    this.#graph.resizeIndex(
      Math.ceil(Math.max(count, this.#graph.getMaxElements() * ROOM_FACTOR + ROOM_MINIMUM)),
    );
  }

  /** The nearest points, best first, ties by lower docId. The beam is never narrower than the limit. */
  nearest(
    vector: Float32Array,
    limit: number,
    { accepts, beam = HNSW_MIN_EF }: NearestOptions = {},
  ): Ranking {
    const count = Math.min(limit, this.size);
    if (count <= 0) return { docIds: new Uint32Array(0), scores: new Float32Array(0) };
    this.#setEf(Math.max(beam, count));
    const { neighbors, distances } = this.#graph.searchKnn(Array.from(vector), count, accepts);
    const order = Array.from(neighbors.keys()).sort(
      (a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || (neighbors[a] ?? 0) - (neighbors[b] ?? 0),
    );
    return {
      docIds: Uint32Array.from(order, (at) => neighbors[at] ?? 0),
      scores: Float32Array.from(order, (at) => 1 - (distances[at] ?? 0)),
    };
  }

  /** The vector of a point that is not deleted. */
  vector(docId: DocId): Float32Array {
    return Float32Array.from(this.#graph.getPoint(docId));
  }

  /** Every docId in the graph, deleted ones included, in no order. */
  docIds(): number[] {
    return this.#graph.getIdsList();
  }

  /** What a whole file of these points takes at least: each has its vector, a label and links on the lowest layer. */
  get leastFileBytes(): number {
    return this.#graph.getCurrentCount() * (4 * this.dimensions + 8 + 4);
  }

  save(path: string): void {
    this.#graph.writeIndexSync(path);
  }

  #setEf(ef: number): void {
    if (ef === this.#ef) return;
    this.#graph.setEf(ef);
    this.#ef = ef;
  }
}

/**
 * The library checks nothing of a file it loads, so its header is read here: 64-bit words, of which the third is
 * the number of points, and the fifth and sixth are where in a point's record the label and the vector begin.
 */
function readHeader(path: string): { count: number; dimensions: number } {
  const header = Buffer.alloc(6 * 8);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  const word = (at: number) => Number(header.readBigUInt64LE(at * 8));
  return { count: word(2), dimensions: (word(4) - word(5)) / 4 };
}
