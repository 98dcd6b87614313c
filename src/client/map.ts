/** The map of a server: where its papers lie. Everything rejects with MAP_UNAVAILABLE where none was made. */
import type { Paper } from '../paper/paper.ts';
import type { RequestOptions } from './paper-search.ts';
import type { Transport } from './transport.ts';

export interface MapHead {
  readonly papers: number;
  readonly laidOut: number;
  readonly generation: number;
  /** False where papers came or went since it was made. */
  readonly current: boolean;
  /** Colour 1 of the categories is the first; 0 is any other. */
  readonly categories: readonly string[];
  /** As `categories`, inclusive; 0 is an unknown year. */
  readonly years: readonly { readonly from: number; readonly to: number }[];
  readonly regions: readonly {
    readonly words: readonly string[];
    readonly x: number;
    readonly y: number;
    readonly papers: number;
  }[];
}

/** One entry a paper in each, in the same order. */
export interface MapPoints {
  readonly docIds: Uint32Array;
  /** `x` of the first paper, its `y`, `x` of the second and so on: 0 to 65,535, `y` upwards. */
  readonly places: Uint16Array;
  /** Colours by category. */
  readonly categories: Uint8Array;
  /** Colours by year. */
  readonly years: Uint8Array;
}

export interface MapHits {
  /** Papers that the question finds. */
  readonly total: number;
  /** Of the first hundred, the best first. */
  readonly docIds: readonly number[];
}

const PATH = 'api/v1/map';
const POINT_BYTES = 10;

export class PaperMap {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  head(options: RequestOptions = {}): Promise<MapHead> {
    return this.#transport.json({ ...options, path: PATH });
  }

  async points(options: RequestOptions = {}): Promise<MapPoints> {
    return readPoints(await this.#transport.bytes({ ...options, path: `${PATH}/points` }));
  }

  /** The paper behind a point. PAPER_NOT_FOUND where it is gone. */
  async paper(docId: number, options: RequestOptions = {}): Promise<Paper> {
    const call = { ...options, path: `${PATH}/paper`, query: { docId } };
    return (await this.#transport.json<{ paper: Paper }>(call)).paper;
  }

  /** Where the papers lie that a question finds. */
  hits(q: string, options: RequestOptions = {}): Promise<MapHits> {
    return this.#transport.json({ ...options, path: `${PATH}/hits`, query: { q } });
  }
}

/** The columns are little-endian, which every machine is that runs this. */
function readPoints(bytes: ArrayBuffer): MapPoints {
  const papers = bytes.byteLength / POINT_BYTES;
  return {
    docIds: new Uint32Array(bytes, 0, papers),
    places: new Uint16Array(bytes, 4 * papers, 2 * papers),
    categories: new Uint8Array(bytes, 8 * papers, papers),
    years: new Uint8Array(bytes, 9 * papers, papers),
  };
}
