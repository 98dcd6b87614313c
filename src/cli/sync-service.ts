/**
 * The sync of a server: looks at the schedule, and when a source is due runs `pharos sync --due` in a process of its
 * own, of the lowest priority, so that neither parsing nor embedding keeps a question waiting. What it does is what
 * the command does; the locks of that keep two of them apart.
 */
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { settingNote } from '../config/setting-notes.ts';
import { isDue } from '../sync/schedule.ts';
import { readSubscriptions } from '../sync/subscription-list.ts';
import type { SyncReport } from '../sync/sync-sources.ts';
import type { Scene } from './open-model.ts';
import { startProgram } from './program.ts';

export interface SyncLog {
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
}

export interface SyncServiceOptions extends Scene {
  readonly log: SyncLog;
  /** Between two looks at the schedule. */
  readonly lookEveryMs?: number;
  /** Of the processes that sync, as the operating system counts; the lowest unless given. */
  readonly priority?: number;
}

const LOOK_EVERY_MS = 15_000;
/** What cannot sync at all is not tried every moment. */
const TROUBLE_PAUSE_MS = 300_000;
/** From SIGTERM on; the step in hand takes a few seconds at most, and nothing that is lost by more than that. */
const GRACE_MS = 20_000;
const LAST_WORDS = 500;

export class SyncService {
  readonly #options: SyncServiceOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;

  /** Begins at once. */
  constructor(options: SyncServiceOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Stops a sync that runs, which goes on where it was the next time. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { log, lookEveryMs = LOOK_EVERY_MS } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      let pauseMs = lookEveryMs;
      try {
        if ((await this.#isAnyDue()) && !(await this.#sync())) pauseMs = TROUBLE_PAUSE_MS;
      } catch (error) {
        log.warn({ reason: (error as Error).message }, 'the sources could not be synced');
        pauseMs = TROUBLE_PAUSE_MS;
      }
      await sleep(pauseMs, undefined, { signal, ref: false }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  async #isAnyDue(): Promise<boolean> {
    const nowMs = Date.now();
    const all = await readSubscriptions(resolve(this.#options.settings.index));
    return all.some((one) => isDue(one, nowMs));
  }

  /** False where it ended without a report. */
  async #sync(): Promise<boolean> {
    const { io, log, priority = constants.priority.PRIORITY_LOW } = this.#options;
    // Where a timer syncs too, this waits for it and then finds nothing due.
    const command = ['sync', '--due', '--wait', '--json', ...this.#flags()];
    const child = startProgram(command, { ...io.environment, ...this.#secrets() });
    const stop = () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    };
    this.#closing.signal.addEventListener('abort', stop);
    try {
      if (this.#closing.signal.aborted) stop();
      yieldTo(child.pid, priority);
      log.info({ process: child.pid }, 'a sync begins');
      const [said, complaint, [code, signal]] = await Promise.all([
        text(child.stdout),
        lastWords(child.stderr),
        once(child, 'close'),
      ]);
      const report = reportIn(said);
      if (report) tell(report, log);
      else log.warn({ exit: code ?? signal, said: complaint }, 'a sync did not come to its end');
      return report !== undefined;
    } finally {
      this.#closing.signal.removeEventListener('abort', stop);
    }
  }

  /** Everybody on the machine may read the flags of a process; its environment is its owner's. */
  #secrets(): Record<string, string> {
    const { sourceKeys } = this.#options.settings;
    return sourceKeys.length === 0 ? {} : { [settingNote('sourceKeys').env]: sourceKeys.join(',') };
  }

  /** The other settings as the command takes them, whatever they came from. */
  #flags(): string[] {
    const { index, model, modelsDir, hub, threads, contact, sourceUrls } = this.#options.settings;
    // Priorities do not hold everywhere; a core that is left alone does.
    const spared = Math.max(1, threads - 1);
    return [
      ...['--index', resolve(index), '--models-dir', modelsDir, '--hub', hub, '--threads', String(spared)],
      ...(model === undefined ? [] : ['--model', model]),
      ...(contact === undefined ? [] : ['--contact', contact]),
      ...sourceUrls.flatMap((entry) => ['--source-url', entry]),
    ];
  }
}

/** Before it starts threads: they inherit it. Not everywhere allowed, and nowhere necessary. */
function yieldTo(pid: number | undefined, priority: number): void {
  try {
    if (pid !== undefined) setPriority(pid, priority);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
  }
}

/** A sync may go on for days and say how it fares every few seconds. */
async function lastWords(stream: AsyncIterable<Buffer>): Promise<string> {
  let words = '';
  for await (const chunk of stream) words = (words + chunk.toString()).slice(-LAST_WORDS);
  return words;
}

/** Undefined where it ended without one. */
function reportIn(said: string): SyncReport | undefined {
  try {
    return JSON.parse(said) as SyncReport;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function tell({ sources }: SyncReport, log: SyncLog): void {
  for (const { name: source, outcome, added, updated, removed, tookMs, nextRun, failure } of sources) {
    const facts = { source, outcome, added, updated, removed, tookMs, nextRun };
    if (failure) log.warn({ ...facts, ...failure }, 'a source failed');
    else log.info(facts, 'a source was synced');
  }
}
