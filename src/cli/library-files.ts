/** The papers of somebody's library: files in any format that `add` reads, and papers named one by one. */
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Paper } from '../paper/paper.ts';
import { findPapers, requirePapers } from './find-papers.ts';
import type { Io } from './io.ts';
import { count } from './layout.ts';

export interface LibraryFlags {
  /** Paths, or `-`. */
  readonly like?: readonly string[];
  /** Names of papers. */
  readonly positive?: readonly string[];
  readonly negative?: readonly string[];
}

export interface LibraryPapers {
  readonly papers: readonly Paper[];
  readonly negatives: readonly Paper[];
}

export interface LibraryScene {
  readonly io: Io;
  readonly reader: EngineReader;
  readonly signal?: AbortSignal;
}

const SHOWN_FAULTS = 3;

/**
 * What cannot be read, and what is only named and not in the index, is said on standard error and left out.
 * PAPER_NOT_FOUND for a paper that was named by hand; INPUT_INVALID where the files leave nothing.
 */
export async function readLibraryPapers(scene: LibraryScene, flags: LibraryFlags): Promise<LibraryPapers> {
  const { like = [], positive = [], negative = [] } = flags;
  const ofFiles: Paper[] = [];
  for (const path of like) ofFiles.push(...(await papersOfFile(path, scene)));
  return {
    papers: [...ofFiles, ...(await requirePapers(scene.reader, positive))],
    negatives: await requirePapers(scene.reader, negative),
  };
}

async function papersOfFile(path: string, { io, reader, signal }: LibraryScene): Promise<Paper[]> {
  const { readPapers } = await import('../ingest/open-source.ts');
  const papers: Paper[] = [];
  const named: string[] = [];
  const faults: string[] = [];
  for await (const row of readPapers(path, { stdin: io.stdin, ...(signal && { signal }) })) {
    if ('paper' in row) papers.push(row.paper);
    else if ('reference' in row) named.push(row.reference.id);
    else faults.push(`${row.place.file}:${row.place.line}: ${row.fault.message}`);
  }
  const found = await findPapers(reader, named);
  const missing = named.filter((_, at) => found[at] === undefined);
  const library = [...papers, ...found.filter((paper) => paper !== undefined)];
  const left = [...faults, ...missing.map((id) => `there is no paper ${id} in this index`)];
  if (left.length > 0) io.stderr.write(leftOut(path, left));
  if (library.length > 0) return library;
  throw new AppError('INPUT_INVALID', {
    message: `${path} holds no paper that can be compared`,
    remedy: 'Give a library with titles, or ids of papers that are in the index.',
  });
}

function leftOut(path: string, reasons: readonly string[]): string {
  const shown = reasons.slice(0, SHOWN_FAULTS).map((reason) => `  ${reason}\n`);
  const others = reasons.length - shown.length;
  const more = others > 0 ? `  and ${others} more\n` : '';
  return `Left out of ${path}: ${count(reasons.length)} of its rows.\n${shown.join('')}${more}`;
}
