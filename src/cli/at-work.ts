/** Something long on the command line: its progress on stderr and for whoever asks a server, and Ctrl-C. */
import type { OnProgress } from '../indexer/index-progress.ts';
import { WorkNoter } from '../sync/work-notes.ts';
import type { Io } from './io.ts';

export interface AtWork {
  readonly onProgress: OnProgress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface AtWorkOptions {
  /** The folder of the index that is being changed, where others can read how far it has come. */
  readonly notedIn?: string;
}

/** Shows progress while something long runs, and takes it away whatever happens. */
export async function atWork<T>(
  io: Io,
  run: (work: AtWork) => Promise<T>,
  { notedIn }: AtWorkOptions = {},
): Promise<T> {
  const { createProgress } = await import('./progress.ts');
  const progress = createProgress(io.stderr);
  const noter = notedIn === undefined ? undefined : new WorkNoter(notedIn);
  const onProgress: OnProgress = (step) => {
    progress.onProgress(step);
    noter?.note(step);
  };
  try {
    return await run({ onProgress, signal: io.interruptible() });
  } finally {
    progress.stop();
    noter?.clear();
  }
}
