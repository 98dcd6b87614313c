/**
 * The alerts of a server: the desk its routes ask, and the runs at their times. alerts.db is opened when somebody asks
 * for it first, so that a server without alerts leaves its folder as it is.
 */
import { resolve } from 'node:path';
import { AlertBook } from '../alerts/alert-book.ts';
import { hasAlerts } from '../alerts/alert-database.ts';
import { type RunReport, runAlerts } from '../alerts/run-alerts.ts';
import { withoutAddresses } from '../alerts/without-addresses.ts';
import type { AlertDesk } from '../api/alert-desk.ts';
import type { Settings } from '../config/settings.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import { deliverySettings, requireDeliverable } from './alert-scene.ts';
import { invitationDesk } from './invitation-service.ts';
import type { OpenSearch } from './opening.ts';

export interface AlertServiceOptions {
  readonly settings: Settings;
  /** What answers questions at the moment. */
  readonly search: () => OpenSearch;
  readonly log: {
    readonly info: (facts: object, message: string) => void;
    readonly error: (facts: object, message: string) => void;
  };
}

/** Schedules are of whole minutes. */
const TICK_MS = 60_000;
const SHOWN_MESSAGES = 10;

export class AlertService {
  readonly #options: AlertServiceOptions;
  readonly #closing = new AbortController();
  #opened: AlertBook | undefined;
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  readonly desk: AlertDesk;

  constructor(options: AlertServiceOptions) {
    this.#options = options;
    // Made once: it remembers who was asked.
    const invitations = invitationDesk({
      ...options,
      book: () => this.#book(),
      hasBook: () => this.#hasBook(),
      isRunning: () => this.#isRunning,
    });
    this.desk = { ...this.#alerts, invitations };
  }

  readonly #alerts: AlertDesk = {
    list: () => (this.#hasBook() ? this.#book().list() : []),
    get: (id) => this.#book().get(id),
    messages: (id) => this.#book().messages(id, SHOWN_MESSAGES),
    add: async (request) => {
      const { settings, search } = this.#options;
      const book = this.#book();
      await requireDeliverable(request.targets, settings).catch(asInput);
      return book.add(request, { reader: search().reader, nowMs: Date.now() });
    },
    remove: (id) => this.#book().remove(id),
    subscriptionOf: (token) => (this.#hasBook() ? this.#book().subscriptionOf(token) : undefined),
    unsubscribe: (subscription) => this.#book().unsubscribe(subscription),
  };

  /** Runs what is due now, and from then on every minute. */
  start(): void {
    this.#isRunning = true;
    this.#running = this.#run().then(() => {
      if (this.#closing.signal.aborted) return;
      this.#timer = setTimeout(() => this.start(), TICK_MS - (Date.now() % TICK_MS));
      this.#timer.unref();
    });
  }

  /** Waits for the message that is being delivered. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#running;
    this.#opened?.close();
  }

  async #run(): Promise<void> {
    const { settings, search, log } = this.#options;
    if (!this.#hasBook()) return;
    try {
      const { signal } = this.#closing;
      const options = { settings: deliverySettings(settings), clock: Date.now, signal };
      this.#tell(await runAlerts(this.#book(), search(), options));
    } catch (error) {
      // Another process is at it, and will say what comes of it.
      if (isAppError(error, 'ALERTS_BUSY') || this.#closing.signal.aborted) return;
      log.error({ error: withoutAddresses((error as Error).message) }, 'the alerts could not be run');
    }
  }

  /** Targets are left out: addresses of people, and of webhooks that may hold a secret. */
  #tell({ alerts, deliveries }: RunReport): void {
    const { log } = this.#options;
    for (const { id, papers, error } of alerts) {
      if (error === undefined) log.info({ alert: id, papers }, 'an alert was run');
      else log.error({ alert: id, error }, 'an alert could not be asked');
    }
    for (const { alert, papers, outcome, error } of deliveries) {
      if (error === undefined) log.info({ alert, papers }, 'a message was delivered');
      else
        log.error({ alert, papers, outcome, error: withoutAddresses(error) }, 'a message was not delivered');
    }
  }

  #hasBook(): boolean {
    return this.#opened !== undefined || hasAlerts(resolve(this.#options.settings.index));
  }

  #book(): AlertBook {
    this.#opened ??= AlertBook.open(resolve(this.#options.settings.index));
    return this.#opened;
  }
}

/** What the server lacks is nothing the caller could correct but by asking for something else. */
function asInput(cause: unknown): never {
  if (!isAppError(cause, 'SETTINGS_INVALID')) throw cause;
  const { message, remedy } = cause;
  throw new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: '/to' }] }, { cause });
}
