/**
 * Places for the landmarks: UMAP (McInnes, Healy & Melville, 2018) by umap-js, over neighbours that are found here, since
 * the library's own search for them takes longer than all the rest. It begins from the principal plane instead of from
 * chance, which keeps subjects that are alike on the same side.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UMAP } from 'umap-js';
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import { neighbourGraph } from './neighbour-graph.ts';
import { principalPlane } from './principal-plane.ts';
import { seededRandom } from './random.ts';
import type { OnStage } from './stage.ts';

const NEIGHBOURS = 15;
const EPOCHS = 500;
/** Points may come so near to each other; more and clusters lose their inner order, less and they are knots. */
const LEAST_DISTANCE = 0.05;
/** How far from the middle points start in each direction, as a root mean square: as wide as UMAP's own start. */
const START_SPREAD = 4;
/** Fewer papers have no neighbourhoods: the plane says all there is to say. */
const FEWEST = 20;

export interface Embedded {
  readonly docId: DocId;
  readonly vector: Float32Array;
}

/** A point for each paper, in no particular scale. Deterministic. */
export async function layOut(
  engine: Pick<EngineReader, 'similarities'>,
  papers: readonly Embedded[],
  onStage: OnStage,
): Promise<(readonly [x: number, y: number])[]> {
  const plane = principalPlane(papers.map(({ vector }) => vector));
  if (papers.length < FEWEST) return plane;
  const docIds = papers.map(({ docId }) => docId);
  const graph = await neighbourGraph(engine, docIds, { most: NEIGHBOURS - 1, onStage });
  const umap = new UMAP({
    nNeighbors: NEIGHBOURS,
    nEpochs: EPOCHS,
    minDist: LEAST_DISTANCE,
    random: seededRandom(),
  });
  // UMAP counts a point among its own neighbours, as the first.
  umap.setPrecomputedKNN(
    graph.map((list, row) => [row, ...list.map(({ at }) => at)]),
    graph.map((list) => [0, ...list.map(({ similarity }) => Math.max(0, 1 - similarity))]),
  );
  // With neighbours given, the library looks at nothing of the vectors but how many there are.
  const epochs = umap.initializeFit(papers.map(() => []));
  startFrom(plane, umap.getEmbedding());
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    umap.step();
    onStage({ stage: 'map-layout', done: epoch, total: epochs });
    await nextTurn();
  }
  return umap.getEmbedding().map(([x = 0, y = 0]) => [x, y]);
}

/** Moves the points of a layout that has not begun; it works on these very arrays. */
function startFrom(plane: readonly [x: number, y: number][], points: readonly number[][]): void {
  const numbers = plane.flat();
  const spread = Math.sqrt(numbers.reduce((sum, number) => sum + number ** 2, 0) / numbers.length);
  const scale = START_SPREAD / (spread || 1);
  for (const [row, point] of points.entries()) {
    const [x = 0, y = 0] = plane[row] ?? [];
    point[0] = x * scale;
    point[1] = y * scale;
  }
}
