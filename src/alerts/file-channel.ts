/**
 * Appends a message to a file of JSON Lines, a line a paper. All lines go in one write; should a crash cut that write
 * off, the next try takes away the half line and adds what is missing, so a file holds every paper once.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { DeliveryFault } from './delivery-fault.ts';
import type { Message } from './outbox.ts';

/** Beyond every message, so that all of an interrupted one is within. */
const TAIL_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 10;
/** Every line of ours begins so. */
const BEGINNING = '{"delivery":';

/** `papers` of the digest become lines `{ delivery, alert, created, paper }`. */
export async function appendToFile(
  { key, digest }: Pick<Message, 'key' | 'digest'>,
  path: string,
): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'a+');
    const tail = await mendedTail(file);
    const written = new Set(tail.split('\n'));
    const lines = linesOf(key, digest).filter((line) => !written.has(line));
    if (lines.length > 0) await file.appendFile(`${lines.join('\n')}\n`);
    await file.sync();
  } catch (cause) {
    throw new DeliveryFault(`${path} cannot be written: ${(cause as Error).message}`, { cause });
  } finally {
    await file?.close();
  }
}

function linesOf(delivery: string, { alert, created, papers }: Message['digest']): string[] {
  return papers.map((paper) => JSON.stringify({ delivery, alert, created, paper }));
}

/** The end of the file, complete lines only. */
async function mendedTail(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const start = Math.max(0, size - TAIL_BYTES);
  const { buffer } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
  const end = buffer.lastIndexOf(LINE_FEED) + 1;
  if (end === buffer.length) return buffer.toString();
  const torn = buffer.subarray(end).toString();
  // What somebody else wrote without a line feed is theirs; it only gets one.
  if (torn.startsWith(BEGINNING) || BEGINNING.startsWith(torn)) await file.truncate(start + end);
  else await file.appendFile('\n');
  return buffer.subarray(0, end).toString();
}
