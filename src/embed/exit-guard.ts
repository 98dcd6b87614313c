/**
 * Keeps a process that exits from tearing down threads in the middle of native code, which ONNX Runtime answers with
 * SIGABRT. An exit, even by `process.exit` or an uncaught error, lets each thread finish the text in hand and begin
 * no other. A signal that kills outright needs no guard.
 */
import { BUSY, STOPPING } from './worker-protocol.ts';

/** Longest wait for a thread: the loading of a model, or one text, with much to spare. */
const PATIENCE_MS = 5_000;

// One listener for all threads of the process: a machine with many cores would be warned of a leak.
const guarded = new Set<Int32Array>();

/** `state` is the cell array that a worker shares with this thread. Guarded until `releaseExit`. */
export function guardExit(state: Int32Array): void {
  if (guarded.size === 0) process.on('exit', holdExit);
  guarded.add(state);
}

export function releaseExit(state: Int32Array): void {
  guarded.delete(state);
  if (guarded.size === 0) process.off('exit', holdExit);
}

function holdExit(): void {
  for (const state of guarded) Atomics.store(state, STOPPING, 1);
  for (const state of guarded) Atomics.wait(state, BUSY, 1, PATIENCE_MS);
}
