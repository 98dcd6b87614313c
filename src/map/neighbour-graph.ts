/** For every landmark the nearest others, by the engine's own cosines: its kernel compares thirty pairs in a microsecond. */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import { Nearest, type Neighbour } from './nearest.ts';
import type { OnStage } from './stage.ts';

/** Two blocks are compared at a time, as one matrix of 36 MB. */
const BLOCK = 1_500;

export interface GraphOptions {
  /** Of each paper. */
  readonly most: number;
  readonly onStage: OnStage;
}

/** The nearest of each as rows of `docIds`, the most similar first, without itself. */
export async function neighbourGraph(
  engine: Pick<EngineReader, 'similarities'>,
  docIds: readonly DocId[],
  { most, onStage }: GraphOptions,
): Promise<(readonly Neighbour[])[]> {
  const lists = docIds.map(() => new Nearest(most));
  const starts = Array.from({ length: Math.ceil(docIds.length / BLOCK) }, (_, at) => at * BLOCK);
  for (const [at, start] of starts.entries()) {
    // Later blocks have more before them, so progress is the share of the pairs.
    onStage({ stage: 'map-neighbours', done: at ** 2, total: starts.length ** 2 });
    for (const other of starts.slice(0, at + 1)) {
      const rows =
        other === start ? rowsOf(start, docIds) : [...rowsOf(other, docIds), ...rowsOf(start, docIds)];
      const matrix = await engine.similarities(rows.map((row) => docIds[row] ?? 0));
      const isOwn = other === start;
      offerPairs({ rows, matrix, start, isOwn }, lists);
    }
  }
  return lists.map((list) => list.take());
}

interface Compared {
  readonly rows: readonly number[];
  readonly matrix: Float32Array;
  readonly start: number;
  readonly isOwn: boolean;
}

/** Every pair is offered once to each of the two: within a block, or between it and an earlier one. */
function offerPairs({ rows, matrix, start, isOwn }: Compared, lists: readonly Nearest[]): void {
  for (const [at, row] of rows.entries()) {
    if (row < start) continue;
    for (let column = 0; column < at; column += 1) {
      const other = rows[column] ?? 0;
      if (!isOwn && other >= start) break;
      const similarity = matrix[at * rows.length + column] ?? 0;
      lists[row]?.offer(other, similarity);
      lists[other]?.offer(row, similarity);
    }
  }
}

function rowsOf(start: number, docIds: readonly DocId[]): number[] {
  return Array.from({ length: Math.min(BLOCK, docIds.length - start) }, (_, at) => start + at);
}
