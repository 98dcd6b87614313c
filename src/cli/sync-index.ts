/** One sync of the index that was set, as `pharos sync` runs it: one process at a time, one model for all sources. */
import { resolve } from 'node:path';
import { isAppError } from '../fault/app-error.ts';
import { SOURCE_NAMES } from '../sources/registry.ts';
import { type Choice, type Harvest, type SyncReport, syncSources } from '../sync/sync-sources.ts';
import { addFiles } from './add-files.ts';
import { type OpenedModel, openModel, type Scene } from './open-model.ts';
import { requireKnownSources } from './source-rows.ts';
import { subscriptionsOf } from './subscriptions.ts';

export interface SyncIndexOptions extends Scene {
  readonly choice: Choice;
  /** Sources are harvested from their beginning. */
  readonly isAnew: boolean;
  /** Waits for another sync instead of failing with INDEX_LOCKED. */
  readonly isPatient: boolean;
}

/** Other writers are waited for in any case: a sync at a fixed hour must not be lost to an import that takes two. */
export async function syncIndex(options: SyncIndexOptions): Promise<SyncReport> {
  const { io, settings, choice } = options;
  // What is wrong for all of them is told once, before anything is written down of any.
  requireKnownSources(settings, SOURCE_NAMES);
  const list = subscriptionsOf(settings);
  const signal = io.interruptible();
  // Where there is nothing to sync there may be no folder to lock either.
  const isEmpty = (await list.read()).length === 0;
  const lock = isEmpty ? undefined : await takeLock(options, signal);
  const model = lazily(() => openModel(options));
  try {
    return await syncSources({
      list,
      choice,
      signal,
      harvest: harvestWith(model.get, options),
      onBegin: ({ name, spec }) => io.stderr.write(`Syncing ${name} (${spec}).\n`),
    });
  } finally {
    await model.close();
    lock?.release();
  }
}

async function takeLock({ io, settings, isPatient }: SyncIndexOptions, signal: AbortSignal) {
  const { takeProcessLock } = await import('../engine/embedded/process-lock.ts');
  const dir = resolve(settings.index);
  const options = { name: 'sync', doing: 'is syncing the sources of', signal };
  try {
    return await takeProcessLock(dir, options);
  } catch (error) {
    if (!isPatient || !isAppError(error, 'INDEX_LOCKED')) throw error;
    io.stderr.write(`${error.message}; waiting for it to finish.\n`);
    return takeProcessLock(dir, { ...options, waitMs: Number.POSITIVE_INFINITY });
  }
}

function harvestWith(model: () => Promise<OpenedModel>, { io, settings, isAnew }: SyncIndexOptions): Harvest {
  return async ({ spec, from, categories }, tally) => {
    let brokenBy: unknown;
    await addFiles([spec], {
      io,
      settings,
      opened: await model(),
      tally,
      wait: true,
      anew: isAnew,
      ...(from !== undefined && { from }),
      ...(categories && { category: categories }),
      onBrokenOff: (reason) => {
        brokenBy = reason;
      },
    });
    if (brokenBy !== undefined) throw brokenBy;
  };
}

/** Opened when the first source is there to need it; where that fails the next one tries again, and says so too. */
function lazily(open: () => Promise<OpenedModel>) {
  let opened: OpenedModel | undefined;
  return {
    get: async () => {
      opened ??= await open();
      return opened;
    },
    close: async () => opened?.embedder.close(),
  };
}
