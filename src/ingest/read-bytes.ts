/** The bytes of a file or of standard input, chunk by chunk, with errors a user can act on. */
import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { AppError } from '../fault/app-error.ts';

export interface ReadBytesOptions {
  /** Read for the path `-`; the process's own unless given. */
  readonly stdin?: Readable;
  readonly signal?: AbortSignal;
  /** Called with the number of bytes of every chunk read, before it is unpacked. */
  readonly onBytes?: (bytes: number) => void;
}

const CHUNK_BYTES = 256 * 1024;

/** Throws SOURCE_UNREADABLE, or INTERRUPTED when the signal aborts. */
export async function* readBytes(path: string, options: ReadBytesOptions = {}): AsyncGenerator<Buffer> {
  try {
    options.signal?.throwIfAborted();
    for await (const chunk of open(path, options)) {
      const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      options.onBytes?.(bytes.length);
      yield bytes;
    }
  } catch (error) {
    if (options.signal?.aborted) throw new AppError('INTERRUPTED', {}, { cause: error });
    throw unreadable(path, error);
  }
}

function open(path: string, { stdin, signal }: ReadBytesOptions): Readable {
  if (path !== '-') return createReadStream(path, { highWaterMark: CHUNK_BYTES, ...(signal && { signal }) });
  const stream = stdin ?? process.stdin;
  return signal ? addAbortSignal(signal, stream) : stream;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a directory; name the files in it',
};

function unreadable(path: string, error: unknown): AppError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const reason = REASONS[code] ?? `could not be read: ${message}`;
  return new AppError('SOURCE_UNREADABLE', { message: `${nameOf(path)} ${reason}` }, { cause: error });
}

/** What to call a source in a message. */
export function nameOf(path: string): string {
  return path === '-' ? 'Standard input' : path;
}
