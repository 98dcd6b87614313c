/**
 * The one place that knows hnswlib-node, and its traps: it takes plain arrays only, loads a file of another
 * dimension without a word, and throws when given more points than it has room for. The library builds the graph;
 * what is searched are its links (graph-links.ts), so the graph itself is in memory only while it is built.
 * Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs", 2016.
 */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import hnswlib from 'hnswlib-node';
import { AppError } from '../../fault/app-error.ts';
import type { DocId } from '../ranking.ts';
import { type ExpectedGraph, isWholeGraph, readHnswHeader } from './hnsw-file.ts';
import { packGraph, unpackGraph } from './packed-graph.ts';
import { storageError } from './storage-error.ts';

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
   * Reads a file that `save` wrote, or hnswlib itself did. INDEX_DAMAGED for a file that is cut off, or has another
   * number of points or another dimension. `scratch` is where the graph lies unpacked while it is read, at twice the
   * size of the file; nothing is left there. DISK_FULL. The event loop stays free, and an abort rejects with its
   * reason.
   */
  static async load(
    path: string,
    expected: ExpectedGraph,
    { scratch, signal }: { readonly scratch: string; readonly signal?: AbortSignal | undefined },
  ): Promise<HnswGraph> {
    const { dimensions, isPacked } = readHnswHeader(path, expected);
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    try {
      if (isPacked) await unpackGraph(path, scratch, signal);
      await graph.readIndex(isPacked ? scratch : path);
    } catch (error) {
      throw storageError(error, dirname(scratch));
    } finally {
      if (isPacked) rmSync(scratch, { force: true });
    }
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

  /** Every docId in the graph, in no order. */
  docIds(): number[] {
    return this.#graph.getIdsList();
  }

  /** Writes and syncs, packed; for a moment there is a file of twice the size beside it. DISK_FULL. */
  save(path: string): void {
    const plain = `${path}.tmp`;
    try {
      this.#graph.writeIndexSync(plain);
      // The library does not notice a full disk; its file is then cut off.
      if (!isWholeGraph(plain))
        throw new AppError('DISK_FULL', { message: `No space left while writing ${path}` });
      packGraph(plain, path);
    } catch (error) {
      throw storageError(error, dirname(path));
    } finally {
      rmSync(plain, { force: true });
    }
  }
}
