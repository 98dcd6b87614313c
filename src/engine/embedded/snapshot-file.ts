/**
 * A file of named typed arrays: what derives from papers.db, laid down so that loading it is reading it.
 * Layout: magic, length of the header, header (JSON: name, type, byte offset and length of each section), then the
 * sections, each at a multiple of 16. The manifest holds the file's size and CRC-32, so damage is seen before use.
 */
import { closeSync, fstatSync, fsyncSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { AppError } from '../../fault/app-error.ts';
import { writeAt } from './file-bytes.ts';

const MAGIC = 0x534f5248;
const PREAMBLE_BYTES = 8;
const ALIGNMENT = 16;
const CHUNK_BYTES = 8 << 20;

const TYPES = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array } as const;
type TypeName = keyof typeof TYPES;
export type SectionArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;
export type Sections = Readonly<Record<string, SectionArray>>;

interface SectionHeader {
  readonly name: string;
  readonly type: TypeName;
  readonly offset: number;
  readonly bytes: number;
}

/** What the manifest remembers of a file. */
export interface FileSeal {
  readonly bytes: number;
  readonly crc32: number;
}

/** Writes the sections and syncs them to the disk. */
export function writeSnapshotFile(path: string, sections: Sections): void {
  const file = openSync(path, 'w');
  try {
    const headers = layOut(sections);
    const header = Buffer.from(JSON.stringify(headers));
    const preamble = Buffer.alloc(PREAMBLE_BYTES);
    preamble.writeUInt32LE(MAGIC, 0);
    preamble.writeUInt32LE(header.length, 4);
    const base = align(PREAMBLE_BYTES + header.length);
    writeAt(file, 0, preamble);
    writeAt(file, PREAMBLE_BYTES, header);
    for (const { name, offset } of headers) {
      const array = sections[name];
      if (array) writeAt(file, base + offset, bytesOf(array));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file that `writeSnapshotFile` wrote. `place` may offer memory of the right length to read a section
 * into; the others get memory of their own. INDEX_DAMAGED when it is not such a file.
 */
export function readSnapshotFile(
  path: string,
  place: (name: string, length: number) => SectionArray | undefined = () => undefined,
): Map<string, SectionArray> {
  const file = openSync(path, 'r');
  try {
    const { headers, base } = readHeader(file, path);
    const sections = new Map<string, SectionArray>();
    for (const { name, type, offset, bytes } of headers) {
      const length = bytes / TYPES[type].BYTES_PER_ELEMENT;
      const array = place(name, length) ?? new TYPES[type](length);
      readAll(file, bytesOf(array), { position: base + offset, path });
      sections.set(name, array);
    }
    return sections;
  } finally {
    closeSync(file);
  }
}

/** Size and CRC-32 of a whole file. */
export function sealOf(path: string): FileSeal {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let crc = 0;
    let bytes = 0;
    for (;;) {
      const count = readSync(file, chunk, 0, chunk.length, bytes);
      if (count === 0) return { bytes, crc32: crc };
      crc = crc32(chunk.subarray(0, count), crc);
      bytes += count;
    }
  } finally {
    closeSync(file);
  }
}

/** The sections of a whole file that is in memory already. */
export function parseSnapshot(bytes: Buffer, path: string): Map<string, SectionArray> {
  const { headers, base } = parseHeader(bytes, path);
  return new Map(
    headers.map(({ name, type, offset, bytes: length }) => {
      const section = bytes.subarray(base + offset, base + offset + length);
      if (section.length < length) throw damaged(path);
      const array = new TYPES[type](length / TYPES[type].BYTES_PER_ELEMENT);
      bytesOf(array).set(section);
      return [name, array];
    }),
  );
}

/** Picks sections by name and type; INDEX_DAMAGED where one is missing. */
export function sectionReader(path: string, sections: ReadonlyMap<string, SectionArray>) {
  return <T extends SectionArray>(name: string, type: abstract new (...args: never[]) => T): T => {
    const section = sections.get(name);
    if (section instanceof type) return section;
    throw new AppError('INDEX_DAMAGED', { message: `${path} has no section ${name}` });
  };
}

function layOut(sections: Sections): SectionHeader[] {
  let offset = 0;
  return Object.entries(sections).map(([name, array]) => {
    const header = { name, type: array.constructor.name as TypeName, offset, bytes: array.byteLength };
    offset = align(offset + array.byteLength);
    return header;
  });
}

function readHeader(file: number, path: string): { headers: SectionHeader[]; base: number } {
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  readAll(file, preamble, { position: 0, path });
  const length = headerLength(preamble, { bytes: fstatSync(file).size, path });
  const head = Buffer.alloc(PREAMBLE_BYTES + length);
  readAll(file, head, { position: 0, path });
  return parseHeader(head, path);
}

function parseHeader(head: Buffer, path: string): { headers: SectionHeader[]; base: number } {
  if (head.length < PREAMBLE_BYTES) throw damaged(path);
  const end = PREAMBLE_BYTES + headerLength(head, { bytes: head.length, path });
  return { headers: JSON.parse(head.toString('utf8', PREAMBLE_BYTES, end)), base: align(end) };
}

function headerLength(preamble: Buffer, { bytes, path }: { bytes: number; path: string }): number {
  const length = preamble.readUInt32LE(4);
  if (preamble.readUInt32LE(0) !== MAGIC || length > bytes) throw damaged(path);
  return length;
}

function readAll(
  file: number,
  into: Uint8Array,
  { position, path }: { position: number; path: string },
): void {
  for (let done = 0; done < into.length; ) {
    const wanted = Math.min(CHUNK_BYTES, into.length - done);
    const count = readSync(file, into, done, wanted, position + done);
    if (count === 0) throw damaged(path);
    done += count;
  }
}

function bytesOf(array: SectionArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function damaged(path: string): AppError {
  return new AppError('INDEX_DAMAGED', { message: `${path} is not a whole snapshot file` });
}
