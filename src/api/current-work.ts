/** What is being done to the index right now, by commands, syncs and requests, and how far each has come. */
import type { ApiContext } from './context.ts';
import type { Job } from './job-book.ts';

export interface Work {
  /** `store`, `embed` and what else the stages of progress are called. */
  readonly stage: string;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  /** When it began. */
  readonly started: string;
}

export async function currentWork({
  desk,
  workNotes,
}: Pick<ApiContext, 'desk' | 'workNotes'>): Promise<readonly Work[]> {
  const notes = (await workNotes?.()) ?? [];
  const others = notes.map(({ stage, done, total, started }) => ({ stage, done, total, started }));
  return [...others, ...(desk?.jobsUnderWay ?? []).map(workOf)];
}

function workOf({ embedding, createdMs, added, updated, unchanged, older, refused }: Job): Work {
  const started = new Date(createdMs).toISOString();
  if (embedding) return { stage: 'embed', ...embedding, started };
  return { stage: 'store', done: added + updated + unchanged + older + refused, total: null, started };
}
