/** How alerts, their messages and their runs are printed. The JSON is that of the API. */

import type { ListedAlert } from '../alerts/alert-book.ts';
import type { Delivery } from '../alerts/deliver.ts';
import { toDigestPaper } from '../alerts/digest.ts';
import type { OutboxEntry } from '../alerts/outbox.ts';
import type { AlertOutcome, RunReport } from '../alerts/run-alerts.ts';
import { toAlertBody, toMessageBody } from '../api/alert-body.ts';
import { isUnfiltered } from '../engine/filter.ts';
import type { Hit } from '../search/answer.ts';
import { renderHits } from './hit-list.ts';
import { type Io, writeTo } from './io.ts';
import { countOf, fields, widthOf } from './layout.ts';
import { paletteFor } from './palette.ts';

interface Output {
  readonly asJson: boolean;
}

type Row = readonly [name: string, value: string];

export async function printAlerts(io: Io, alerts: readonly ListedAlert[], { asJson }: Output): Promise<void> {
  if (asJson) return print(io, JSON.stringify(alerts.map(toAlertBody), null, 2));
  if (alerts.length > 0) return print(io, alerts.map((alert) => card(io, alert)).join('\n\n'));
  io.stderr.write('There are no alerts.\nhint: pharos alert add "a question" --to mail:you@example.org\n');
}

export async function printAlert(
  io: Io,
  alert: ListedAlert,
  { asJson, messages }: Output & { readonly messages?: readonly OutboxEntry[] },
): Promise<void> {
  if (asJson) {
    const latest = messages && { latest: messages.map(toMessageBody) };
    return print(io, JSON.stringify({ ...toAlertBody(alert), ...latest }, null, 2));
  }
  const lines = (messages ?? []).map(messageLine);
  return print(io, [card(io, alert), ...(lines.length > 0 ? ['', ...lines] : [])].join('\n'));
}

export async function printPreview(io: Io, hits: readonly Hit[], { asJson }: Output): Promise<void> {
  if (asJson) return print(io, JSON.stringify(hits.map(toDigestPaper), null, 2));
  if (hits.length === 0) {
    io.stderr.write('Nothing would be announced.\n');
    return;
  }
  const ranked = hits.map((hit, at) => ({ ...hit, rank: at + 1 }));
  const look = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
  await writeTo(io.stdout, renderHits({ hits: ranked }, look));
}

export async function printRun(io: Io, { alerts, deliveries }: RunReport, { asJson }: Output): Promise<void> {
  if (asJson) {
    const asked = alerts.map(({ nextRunMs, isWaiting, ...alert }) => ({
      ...alert,
      waitsForVectors: isWaiting,
      nextRun: new Date(nextRunMs).toISOString(),
    }));
    return print(io, JSON.stringify({ alerts: asked, deliveries }, null, 2));
  }
  if (alerts.length + deliveries.length === 0) {
    io.stderr.write('Nothing is due.\n');
    return;
  }
  return print(io, [...alerts.map(outcomeLine), ...deliveries.map(deliveryLine)].join('\n'));
}

function card(io: Io, alert: ListedAlert): string {
  const { faint, strong } = paletteFor(io.stdout, io.environment);
  const { id, question, mode, filter, minSimilarity, every, targets, isPaused, nextRunMs, error } = alert;
  const nearness = mode === 'keyword' ? 'every word' : `${minSimilarity} or more · ${mode}`;
  const rows: readonly Row[] = [
    alert.list === undefined ? ['question', question] : ['list', alert.list],
    ...optional('filter', isUnfiltered(filter) ? '' : JSON.stringify(filter)),
    ...optional('near', alert.list === undefined ? nearness : ''),
    ['every', every],
    ['next run', isPaused ? 'paused' : wallTime(nextRunMs)],
    ...optional('last run', alert.lastRunMs === null ? '' : wallTime(alert.lastRunMs)),
    ['to', targets.length === 0 ? 'nobody: all have unsubscribed' : targets.join(', ')],
    ...optional('messages', messagesOf(alert)),
    ...optional('failed', error ?? ''),
  ];
  return `${strong(id)}\n${fields(
    rows.map(([name, value]) => [`  ${name}`, value]),
    { width: widthOf(io.stdout), faint },
  )}`;
}

/** `12 sent · 1 waits · 2 dead: pharos alert retry ID`. */
function messagesOf({ id, messages: { sent, waiting, dead } }: ListedAlert): string {
  return [
    ...(sent > 0 ? [`${sent} sent`] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`] : []),
    ...(dead > 0 ? [`${dead} dead: pharos alert retry ${id}`] : []),
  ].join(' · ');
}

function messageLine({ target, papers, state, createdMs, nextTryMs, error }: OutboxEntry): string {
  const next = state === 'waiting' ? [`next try ${wallTime(nextTryMs)}`] : [];
  const parts = [wallTime(createdMs), countOf(papers, 'paper'), target, state, ...next];
  return `  ${[...parts, ...(error === null ? [] : [error])].join(' · ')}`;
}

function outcomeLine({ id, papers, nextRunMs, isWaiting, error }: AlertOutcome): string {
  if (error !== undefined) return `${id}: not asked: ${error}`;
  const waits = isWaiting ? '; papers wait to be embedded' : '';
  return `${id}: ${countOf(papers, 'new paper')}${waits}; next ${wallTime(nextRunMs)}`;
}

function deliveryLine({ target, papers, outcome, error }: Delivery): string {
  const what = `${countOf(papers, 'paper')} to ${target}`;
  if (outcome === 'sent') return `Sent ${what}.`;
  return `Could not send ${what}: ${error}. ${outcome === 'dead' ? 'Given up.' : 'Tried again later.'}`;
}

/** `2026-11-25 04:12`, by the clock on the wall of this machine. */
function wallTime(ms: number): string {
  const moment = new Date(ms);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function optional(name: string, value: string): Row[] {
  return value === '' ? [] : [[name, value]];
}

function print(io: Io, text: string): Promise<void> {
  return writeTo(io.stdout, `${text}\n`);
}
