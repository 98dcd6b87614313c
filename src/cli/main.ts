#!/usr/bin/env node
/** The program: ties the command line to this process, its streams and its signals. */
import { readEnvironment } from '../config/environment.ts';
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';

// Under `npm start` one Ctrl-C arrives twice: from the terminal, and passed on by npm.
const SAME_SIGNAL_MS = 500;

const interruption = new AbortController();
let handlesSignals = false;
let interruptedMs = Number.NaN;

// A reader that has seen enough, as in `pharos search ... | head`, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.FINE);
    throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: readEnvironment(),
  interruptible,
});

function interruptible(): AbortSignal {
  if (!handlesSignals) {
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    handlesSignals = true;
  }
  return interruption.signal;
}

function interrupt(): void {
  if (!interruption.signal.aborted) {
    interruptedMs = performance.now();
    process.stderr.write('\nStopping; once more to stop at once.\n');
    interruption.abort();
  } else if (performance.now() - interruptedMs > SAME_SIGNAL_MS) {
    process.exit(EXIT.FAILED);
  }
}
