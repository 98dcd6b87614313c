/**
 * The one place that knows hnswlib-node, and its traps: it takes plain arrays only, loads a file of another
 * dimension without a word, and throws when given more points than it has room for. The library builds the graph;
 * what is searched are its links (graph-links.ts), so the graph itself is in memory only while it is built.
 * Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs", 2016.
 */
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import hnswlib from 'hnswlib-node';
import { AppError } from '../../fault/app-error.ts';
import type { DocId } from '../ranking.ts';
import { readHnswHeader } from './hnsw-file.ts';

export interface HnswParameters {
  /** Links a point on the upper layers; twice as many on the lowest. */
  readonly m: number;
  readonly efConstruction: number;
}

/** Chosen by `npm run bench -- ann-recall`: docs/decisions/vector-search.md has the figures. */
export const HNSW_PARAMETERS: HnswParameters = { m: 16, efConstruction: 200 };

const SEED = 100;
const ROOM_FACTOR = 1.1;
const ROOM_MINIMUM = 1_024;

export class HnswGraph {
  readonly dimensions: number;
  readonly #graph: hnswlib.HierarchicalNSW;

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
  static load(path: string, dimensions: number, count: number): HnswGraph {
    const header = readHnswHeader(path);
    if (header.count !== count || header.dimensions !== dimensions) {
      throw new AppError('INDEX_DAMAGED', {
        message: `${path} holds ${header.count} points of ${header.dimensions} dimensions, not ${count} of ${dimensions}`,
      });
    }
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.readIndexSync(path);
    return new HnswGraph(graph, dimensions);
  }

  get size(): number {
    return this.#graph.getCurrentCount();
  }

  /** `docId` must be new. */
  add(docId: DocId, vector: Float32Array): void {
    this.reserve(this.#graph.getCurrentCount() + 1);
    this.#graph.addPoint(Array.from(vector), docId);
  }

  /** Makes room for `count` points in all, so that adding them does not move the graph. */
  reserve(count: number): void {
    if (count <= this.#graph.getMaxElements()) return;
    this.#graph.resizeIndex(
      Math.ceil(Math.max(count, this.#graph.getMaxElements() * ROOM_FACTOR + ROOM_MINIMUM)),
    );
  }

  /** The vector of a point. */
  vector(docId: DocId): Float32Array {
    return Float32Array.from(this.#graph.getPoint(docId));
  }

  /** Every docId in the graph, in no order. */
  docIds(): number[] {
    return this.#graph.getIdsList();
  }

  /** Writes and syncs. DISK_FULL. */
  save(path: string): void {
    this.#graph.writeIndexSync(path);
    // The library does not notice a full disk; its file is then shorter than its points.
    if (statSync(path).size < this.#leastFileBytes) {
      throw new AppError('DISK_FULL', { message: `No space left while writing ${path}` });
    }
    const file = openSync(path, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** What a whole file of these points takes at least: each has its vector, a label and links on the lowest layer. */
  get #leastFileBytes(): number {
    return this.size * (4 * this.dimensions + 8 + 4);
  }
}
