/** A file of lines that appears under its name only when it is whole; gzip when the name ends in `.gz`. */
import { open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '../fault/app-error.ts';

export interface LineSink {
  /** Complete lines. */
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Leaves nothing behind. */
  readonly abandon: () => Promise<void>;
}

const BLOCK_CHARACTERS = 1024 * 1024;
const compress = promisify(gzip);

/** INPUT_INVALID where the file cannot be made. */
export async function openLineFile(path: string): Promise<LineSink> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w').catch((cause: unknown) => {
    const message = `${path} could not be written: ${cause instanceof Error ? cause.message : cause}`;
    throw new AppError(
      'INPUT_INVALID',
      { message, remedy: 'Name a file in a folder you may write to.' },
      { cause },
    );
  });
  let waiting: string[] = [];
  let characters = 0;

  async function flush(): Promise<void> {
    const block = Buffer.from(waiting.join(''));
    waiting = [];
    characters = 0;
    // A gzip file may consist of several members, one after the other (RFC 1952, section 2.2).
    await file.writeFile(path.endsWith('.gz') ? await compress(block) : block);
  }

  return {
    async write(text) {
      waiting.push(text);
      characters += text.length;
      if (characters >= BLOCK_CHARACTERS) await flush();
    },
    async close() {
      await flush();
      await file.sync();
      await file.close();
      await rename(temporary, path);
    },
    async abandon() {
      await file.close();
      await rm(temporary, { force: true });
    },
  };
}
