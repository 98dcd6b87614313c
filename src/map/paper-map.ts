/**
 * The corpus as a picture: a place in a square for every paper that has a vector, near to the places of papers that say
 * the same. What a place has in common with a longitude: only what is near means something.
 */
import type { DocId } from '../engine/ranking.ts';

/** Places are whole numbers from 0 to this in both directions; y grows upwards. */
export const MAP_SIDE = 65_535;

export interface MapRegion {
  /** The most telling words of the papers in it, the best first. */
  readonly words: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly papers: number;
}

/** The years of a colour, both included. */
export interface YearSpan {
  readonly from: number;
  readonly to: number;
}

/** What the file says before its columns. */
export interface MapHead {
  /** The index it was made of, as `EngineStatus.index` names it. */
  readonly index: string;
  /** Of the index, when it was read. */
  readonly generation: number;
  /** Papers on the map when it was last laid out as a whole; those since were put beside their neighbours. */
  readonly laidOut: number;
  /** Colour 1 and on of `categories`; 0 is every other. */
  readonly categories: readonly string[];
  /** Colour 1 and on of `years`; 0 is an unknown year. */
  readonly years: readonly YearSpan[];
  /** The largest first. */
  readonly regions: readonly MapRegion[];
}

/** Columns of equal length, by docId ascending. */
export interface MapColumns {
  readonly docIds: Uint32Array;
  /** Two numbers a paper: x, y. */
  readonly places: Uint16Array;
  readonly categories: Uint8Array;
  readonly years: Uint8Array;
  /** 1 for the papers that the layout was made of and that the others were placed by. */
  readonly landmarks: Uint8Array;
}

export interface PaperMap {
  readonly head: MapHead;
  readonly columns: MapColumns;
}

/** A paper while the map is being made. */
export interface MapPoint {
  readonly docId: DocId;
  readonly x: number;
  readonly y: number;
  readonly category: number;
  readonly year: number;
  readonly isLandmark: boolean;
}

export function columnsOf(points: readonly MapPoint[]): MapColumns {
  return {
    docIds: Uint32Array.from(points, ({ docId }) => docId),
    places: Uint16Array.from(points.flatMap(({ x, y }) => [x, y])),
    categories: Uint8Array.from(points, ({ category }) => category),
    years: Uint8Array.from(points, ({ year }) => year),
    landmarks: Uint8Array.from(points, ({ isLandmark }) => (isLandmark ? 1 : 0)),
  };
}
