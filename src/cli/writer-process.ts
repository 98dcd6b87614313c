/** The process that writes for a server: of low priority, so that questions go first. Ends with its server. */
import { constants, setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { readEnvironment } from '../config/environment.ts';
import type { FromWriter, ToWriter } from './writer-protocol.ts';
import { WriterWork } from './writer-work.ts';

let work: WriterWork | undefined;
let isStopping = false;

setPriority(constants.priority.PRIORITY_LOW);
// A terminal sends Ctrl-C to both; the server decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', stop);
process.on('message', (message: ToWriter) => {
  if (message.kind === 'settings') work = begin(message);
  else if (message.kind === 'stop') stop();
  else work?.take(message);
});

function begin({ settings }: Extract<ToWriter, { kind: 'settings' }>): WriterWork {
  const io = {
    stdin: Readable.from([]),
    stdout: process.stderr,
    stderr: process.stderr,
    environment: readEnvironment(),
    interruptible: () => new AbortController().signal,
  };
  return new WriterWork({ io, settings, send });
}

function send(message: FromWriter): void {
  // The server may be gone.
  if (process.connected) process.send?.(message);
}

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  void (work?.stop() ?? Promise.resolve()).finally(() => {
    if (process.connected) process.disconnect();
  });
}
