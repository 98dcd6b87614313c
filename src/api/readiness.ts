/**
 * Whether questions can be answered yet. The composition root keeps the object and changes it, so a server can
 * listen, and say honestly that it is not ready, while the model is still loading.
 */
import { AppError } from '../fault/app-error.ts';

export interface Readiness {
  readonly ready: boolean;
  /** What is being waited for, in a sentence that is shown to callers; empty when ready. */
  readonly reason: string;
}

/** Throws SERVER_NOT_READY with the reason. */
export function requireReady({ ready, reason }: Readiness): void {
  if (!ready) throw new AppError('SERVER_NOT_READY', { message: reason });
}
