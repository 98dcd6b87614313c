/** What an `add` did, to read. */
import type { AddReport } from '../indexer/add-report.ts';
import { count, countOf, duration } from './layout.ts';

export function renderReport(report: AddReport): string {
  return [outcome(report), ...faultyRows(report)].join('\n');
}

function outcome(report: AddReport): string {
  const { read, added, updated, unchanged, older, removed, faulty, embedded, imported, tookMs } = report;
  const passedOver = [
    ...(unchanged > 0 ? [`${count(unchanged)} there already`] : []),
    ...(older > 0 ? [`${count(older)} older than what is there`] : []),
    ...(faulty > 0 ? [`${count(faulty)} faulty`] : []),
  ].join(', ');
  if (report.nothingChanged) {
    return `Nothing changed: ${countOf(read, 'row')} read${passedOver && `, ${passedOver}`}.`;
  }
  const parts = [
    ...(added > 0 ? [`added ${countOf(added, 'paper')}`] : []),
    ...(updated > 0 ? [`updated ${countOf(updated, 'paper')}`] : []),
    ...(removed > 0 ? [`removed ${countOf(removed, 'paper')}`] : []),
    ...(imported > 0 ? [`took ${countOf(imported, 'vector')}`] : []),
    ...(embedded > 0 ? [`embedded ${countOf(embedded, 'paper')}`] : []),
  ].join(', ');
  const done = `${parts.charAt(0).toUpperCase()}${parts.slice(1)} in ${duration(tookMs)}.`;
  return passedOver === '' ? done : `${done}\nPassed over: ${passedOver}.`;
}

function faultyRows({ faulty, samples }: AddReport): string[] {
  if (faulty === 0) return [];
  const lines = samples.map(({ file, line, reason }) => `  ${file}:${line}  ${reason}`);
  const more = faulty - samples.length;
  return ['', 'Rows that are not papers:', ...lines, ...(more > 0 ? [`  and ${count(more)} more`] : [])];
}
