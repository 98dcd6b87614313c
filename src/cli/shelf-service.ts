/**
 * The readers' libraries of an index, with the parts they stand on. alerts.db, which knows what arrived when, is opened
 * when the first search is saved or asked about.
 */
import { join, resolve } from 'node:path';
import { AlertBook } from '../alerts/alert-book.ts';
import type { QuestionSource } from '../alerts/find-news.ts';
import type { Settings } from '../config/settings.ts';
import { takeProcessLock } from '../engine/embedded/process-lock.ts';
import { ShelfStore } from '../shelf/shelf-store.ts';
import { Shelves } from '../shelf/shelves.ts';

/** A change takes milliseconds; whoever waits longer than this waits for a process that hangs. */
const LOCK_WAIT_MS = 10_000;

export class ShelfService {
  readonly desk: Shelves;
  readonly #dir: string;
  #opened: AlertBook | undefined;

  constructor(settings: Pick<Settings, 'index'>, source: () => QuestionSource) {
    this.#dir = resolve(settings.index);
    this.desk = new Shelves({
      store: openShelfStore(settings),
      source,
      arrivals: () => this.#book().arrivals,
      clock: Date.now,
    });
  }

  close(): void {
    this.#opened?.close();
  }

  #book(): AlertBook {
    this.#opened ??= AlertBook.open(this.#dir);
    return this.#opened;
  }
}

function openShelfStore({ index }: Pick<Settings, 'index'>): ShelfStore {
  return new ShelfStore({
    folder: join(resolve(index), 'readers'),
    lock: (folder) =>
      takeProcessLock(folder, {
        name: 'change',
        doing: 'is changing a library in',
        waitMs: LOCK_WAIT_MS,
      }),
  });
}
