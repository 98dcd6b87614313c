/**
 * The lowest layer of an HNSW graph as a table: which papers each paper is linked to. It is all that searching
 * needs of the graph, at a twelfth of its memory, because distances are taken from the vector codes. Never
 * changed: papers that came later are not in it, those that went are still walked through.
 */
import type { DocId } from '../ranking.ts';

export interface GraphLinkSections {
  /**
   * By docId a row of `width` numbers: one more than the number of links (0 where the paper is no point of the
   * graph), then the docIds linked to.
   */
  readonly rows: Uint32Array;
  /** The points of the upper layers, some hundreds: where a walk may begin. */
  readonly entries: Uint32Array;
  readonly width: number;
}

export class GraphLinks {
  static readonly NONE = new GraphLinks({ rows: new Uint32Array(0), entries: new Uint32Array(0), width: 1 });

  readonly rows: Uint32Array;
  readonly entries: Uint32Array;
  readonly width: number;
  /** Points in the graph. */
  readonly size: number;

  constructor({ rows, entries, width }: GraphLinkSections) {
    this.rows = rows;
    this.entries = entries;
    this.width = width;
    let size = 0;
    for (let at = 0; at < rows.length; at += width) if (rows[at] !== 0) size++;
    this.size = size;
  }

  /** One more than the highest docId that may be a point. */
  get length(): number {
    return this.rows.length / this.width;
  }

  has(docId: DocId): boolean {
    return (this.rows[docId * this.width] ?? 0) !== 0;
  }
}
