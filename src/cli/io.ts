/**
 * The world of one run of the command line: its streams, its environment and its Ctrl-C. Handed to every command,
 * so that a test runs one without a process.
 */
import type { Readable } from 'node:stream';
import type { Environment } from '../config/environment.ts';

/** What a stream of the process has beside a plain one; a pipe or a file has neither. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

export interface Io {
  readonly stdin: InputStream;
  /** Data only: what a pipe is meant to receive. */
  readonly stdout: OutputStream;
  /** Everything said to the person: progress, notes, errors. */
  readonly stderr: OutputStream;
  readonly environment: Environment;
  /**
   * From the first call on, SIGINT and SIGTERM abort the signal instead of ending the process; a second one ends
   * it at once. Commands that must not be cut off in the middle call it, the others simply die.
   */
  readonly interruptible: () => AbortSignal;
}

/** Writes and waits until the stream wants more, so that a long export does not pile up in memory. */
export async function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => stream.once('drain', resolve));
}
