/**
 * The papers of a shelf as they are now: found again where a source gave them another id, together where two entries
 * have become one paper, and by their remembered title where they have left the index.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import { joinEntries } from './change-entries.ts';
import type { Entry } from './shelf.ts';

export interface ShownEntry extends Entry {
  /** Undefined where the index holds it no more. */
  readonly paper: Paper | undefined;
}

/** The latest saved first. `id` and `title` are those of today where the paper is there. */
export async function shownEntries(
  entries: readonly Entry[],
  reader: Pick<EngineReader, 'get'>,
): Promise<ShownEntry[]> {
  const papers = await reader.get(entries.map(({ id }) => id));
  const shown = new Map<PaperId, ShownEntry>();
  for (const [at, entry] of entries.entries()) {
    const paper = papers[at];
    const now = paper ? { ...entry, id: paper.id, title: paper.title } : entry;
    const known = shown.get(now.id);
    shown.set(now.id, { ...(known ? joinEntries(known, now) : now), paper });
  }
  return [...shown.values()].sort((a, b) => b.savedMs - a.savedMs || (a.id < b.id ? -1 : 1));
}
