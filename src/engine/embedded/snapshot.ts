/**
 * Snapshots: a replica on disk, so that a start reads files instead of building a graph. A snapshot is a folder
 * written under a temporary name, synced, renamed, and only then named by the manifest; whatever the manifest does
 * not name is litter and swept away by the next writer.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, isAppError } from '../../fault/app-error.ts';
import type { VectorSpace } from '../engine.ts';
import { Columns, type ListSections } from './columns.ts';
import { HnswGraph } from './hnsw-graph.ts';
import { LexicalIndex } from './lexical-index.ts';
import { type SnapshotEntry, syncFolder } from './manifest.ts';
import { Replica } from './replica.ts';
import {
  readSnapshotFile,
  type SectionArray,
  type Sections,
  sealOf,
  writeSnapshotFile,
} from './snapshot-file.ts';
import { VectorCodes } from './vector-codes.ts';

const COLUMNS_FILE = 'columns.bin';
const POSTINGS_FILE = 'postings.bin';
const CODES_FILE = 'codes.bin';
const GRAPH_FILE = 'graph.bin';
const SNAPSHOT_FOLDER = /^snapshot-\d+(?:\.tmp)?$/;

/** Writes the replica into `dir` and returns what the manifest is to say of it. */
export function saveSnapshot(dir: string, replica: Replica): SnapshotEntry {
  const folder = `snapshot-${replica.generation}`;
  const temporary = join(dir, `${folder}.tmp`);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);
  writeSnapshotFile(join(temporary, COLUMNS_FILE), columnSections(replica.columns));
  writeSnapshotFile(join(temporary, POSTINGS_FILE), postingSections(replica));
  writeSnapshotFile(join(temporary, CODES_FILE), { ...replica.codes.sections() });
  saveGraph(join(temporary, GRAPH_FILE), replica.graph);
  const files = Object.fromEntries(
    readdirSync(temporary).map((name) => [name, sealOf(join(temporary, name))]),
  );
  syncFolder(temporary);
  rmSync(join(dir, folder), { recursive: true, force: true });
  renameSync(temporary, join(dir, folder));
  syncFolder(dir);
  return {
    folder,
    generation: replica.generation,
    papers: replica.columns.liveCount,
    points: replica.graph.size + replica.graph.deleted,
    deletedPoints: replica.graph.deleted,
    files,
  };
}

/** Reads the snapshot that the manifest names; INDEX_DAMAGED when a file is missing, torn or foreign. */
export function loadSnapshot(dir: string, entry: SnapshotEntry, { dimensions }: VectorSpace): Replica {
  try {
    checkSeals(dir, entry);
    return readReplica(join(dir, entry.folder), entry, dimensions);
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new AppError(
      'INDEX_DAMAGED',
      { message: `The snapshot ${entry.folder} in ${dir} cannot be read` },
      { cause: error },
    );
  }
}

/** INDEX_DAMAGED unless every file has the size and checksum that the manifest seals. */
export function checkSeals(dir: string, { folder, files }: SnapshotEntry): void {
  for (const [name, seal] of Object.entries(files)) {
    const actual = sealOf(join(dir, folder, name));
    if (actual.bytes === seal.bytes && actual.crc32 === seal.crc32) continue;
    throw new AppError('INDEX_DAMAGED', {
      message: `${join(dir, folder, name)} is not the file the manifest names`,
    });
  }
}

/** Whether every file is there as the manifest seals it. */
export function isIntact(dir: string, entry: SnapshotEntry): boolean {
  try {
    checkSeals(dir, entry);
    return true;
  } catch (error) {
    if (isAppError(error, 'INDEX_DAMAGED') || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return false;
    throw error;
  }
}

/** Deletes the snapshots that the manifest does not name. */
export function sweepSnapshots(dir: string, kept: string | undefined): void {
  for (const name of readdirSync(dir)) {
    if (SNAPSHOT_FOLDER.test(name) && name !== kept)
      rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function readReplica(folder: string, entry: SnapshotEntry, dimensions: number): Replica {
  const columns = readColumns(join(folder, COLUMNS_FILE));
  return new Replica({
    columns,
    lexical: readLexical(join(folder, POSTINGS_FILE), columns),
    codes: readCodes(join(folder, CODES_FILE), dimensions),
    graph: HnswGraph.load(join(folder, GRAPH_FILE), dimensions, {
      count: entry.points,
      deleted: entry.deletedPoints,
    }),
    generation: entry.generation,
  });
}

function columnSections(columns: Columns): Sections {
  const { live, firstDates, lastDates, parts, categories, authors, venues } = columns.sections();
  return {
    live,
    firstDates,
    lastDates,
    parts,
    ...listSections('categories', categories),
    ...listSections('authors', authors),
    ...listSections('venues', venues),
  };
}

function listSections(name: string, { table, ends, values }: ListSections): Sections {
  return {
    [`${name}.ends`]: ends,
    [`${name}.values`]: values,
    [`${name}.table.blob`]: table.blob,
    [`${name}.table.ends`]: table.ends,
  };
}

function readColumns(path: string): Columns {
  const sections = readSnapshotFile(path);
  const section = sectionReader(path, sections);
  const list = (name: string): ListSections => ({
    ends: section(`${name}.ends`, Uint32Array),
    values: section(`${name}.values`, Uint32Array),
    table: {
      blob: section(`${name}.table.blob`, Uint8Array),
      ends: section(`${name}.table.ends`, Uint32Array),
    },
  });
  return new Columns({
    live: section('live', Uint8Array),
    firstDates: section('firstDates', Int32Array),
    lastDates: section('lastDates', Int32Array),
    parts: sections.has('parts') ? section('parts', Uint8Array) : undefined,
    categories: list('categories'),
    authors: list('authors'),
    venues: list('venues'),
  });
}

function postingSections({ lexical, columns }: Replica): Sections {
  const { terms, ...sections } = lexical.compacted((docId) => columns.isLive(docId), columns.length);
  return { ...sections, 'terms.blob': terms.blob, 'terms.ends': terms.ends };
}

function readLexical(path: string, columns: Columns): LexicalIndex {
  const section = sectionReader(path, readSnapshotFile(path));
  return new LexicalIndex(
    {
      terms: { blob: section('terms.blob', Uint8Array), ends: section('terms.ends', Uint32Array) },
      starts: section('starts', Uint32Array),
      frequencies: section('frequencies', Uint32Array),
      bytes: section('bytes', Uint8Array),
      lengths: section('lengths', Uint16Array),
    },
    (docId) => columns.isLive(docId),
  );
}

/** The codes are read straight into the kernel's memory, so that they never lie in memory twice. */
function readCodes(path: string, dimensions: number): VectorCodes {
  const codes = new VectorCodes(dimensions);
  readSnapshotFile(path, (name, length) => {
    if (name === 'scales') return codes.restore(length).scales;
    return codes.sections().codes;
  });
  return codes;
}

function sectionReader(path: string, sections: ReadonlyMap<string, SectionArray>) {
  return <T extends SectionArray>(name: string, type: abstract new (...args: never[]) => T): T => {
    const section = sections.get(name);
    if (section instanceof type) return section;
    throw new AppError('INDEX_DAMAGED', { message: `${path} has no section ${name}` });
  };
}

function saveGraph(path: string, graph: HnswGraph): void {
  graph.save(path);
  // The library does not notice a full disk; its file is then shorter than its points.
  if (statSync(path).size < graph.leastFileBytes) {
    throw new AppError('DISK_FULL', { message: `No space left while writing ${path}` });
  }
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
