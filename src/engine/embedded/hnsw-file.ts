/**
 * The file that hnswlib writes, as far as Pharos reads it. Little-endian: a header of 96 bytes; a record a point
 * (count and links of the lowest layer, the vector, the label); then for each point the size of its links on the
 * upper layers and those links. The library checks nothing of a file that it loads, so its header is read here.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../fault/app-error.ts';
import type { GraphLinkSections } from './graph-links.ts';

export interface HnswHeader {
  readonly count: number;
  readonly dimensions: number;
  readonly recordBytes: number;
  readonly labelOffset: number;
  /** Most links on the lowest layer. */
  readonly maxLinks: number;
  readonly upperLevelBytes: number;
}

const HEADER_BYTES = 96;
const LINK_BYTES = 4;
const CHUNK_BYTES = 8 << 20;
/** Walks begin at the points of the highest layers, of as many layers as hold no more than this together. */
const MOST_ENTRIES = 1_024;

export function readHnswHeader(path: string): HnswHeader {
  const header = withFile(path, (file) => readAt(file, 0, HEADER_BYTES));
  if (header.length < HEADER_BYTES)
    throw new AppError('INDEX_DAMAGED', { message: `${path} is not a whole graph` });
  const word = (at: number) => Number(header.readBigUInt64LE(at));
  const [labelOffset, dataOffset] = [word(32), word(40)];
  return {
    count: word(16),
    dimensions: (labelOffset - dataOffset) / Float32Array.BYTES_PER_ELEMENT,
    recordBytes: word(24),
    labelOffset,
    maxLinks: word(64),
    upperLevelBytes: LINK_BYTES * (1 + word(56)),
  };
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

function readLevels(file: number, { count, recordBytes, upperLevelBytes }: HnswHeader): Uint8Array {
  const levels = new Uint8Array(count);
  let position = HEADER_BYTES + count * recordBytes;
  let chunk = readAt(file, position, CHUNK_BYTES);
  let at = 0;
  for (let point = 0; point < count; point++) {
    if (at + LINK_BYTES > chunk.length) {
      position += at;
      chunk = readAt(file, position, CHUNK_BYTES);
      at = 0;
    }
    const bytes = chunk.readUInt32LE(at);
    levels[point] = bytes / upperLevelBytes;
    at += LINK_BYTES + bytes;
  }
  return levels;
}

function* records(file: number, { count, recordBytes }: HnswHeader): Generator<Buffer> {
  const perChunk = Math.max(1, Math.floor(CHUNK_BYTES / recordBytes));
  for (let point = 0; point < count; point += perChunk) {
    const points = Math.min(perChunk, count - point);
    const chunk = readAt(file, HEADER_BYTES + point * recordBytes, points * recordBytes);
    for (let at = 0; at < points; at++) yield chunk.subarray(at * recordBytes, (at + 1) * recordBytes);
  }
}

/** Fewer bytes only at the end of the file. */
function readAt(file: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const count = readSync(file, buffer, done, bytes - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
