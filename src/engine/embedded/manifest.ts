/**
 * `manifest.json`: how the index was made and which snapshot belongs to it. Replaced as a whole by rename, so it
 * is never half-written; what it seals is either there in full or made again from papers.db.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError, isAppError } from '../../fault/app-error.ts';
import { HNSW_PARAMETERS } from './hnsw-graph.ts';
import type { StoreIdentity } from './paper-store.ts';

export const MANIFEST_FILE = 'manifest.json';
/** Changes whenever an older Pharos could misread the folder. */
const FORMAT_VERSION = 1;

/** Changes whenever the files of a snapshot do. One of another layout is made anew from papers.db. */
export const SNAPSHOT_LAYOUT = 2;

const count = z.number().int().nonnegative();
const sealSchema = z.object({ bytes: count, crc32: count });

const snapshotSchema = z.object({
  layout: count.default(1),
  folder: z.string().regex(/^snapshot-\d+$/),
  /** Everything committed up to this generation is in it. */
  generation: count,
  papers: count,
  /** In the graph, those of papers that went since it was built included. */
  points: count,
  files: z.record(z.string(), sealSchema),
});

const manifestSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  /** The Pharos that made the index. */
  pharos: z.string(),
  created: z.string(),
  /** The store it belongs to; a manifest copied beside another store is foreign. */
  index: z.string(),
  model: z.looseObject({ name: z.string(), dimensions: count, fingerprint: z.string() }),
  hnsw: z.object({ m: count, efConstruction: count }),
  snapshot: snapshotSchema.nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type SnapshotEntry = z.infer<typeof snapshotSchema>;

/** `space` may carry more than the port asks for (revision, dtype, pooling ...): all of it is written down. */
export function newManifest({ index, space }: StoreIdentity, pharos: string): Manifest {
  return {
    formatVersion: FORMAT_VERSION,
    pharos,
    created: new Date().toISOString(),
    index,
    model: { ...space },
    hnsw: { ...HNSW_PARAMETERS },
    snapshot: null,
  };
}

/**
 * Undefined where there is none. A snapshot of another layout counts as none: whoever needs it makes it anew.
 * INDEX_INCOMPATIBLE or INDEX_DAMAGED when the manifest cannot be used.
 */
export function readManifest(dir: string): Manifest | undefined {
  const path = join(dir, MANIFEST_FILE);
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const json = parseJson(text, path);
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version !== FORMAT_VERSION) {
    throw new AppError('INDEX_INCOMPATIBLE', {
      message: `${dir} has format ${version}; this Pharos reads format ${FORMAT_VERSION}`,
      remedy: 'Use the Pharos that made it, or make a new index from the papers.',
    });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw damaged(path, parsed.error);
  const { snapshot, ...manifest } = parsed.data;
  return { ...manifest, snapshot: snapshot?.layout === SNAPSHOT_LAYOUT ? snapshot : null };
}

/** The manifest of a folder if it can be read: what cannot be is written anew from the store. */
export function readableManifest(dir: string): Manifest | undefined {
  try {
    return readManifest(dir);
  } catch (error) {
    if (isAppError(error, 'INDEX_DAMAGED')) return undefined;
    throw error;
  }
}

export function writeManifest(dir: string, manifest: Manifest): void {
  const path = join(dir, MANIFEST_FILE);
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w');
  try {
    writeSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes renames inside a folder survive a power cut. */
export function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause: unknown): AppError {
  return new AppError('INDEX_DAMAGED', { message: `${path} cannot be read as a manifest` }, { cause });
}
