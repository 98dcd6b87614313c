/**
 * Snapshots: a replica on disk, so that a start reads files instead of building a graph. A snapshot is a folder
 * written under a temporary name, synced, renamed, and only then named by the manifest; whatever the manifest does
 * not name is litter and swept away by the next writer.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, isAppError } from '../../fault/app-error.ts';
import { Columns, type ListSections } from './columns.ts';
import type { DerivedWorks, DeriveWorks } from './derive-works.ts';
import { GraphLinks } from './graph-links.ts';
import { readHnswLinks } from './hnsw-file.ts';
import type { HnswGraph } from './hnsw-graph.ts';
import { LexicalIndex } from './lexical-index.ts';
import { LINKS_FILE, linkSections, readLinks } from './links-file.ts';
import { SNAPSHOT_LAYOUT, type SnapshotEntry, syncFolder } from './manifest.ts';
import { Replica } from './replica.ts';
import {
  readSnapshotFile,
  type Sections,
  sealOf,
  sectionReader,
  writeSnapshotFile,
} from './snapshot-file.ts';
import { Traits } from './traits.ts';
import { VectorCodes } from './vector-codes.ts';
import { Works } from './works.ts';

const COLUMNS_FILE = 'columns.bin';
const POSTINGS_FILE = 'postings.bin';
const CODES_FILE = 'codes.bin';
/** Read when the graph is grown, and by nobody who asks. */
export const GRAPH_FILE = 'graph.bin';
/** In the folder of the index, while a writer reads a graph. */
export const GRAPH_SCRATCH = 'graph.tmp';
const SERVED_FILES = [COLUMNS_FILE, POSTINGS_FILE, CODES_FILE, LINKS_FILE];
/** Made anew where it is not there. */
const WORKS_FILE = 'works.bin';
const SNAPSHOT_FOLDER = /^snapshot-\d+(?:\.tmp)?$/;

/**
 * Writes the replica and the graph that fits it into `dir` and returns what the manifest is to say of them. From
 * then on the replica walks the links of that graph.
 */
export function saveSnapshot(dir: string, replica: Replica, graph: HnswGraph): SnapshotEntry {
  const folder = `snapshot-${replica.generation}`;
  const temporary = join(dir, `${folder}.tmp`);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);
  writeSnapshotFile(join(temporary, COLUMNS_FILE), columnSections(replica.columns));
  writeSnapshotFile(join(temporary, POSTINGS_FILE), postingSections(replica));
  writeSnapshotFile(join(temporary, CODES_FILE), { ...replica.codes.sections() });
  graph.save(join(temporary, GRAPH_FILE));
  const links = readHnswLinks(join(temporary, GRAPH_FILE));
  writeSnapshotFile(join(temporary, LINKS_FILE), linkSections(links));
  writeSnapshotFile(join(temporary, WORKS_FILE), workSections(replica));
  const files = Object.fromEntries(
    readdirSync(temporary).map((name) => [name, sealOf(join(temporary, name))]),
  );
  syncFolder(temporary);
  rmSync(join(dir, folder), { recursive: true, force: true });
  renameSync(temporary, join(dir, folder));
  syncFolder(dir);
  replica.adopt(new GraphLinks(links));
  return {
    layout: SNAPSHOT_LAYOUT,
    folder,
    generation: replica.generation,
    papers: replica.columns.liveCount,
    points: graph.size,
    files,
  };
}

/** Reads the snapshot that the manifest names; INDEX_DAMAGED when a file is missing, torn or foreign. */
export function loadSnapshot(
  dir: string,
  entry: SnapshotEntry,
  { dimensions, deriveWorks }: { readonly dimensions: number; readonly deriveWorks: DeriveWorks },
): Replica {
  try {
    checkSeals(dir, entry, hasWorks(entry) ? [...SERVED_FILES, WORKS_FILE] : SERVED_FILES);
    return readReplica(join(dir, entry.folder), entry, { dimensions, deriveWorks });
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new AppError(
      'INDEX_DAMAGED',
      { message: `The snapshot ${entry.folder} in ${dir} cannot be read` },
      { cause: error },
    );
  }
}

/** INDEX_DAMAGED unless the files, all unless told otherwise, have the size and checksum that the manifest seals. */
export function checkSeals(
  dir: string,
  { folder, files }: SnapshotEntry,
  names: readonly string[] = Object.keys(files),
): void {
  for (const name of names) {
    const seal = files[name] ?? { bytes: -1, crc32: 0 };
    const actual = sealOf(join(dir, folder, name));
    if (actual.bytes === seal.bytes && actual.crc32 === seal.crc32) continue;
    throw new AppError('INDEX_DAMAGED', {
      message: `${join(dir, folder, name)} is not the file the manifest names`,
    });
  }
}

/** False for snapshots of an earlier Pharos, which knew nothing of works and traits. */
export function hasWorks({ files }: Pick<SnapshotEntry, 'files'>): boolean {
  return WORKS_FILE in files;
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

/** Deletes the snapshots that the manifest does not name, and what a writer that was killed left of a graph. */
export function sweepSnapshots(dir: string, kept: string | undefined): void {
  rmSync(join(dir, GRAPH_SCRATCH), { force: true });
  for (const name of readdirSync(dir)) {
    if (SNAPSHOT_FOLDER.test(name) && name !== kept)
      rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function readReplica(
  folder: string,
  entry: SnapshotEntry,
  { dimensions, deriveWorks }: { readonly dimensions: number; readonly deriveWorks: DeriveWorks },
): Replica {
  const columns = readColumns(join(folder, COLUMNS_FILE));
  const derived = hasWorks(entry) ? readWorks(join(folder, WORKS_FILE)) : deriveWorks(columns);
  return new Replica({
    ...derived,
    columns,
    lexical: readLexical(join(folder, POSTINGS_FILE), columns),
    codes: readCodes(join(folder, CODES_FILE), dimensions),
    links: readLinks(join(folder, LINKS_FILE)),
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

function workSections({ columns, traits, works }: Replica): Sections {
  const { length } = columns;
  return {
    traits: traits.bytes(length),
    ...works.sections(length, (docId) => columns.isLive(docId)),
  };
}

function readWorks(path: string): DerivedWorks {
  const section = sectionReader(path, readSnapshotFile(path));
  return {
    traits: new Traits(section('traits', Uint8Array)),
    works: new Works({
      keyEnds: section('keyEnds', Uint32Array),
      keys: section('keys', Uint32Array),
      links: section('links', Uint32Array),
    }),
  };
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
