/**
 * One process does something with the network, the others wait for it. The lock is a file that its holder keeps
 * touching; one that nobody has touched for a while, or whose process is gone, is broken. Two may break it at once,
 * so it spares work and the other side; it does not guard data.
 */
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FileLock {
  release(): Promise<void>;
}

export interface FileLockOptions {
  /** Told once, when there is somebody to wait for. */
  readonly onWait?: (holder: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly staleMs?: number;
}

const STALE_MS = 30_000;
const RETRY_MS = 200;

export async function takeFileLock(
  path: string,
  { onWait, signal, staleMs = STALE_MS }: FileLockOptions = {},
): Promise<FileLock> {
  let hasWaited = false;
  while (!(await create(path))) {
    signal?.throwIfAborted();
    const holder = await holderOf(path, staleMs);
    if (holder === undefined) {
      await rm(path, { force: true });
      continue;
    }
    if (!hasWaited) onWait?.(holder);
    hasWaited = true;
    await sleep(RETRY_MS, undefined, { ...(signal && { signal }) });
  }
  return hold(path, staleMs);
}

function hold(path: string, staleMs: number): FileLock {
  const touch = async () => {
    const now = new Date();
    // Somebody took it for abandoned: nothing to keep alive any more.
    await utimes(path, now, now).catch(() => clearInterval(timer));
  };
  const timer = setInterval(() => void touch(), staleMs / 5);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      if ((await read(path)) === ownMark()) await rm(path, { force: true });
    },
  };
}

async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, ownMark(), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `1234 machine` while it is held. */
async function holderOf(path: string, staleMs: number): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats || Date.now() - stats.mtimeMs > staleMs) return undefined;
  const mark = await read(path);
  const [pid, machine] = mark.split(' ');
  // Empty for an instant after it was made.
  if (machine === hostname() && !isAlive(Number(pid))) return undefined;
  return mark === '' ? 'another process' : `process ${pid}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function ownMark(): string {
  return `${process.pid} ${hostname()}`;
}
