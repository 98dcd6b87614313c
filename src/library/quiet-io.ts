/** A world without a terminal: what the command line would say to a person goes, line by line, to whoever wants it. */
import { Readable, Writable } from 'node:stream';
import type { Io } from '../cli/io.ts';
import { readEnvironment } from '../config/environment.ts';

export interface QuietIoOptions {
  readonly onNotice?: ((notice: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The environment names the proxies through which a model is fetched; settings are not read from it. */
export function quietIo({ onNotice, signal }: QuietIoOptions = {}): Io {
  return {
    stdin: Readable.from([]),
    stdout: lines(),
    stderr: lines(onNotice),
    environment: readEnvironment(),
    interruptible: () => signal ?? new AbortController().signal,
  };
}

function lines(onLine?: (line: string) => void): Writable {
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      const whole = (rest + String(chunk)).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) if (line !== '') onLine?.(line);
      done();
    },
  });
}
