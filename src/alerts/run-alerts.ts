/**
 * One run: what is new for each alert that is due, then everything that is due for delivery. The first part of each
 * alert is one transaction and the second notes every message by itself, so a run may be killed anywhere and the next
 * one goes on from there.
 */
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import type { Hit } from '../search/answer.ts';
import type { Alert } from './alert.ts';
import type { AlertBook } from './alert-book.ts';
import { type DeliverOptions, type Delivery, deliverDue } from './deliver.ts';
import { digestsOf, toDigestPaper } from './digest.ts';
import { findNews, findOlder, type NewsSource } from './find-news.ts';
import { findTrending } from './find-trending.ts';
import { takeRunLock } from './run-lock.ts';
import { nextRunMs } from './schedule.ts';

export interface RunOptions extends DeliverOptions {
  /** Runs these whether or not they are due; a paused one too. */
  readonly ids?: readonly string[] | undefined;
}

export interface AlertOutcome {
  readonly id: string;
  /** Papers announced by this run. */
  readonly papers: number;
  readonly nextRunMs: number;
  /** Whether papers wait to be embedded before they can be judged. */
  readonly isWaiting: boolean;
  /** Why it could not be asked; it stays where it was. */
  readonly error?: string;
}

export interface RunReport {
  readonly alerts: readonly AlertOutcome[];
  readonly deliveries: readonly Delivery[];
}

/** ALERTS_BUSY while another run goes on, ALERT_NOT_FOUND. An alert that fails does not stop the others. */
export async function runAlerts(
  book: AlertBook,
  source: NewsSource,
  options: RunOptions,
): Promise<RunReport> {
  const lock = takeRunLock(book.dir);
  if (!lock) throw new AppError('ALERTS_BUSY');
  // Noted at its end too: a run may take hours.
  book.noteRun(options.clock());
  try {
    const due = dueAlerts(book, options);
    if (due.length > 0) await book.arrivals.catchUp(source.reader);
    const alerts: AlertOutcome[] = [];
    for (const alert of due) {
      if (!options.signal?.aborted) alerts.push(await runAlert(book, source, { alert, options }));
    }
    const deliveries = await deliverDue(book, options);
    book.outbox.prune(options.clock());
    return { alerts, deliveries };
  } finally {
    book.noteRun(options.clock());
    lock.release();
  }
}

/** What the next run would announce, judged now; nothing is noted but the arrivals. */
export async function previewAlert(
  book: AlertBook,
  source: NewsSource,
  alert: Alert,
): Promise<readonly Hit[]> {
  await book.arrivals.catchUp(source.reader);
  const { hits } = await newsOf(book, source, alert);
  return hits;
}

function dueAlerts(book: AlertBook, { ids, clock }: RunOptions): Alert[] {
  if (ids !== undefined && ids.length > 0) return ids.map((id) => book.get(id));
  const nowMs = clock();
  return book.list().filter(({ isPaused, nextRunMs: dueMs }) => !isPaused && dueMs <= nowMs);
}

async function runAlert(
  book: AlertBook,
  source: NewsSource,
  { alert, options }: { readonly alert: Alert; readonly options: RunOptions },
): Promise<AlertOutcome> {
  const { id, every, limit } = alert;
  const nowMs = options.clock();
  const nextMs = nextRunMs(every, nowMs);
  try {
    const { hits, position, isWaiting } = await newsOf(book, source, alert);
    const digests = digestsOf(hits.map(toDigestPaper), { alert, limit, nowMs });
    const record = { ranMs: nowMs, nextRunMs: nextMs, position };
    book.commit({ alert, papers: hits.flatMap(papersOf), digests, record });
    return { id, papers: hits.length, nextRunMs: nextMs, isWaiting };
  } catch (error) {
    // The question of one alert may have become one that cannot be asked; a model that fails, fails for all.
    if (!(error instanceof AppError)) throw error;
    book.failed(alert, error.message, nowMs);
    return { id, papers: 0, nextRunMs: nextMs, isWaiting: false, error: error.message };
  }
}

/** Each work once, and none that was announced before. */
async function newsOf(book: AlertBook, source: NewsSource, alert: Alert) {
  const news = alert.list
    ? { hits: await findTrending(source.lists, alert), position: book.arrivals.last(), isWaiting: false }
    : await findNews(source, alert, book.arrivals);
  const older = alert.backfill > 0 ? await findOlder(source, alert, alert.backfill) : [];
  const told = new Set<PaperId>();
  const hits = [...news.hits, ...older].filter((hit) => {
    const papers = papersOf(hit);
    const isKnown = papers.some((paper) => told.has(paper)) || book.hasAnnounced(alert.id, papers);
    for (const paper of papers) told.add(paper);
    return !isKnown;
  });
  return { ...news, hits };
}

function papersOf({ paper, others }: Hit): PaperId[] {
  return [paper.id, ...others.map(({ id }) => id)];
}
