/**
 * The graph as it should be for a store: that of the last snapshot with the vectors that came since, or a new one.
 * A millisecond a vector, so it is done when a snapshot is made and in no other moment.
 */
import { join } from 'node:path';
import { isAppError } from '../../fault/app-error.ts';
import type { Columns } from './columns.ts';
import { HnswGraph } from './hnsw-graph.ts';
import type { SnapshotEntry } from './manifest.ts';
import type { PaperStore } from './paper-store.ts';
import type { ProgressListener } from './progress.ts';
import { Slices } from './slices.ts';
import { checkSeals, GRAPH_FILE, GRAPH_SCRATCH } from './snapshot.ts';

export interface GrowOptions {
  readonly dir: string;
  readonly store: PaperStore;
  /** Which papers there are. */
  readonly columns: Columns;
  /** Where to go on from; without it the graph is made anew. */
  readonly snapshot?: SnapshotEntry | null | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A graph that cannot be read, or is mostly of papers that went, is made anew. Rejects with the reason of an abort;
 * DISK_FULL where there is no room to unpack the graph.
 */
export async function grownGraph({ store, columns, ...options }: GrowOptions): Promise<HnswGraph> {
  const { dimensions } = store.identity().space;
  const known = await knownGraph(options, { columns, dimensions });
  const graph = known?.graph ?? HnswGraph.empty(dimensions);
  const since = known?.generation ?? 0;
  const total = store.countVectorsSince(since);
  const has = new Set(graph.docIds());
  const slices = new Slices(options.signal);
  graph.reserve(graph.size + total);
  let done = 0;
  for (const page of store.vectorsSince(since)) {
    for (const { docId, vector } of page) {
      done++;
      if (has.has(docId) || !columns.isLive(docId)) continue;
      graph.add(docId, vector);
      if (!slices.isSpent()) continue;
      options.onProgress?.({ stage: 'vectors', done, total });
      await slices.next();
    }
  }
  return graph;
}

async function knownGraph(
  { dir, snapshot, signal }: Omit<GrowOptions, 'store' | 'columns'>,
  { columns, dimensions }: { columns: Columns; dimensions: number },
): Promise<{ graph: HnswGraph; generation: number } | undefined> {
  if (!snapshot) return undefined;
  try {
    checkSeals(dir, snapshot, [GRAPH_FILE]);
    const graph = await HnswGraph.load(
      join(dir, snapshot.folder, GRAPH_FILE),
      { dimensions, count: snapshot.points },
      { scratch: join(dir, GRAPH_SCRATCH), signal },
    );
    const live = graph.docIds().reduce((count, docId) => count + (columns.isLive(docId) ? 1 : 0), 0);
    return 2 * live < graph.size ? undefined : { graph, generation: snapshot.generation };
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isGone && !isAppError(error, 'INDEX_DAMAGED')) throw error;
    return undefined;
  }
}
