/**
 * One file of a model onto the disk. What a cut connection left there is gone on with, and nothing counts as done
 * before the whole of it has the hash it should have. Bytes go to their own places in the file, so that even two who
 * write the same file at once make the same file.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '../fault/app-error.ts';
import { reasonOf } from '../http/send-request.ts';
import { TransientFault } from '../http/transient-fault.ts';
import type { FileFacts, FileStream, HubClient, HubFile } from './hub-client.ts';

export interface DownloadOptions {
  readonly client: HubClient;
  readonly facts: FileFacts;
  /** Where it is to lie. */
  readonly target: string;
  /** How many bytes of it are there; falls back when it has to begin again. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What may wait for the disk before the line is slowed down. */
const BUFFER_BYTES = 1 << 20;

export interface Downloaded {
  readonly bytes: number;
  readonly sha256: string;
}

/** Rejects with MODEL_FETCH_FAILED where what comes is twice not what was announced. */
export async function downloadFile(file: HubFile, options: DownloadOptions): Promise<Downloaded> {
  const { facts, target } = options;
  await mkdir(dirname(target), { recursive: true });
  // Without a hash nobody could tell whether an old beginning fits a new end.
  if (facts.sha256 === undefined && facts.gitHash === undefined) await rm(target, { force: true });
  for (const isLastTry of [false, true]) {
    await complete(file, options);
    const found = await hashesOf(target);
    const complaint = complaintAbout(found, facts);
    if (complaint === undefined) return found;
    await rm(target, { force: true });
    if (isLastTry) {
      const message = `${file.path} of ${file.hubId} ${complaint}: it is damaged on the way, or is not what it was`;
      throw new AppError('MODEL_FETCH_FAILED', {
        message,
        remedy: 'Try another network or hub (--hub); a proxy may be changing what passes through it.',
      });
    }
  }
  throw new Error('unreachable: the second try returns or throws');
}

/** Asks until all of it is there. */
async function complete(file: HubFile, options: DownloadOptions): Promise<void> {
  const { client, facts, target } = options;
  const patience = client.patience();
  for (;;) {
    const there = await usableBytes(target, facts);
    if (there === facts.bytes) return;
    try {
      await append(file, there, options);
      // Without an announced size the end of the answer is the end of the file.
      if (facts.bytes === undefined) return;
      await requireWhole(file, options);
    } catch (error) {
      if ((await usableBytes(target, facts)) > there) patience.reward();
      await patience.endure(error);
    }
  }
}

/** What of the file can be gone on with: nothing of one that is longer than it should be. */
async function usableBytes(target: string, { bytes = Number.POSITIVE_INFINITY }: FileFacts): Promise<number> {
  const there = await sizeOf(target);
  return there > bytes ? 0 : there;
}

async function requireWhole({ path }: HubFile, { facts, target }: DownloadOptions): Promise<void> {
  const there = await sizeOf(target);
  if (there === facts.bytes) return;
  throw new TransientFault(`${path} came with ${there} bytes and should have ${facts.bytes}`);
}

/**
 * From byte `wanted` on to the end of the answer. The file is open before anything is asked: what comes while nobody
 * listens is lost when the connection breaks.
 */
async function append(file: HubFile, wanted: number, options: DownloadOptions): Promise<void> {
  const handle = await open(options.target, wanted === 0 ? 'w' : 'r+');
  try {
    await pour(await options.client.open(file, wanted), handle, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (!(cause instanceof BrokenOff)) throw cause;
    throw new TransientFault(`the connection broke at ${file.path}: ${reasonOf(cause.cause)}`, { cause });
  } finally {
    await handle.close();
  }
}

/** The source ended too early. */
class BrokenOff extends Error {}

/** Rejects with BrokenOff when everything that had come by then is on the disk, and with what the disk says. */
async function pour(
  { body, from }: FileStream,
  handle: FileHandle,
  { facts, onBytes }: DownloadOptions,
): Promise<void> {
  const sink = writerTo(handle, from);
  const written = finished(sink);
  const read = finished(body, { writable: false });
  let at = from;
  body.on('data', (chunk: Buffer) => {
    at += chunk.length;
    onBytes?.(at);
    if (at > (facts.bytes ?? at)) body.destroy(new Error('it is longer than it should be'));
  });
  // Iterated over, a stream that fails would throw away what it still holds.
  body.pipe(sink);
  const failure = await Promise.race([read, written]).then(
    () => undefined,
    (error: unknown) => error,
  );
  sink.end();
  await written.finally(() => body.destroy());
  await handle.sync();
  if (failure !== undefined) throw new BrokenOff('the source broke off', { cause: failure });
}

/** Leaves the handle open. */
function writerTo(handle: FileHandle, from: number): Writable {
  let at = from;
  return new Writable({
    highWaterMark: BUFFER_BYTES,
    write(chunk: Buffer, _encoding, done) {
      const place = at;
      at += chunk.length;
      writeWhole(handle, chunk, place).then(() => done(), done);
    },
  });
}

async function writeWhole(handle: FileHandle, chunk: Buffer, at: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, at + written);
    written += bytesWritten;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

interface Hashes extends Downloaded {
  readonly gitHash: string;
}

/** Git names contents by the SHA-1 over `blob`, their size, a NUL and themselves. */
async function hashesOf(path: string): Promise<Hashes> {
  const bytes = await sizeOf(path);
  const sha256 = createHash('sha256');
  const git = createHash('sha1').update(`blob ${bytes}\0`);
  if (bytes > 0) {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      sha256.update(chunk);
      git.update(chunk);
    }
  }
  return { bytes, sha256: sha256.digest('hex'), gitHash: git.digest('hex') };
}

function complaintAbout(found: Hashes, facts: FileFacts): string | undefined {
  if (facts.bytes !== undefined && found.bytes !== facts.bytes) {
    return `has ${found.bytes} bytes, not ${facts.bytes}`;
  }
  if (facts.sha256 !== undefined && found.sha256 !== facts.sha256) {
    return `has the SHA-256 ${found.sha256}, not ${facts.sha256}`;
  }
  if (facts.gitHash !== undefined && found.gitHash !== facts.gitHash) {
    return `has the git hash ${found.gitHash}, not ${facts.gitHash}`;
  }
  return undefined;
}
