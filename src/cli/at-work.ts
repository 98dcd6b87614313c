/** Something long on the command line: its progress on stderr, and Ctrl-C. */
import type { OnProgress } from '../indexer/index-progress.ts';
import type { Io } from './io.ts';

export interface AtWork {
  readonly onProgress: OnProgress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Shows progress while something long runs, and takes it away whatever happens. */
export async function atWork<T>(io: Io, run: (work: AtWork) => Promise<T>): Promise<T> {
  const { createProgress } = await import('./progress.ts');
  const progress = createProgress(io.stderr);
  try {
    return await run({ onProgress: progress.onProgress, signal: io.interruptible() });
  } finally {
    progress.stop();
  }
}
