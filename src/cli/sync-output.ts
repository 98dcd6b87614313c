/** What a sync did, and the sources of an index, to read. */
import { nextRunMs } from '../sync/schedule.ts';
import type { Subscription, SyncRun } from '../sync/subscription.ts';
import type { SourceReport, SyncReport } from '../sync/sync-sources.ts';
import { count, countOf, duration, fields, wallTime } from './layout.ts';
import type { Palette } from './palette.ts';

export interface SyncOutputOptions {
  readonly width: number;
  readonly palette: Palette;
}

/** Empty where nothing was synced. */
export function renderSync({ sources }: SyncReport, { width, palette }: SyncOutputOptions): string {
  const rows = sources.map((one): [string, string] => [one.name, sourceLine(one, palette)]);
  const faulty = sources.flatMap(faultyRows);
  return [fields(rows, { width, faint: palette.strong }), ...faulty].join('\n');
}

export interface SourceListOptions extends SyncOutputOptions {
  readonly nowMs: number;
}

export function renderSources(sources: readonly Subscription[], options: SourceListOptions): string {
  return sources.map((source) => renderSource(source, options)).join('\n\n');
}

function sourceLine(run: SourceReport, palette: Palette): string {
  const { tookMs, nextRun } = run;
  const next = nextRun === null ? 'paused' : `next ${wallTime(new Date(nextRun))}`;
  const outcome = `${runText(run, palette)} · took ${duration(tookMs)}`;
  return run.outcome === 'interrupted' ? `${outcome} · goes on there the next time` : `${outcome} · ${next}`;
}

/** `12 new, 3 changed, 1 removed`, `nothing new`, `failed: ... · 40 new before that`. */
function runText(run: SyncRun, palette: Palette): string {
  const counts = countsText(run);
  if (run.outcome === 'fine') return counts === '' ? 'nothing new' : counts;
  const before = counts === '' ? '' : ` · ${counts} before that`;
  if (run.outcome === 'interrupted') return `${palette.bad('interrupted')}${before}`;
  return `${palette.bad('failed')}: ${run.failure?.message ?? 'for no reason it told'}${before}`;
}

function countsText({ added, updated, removed, faulty }: SyncRun): string {
  const parts = [
    ...(added > 0 ? [`${count(added)} new`] : []),
    ...(updated > 0 ? [`${count(updated)} changed`] : []),
    ...(removed > 0 ? [`${count(removed)} removed`] : []),
    ...(faulty > 0 ? [`${count(faulty)} faulty`] : []),
  ];
  return parts.join(', ');
}

function faultyRows({ name, faulty, samples }: SourceReport): string[] {
  if (faulty === 0) return [];
  const lines = samples.map(({ file, line, reason }) => `  ${file}:${line}  ${reason}`);
  const more = faulty - samples.length;
  return [
    '',
    `Rows of ${name} that are not papers:`,
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
  ];
}

const INDENT = 2;

function renderSource(source: Subscription, { width, palette, nowMs }: SourceListOptions): string {
  const { name, spec, schedule, from, categories = [], isPaused } = source;
  const only = [...(from === undefined ? [] : [`from ${from}`]), ...categories];
  const rows: [string, string][] = [
    ['source', only.length === 0 ? spec : `${spec} · only ${only.join(', ')}`],
    ['every', schedule],
    ['last', lastText(source, palette)],
    ['next', isPaused ? palette.faint('paused') : nextText(source, nowMs)],
  ];
  const body = fields(rows, { width: width - INDENT, faint: palette.faint });
  return [palette.strong(name), ...body.split('\n').map((line) => ' '.repeat(INDENT) + line)].join('\n');
}

function lastText({ last, begun, failures, failingSince }: Subscription, palette: Palette): string {
  if (begun !== undefined) return `begun ${wallTime(new Date(begun))} and not ended`;
  if (last === undefined) return 'never';
  const again =
    failures > 1 && failingSince !== undefined
      ? ` · ${countOf(failures, 'failure')} since ${wallTime(new Date(failingSince))}`
      : '';
  return `${wallTime(new Date(last.ended))} · ${runText(last, palette)}${again}`;
}

function nextText(source: Subscription, nowMs: number): string {
  const nextMs = nextRunMs(source) ?? Number.POSITIVE_INFINITY;
  return nextMs <= nowMs ? 'with the next sync' : wallTime(new Date(nextMs));
}
