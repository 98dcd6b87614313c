/**
 * A graph on disk, in two forms, as far as Pharos reads it. Plain is what hnswlib writes, little-endian: a header of
 * 96 bytes; a record a point (count and links of the lowest layer, the vector, the label); then for each point the
 * size of its links on the upper layers and those links. Packed (packed-graph.ts) is the same behind a preamble, with
 * two bytes a component instead of four. The library checks little of a file that it loads, so its header is read here.
 */
import { fstatSync } from 'node:fs';
import { AppError } from '../../fault/app-error.ts';
import { decodeFloat16 } from '../../vector/float16.ts';
import { readAt, withFile } from './file-bytes.ts';
import type { GraphLinkSections } from './graph-links.ts';

export interface HnswHeader {
  readonly isPacked: boolean;
  readonly count: number;
  readonly dimensions: number;
  /** Where in the file the records begin and end. */
  readonly recordsAt: number;
  readonly recordsEnd: number;
  readonly recordBytes: number;
  /** Where in a record. */
  readonly vectorOffset: number;
  readonly labelOffset: number;
  /** Most links on the lowest layer. */
  readonly maxLinks: number;
  readonly upperLevelBytes: number;
}

/** What a graph must be to be of use. */
export type ExpectedGraph = Pick<HnswHeader, 'count' | 'dimensions'>;

/**
 * What a packed file begins with; hnswlib's begins with eight zero bytes. To a Pharos that knows no packed files it is
 * a graph of other dimensions, which it makes anew.
 */
export const PACKED_MAGIC = Buffer.from('PHGRAPH1');
export const HEADER_BYTES = 96;

const LINK_BYTES = 4;
const LABEL_BYTES = 8;
const FLOAT16_BYTES = 2;
const FLOAT32_BYTES = 4;
/** Worked through in a few milliseconds. */
const CHUNK_BYTES = 1 << 20;
/** Walks begin at the points of the highest layers, of as many layers as hold no more than this together. */
const MOST_ENTRIES = 1_024;

/** INDEX_DAMAGED where the file is neither form, is cut off, or is not the graph that is expected. */
export function readHnswHeader(path: string, expected?: ExpectedGraph): HnswHeader {
  const header = withFile(path, readWholeHeader);
  if (!header) throw new AppError('INDEX_DAMAGED', { message: `${path} is not a whole graph` });
  const { count, dimensions } = header;
  if (!expected || (count === expected.count && dimensions === expected.dimensions)) return header;
  throw new AppError('INDEX_DAMAGED', {
    message: `${path} holds ${count} points of ${dimensions} dimensions, not ${expected.count} of ${expected.dimensions}`,
  });
}

/** False for a file of either form that is shorter or longer than its points. */
export function isWholeGraph(path: string): boolean {
  return withFile(path, readWholeHeader) !== undefined;
}

function readWholeHeader(file: number): HnswHeader | undefined {
  const header = readHeader(file);
  const { size } = fstatSync(file);
  if (!header || size < header.recordsEnd + LINK_BYTES * header.count) return undefined;
  let end = header.recordsEnd;
  let points = 0;
  for (const bytes of upperBytes(file, header)) {
    end += LINK_BYTES + bytes;
    points++;
  }
  return points === header.count && end === size ? header : undefined;
}

function readHeader(file: number): HnswHeader | undefined {
  const start = readAt(file, 0, PACKED_MAGIC.length + HEADER_BYTES);
  const isPacked = start.subarray(0, PACKED_MAGIC.length).equals(PACKED_MAGIC);
  const recordsAt = HEADER_BYTES + (isPacked ? PACKED_MAGIC.length : 0);
  if (start.length < recordsAt) return undefined;
  const word = (at: number) => Number(start.readBigUInt64LE(recordsAt - HEADER_BYTES + at));
  const [count, plainLabelOffset, vectorOffset, maxLinks] = [word(16), word(32), word(40), word(64)];
  if (word(24) !== plainLabelOffset + LABEL_BYTES || vectorOffset !== LINK_BYTES * (1 + maxLinks))
    return undefined;
  const dimensions = (plainLabelOffset - vectorOffset) / FLOAT32_BYTES;
  const labelOffset = vectorOffset + dimensions * (isPacked ? FLOAT16_BYTES : FLOAT32_BYTES);
  const recordBytes = labelOffset + LABEL_BYTES;
  const recordsEnd = recordsAt + count * recordBytes;
  const upperLevelBytes = LINK_BYTES * (1 + word(56));
  const places = { recordsAt, recordsEnd, recordBytes, vectorOffset, labelOffset };
  return { isPacked, count, dimensions, ...places, maxLinks, upperLevelBytes };
}

/** The vectors of those of `docIds` that are points. */
export function readHnswVectors(path: string, docIds: ReadonlySet<number>): Map<number, Float32Array> {
  const header = readHnswHeader(path);
  const { isPacked, vectorOffset, labelOffset } = header;
  return withFile(path, (file) => {
    const vectors = new Map<number, Float32Array>();
    for (const record of records(file, header)) {
      const label = record.readUInt32LE(labelOffset);
      if (!docIds.has(label)) continue;
      const vector = record.subarray(vectorOffset, labelOffset);
      vectors.set(label, isPacked ? decodeFloat16(vector) : new Float32Array(Uint8Array.from(vector).buffer));
    }
    return vectors;
  });
}

/** The links of the lowest layer by label, and where a walk may begin. */
export function readHnswLinks(path: string): GraphLinkSections {
  const header = readHnswHeader(path);
  return withFile(path, (file) => {
    const labels = new Uint32Array(header.count);
    const width = 1 + header.maxLinks;
    // Rows by the library's own numbers first: a link may point to a label that is read later.
    const inner = new Uint32Array(header.count * width);
    let point = 0;
    for (const record of records(file, header)) {
      labels[point] = record.readUInt32LE(header.labelOffset);
      const links = record.readUInt16LE(0);
      inner[point * width] = links + 1;
      for (let at = 1; at <= links; at++) inner[point * width + at] = record.readUInt32LE(LINK_BYTES * at);
      point++;
    }
    const levels = readLevels(file, header);
    return { rows: byLabel(inner, labels, width), entries: entryPoints(labels, levels), width };
  });
}

function byLabel(inner: Uint32Array, labels: Uint32Array, width: number): Uint32Array {
  let length = 0;
  for (const label of labels) length = Math.max(length, label + 1);
  const rows = new Uint32Array(length * width);
  for (let point = 0; point < labels.length; point++) {
    const from = point * width;
    const to = (labels[point] ?? 0) * width;
    const size = inner[from] ?? 0;
    rows[to] = size;
    for (let at = 1; at < size; at++) rows[to + at] = labels[inner[from + at] ?? 0] ?? 0;
  }
  return rows;
}

function entryPoints(labels: Uint32Array, levels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  let lowest = counts.length;
  for (let total = 0; lowest > 0; lowest--) {
    total += counts[lowest - 1] ?? 0;
    if (total > MOST_ENTRIES) break;
  }
  // A graph of fewer points than that begins anywhere; one whose layers are all too large at any of the highest.
  const highest = levels.reduce((most, level) => Math.max(most, level), 0);
  const from = Math.min(lowest, highest);
  const entries = labels.filter((_, point) => (levels[point] ?? 0) >= from);
  return entries.slice(0, MOST_ENTRIES);
}

function readLevels(file: number, header: HnswHeader): Uint8Array {
  const levels = new Uint8Array(header.count);
  let point = 0;
  for (const bytes of upperBytes(file, header)) levels[point++] = bytes / header.upperLevelBytes;
  return levels;
}

/** Of each point the size of its links on the upper layers; ends early where the file is cut off. */
function* upperBytes(file: number, { count, recordsEnd }: HnswHeader): Generator<number> {
  let position = recordsEnd;
  let chunk = readAt(file, position, CHUNK_BYTES);
  let at = 0;
  for (let point = 0; point < count; point++) {
    if (at + LINK_BYTES > chunk.length) {
      position += at;
      chunk = readAt(file, position, CHUNK_BYTES);
      at = 0;
    }
    if (chunk.length < LINK_BYTES) return;
    const bytes = chunk.readUInt32LE(at);
    yield bytes;
    at += LINK_BYTES + bytes;
  }
}

function* records(file: number, header: HnswHeader): Generator<Buffer> {
  for (const chunk of recordChunks(file, header)) {
    for (let at = 0; at < chunk.length; at += header.recordBytes)
      yield chunk.subarray(at, at + header.recordBytes);
  }
}

/** Whole records, as many at a time as are worked through in a few milliseconds. */
export function* recordChunks(
  file: number,
  { recordsAt, recordsEnd, recordBytes }: HnswHeader,
): Generator<Buffer> {
  const chunkBytes = Math.max(1, Math.floor(CHUNK_BYTES / recordBytes)) * recordBytes;
  for (let at = recordsAt; at < recordsEnd; at += chunkBytes)
    yield readAt(file, at, Math.min(chunkBytes, recordsEnd - at));
}
