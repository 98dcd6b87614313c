/** Text in columns: wrapping, indenting, folding of long lists, numbers and sizes as people read them. */
import { wrapAnsi } from 'fast-wrap-ansi';
import type { OutputStream } from './io.ts';

// Longer lines are hard to read, however wide the window is.
const WIDEST = 100;
const NARROWEST = 30;

/** Columns to write in; Infinity where the output is no terminal, because a pipe has no edge to wrap at. */
export function widthOf(stream: OutputStream): number {
  if (!stream.isTTY) return Number.POSITIVE_INFINITY;
  return Math.max(NARROWEST, Math.min(WIDEST, stream.columns ?? 80));
}

/** Wraps at words to `width` columns with every line after `indent` spaces; styles run on over the breaks. */
export function paragraph(text: string, { width, indent = 0 }: { width: number; indent?: number }): string {
  const margin = ' '.repeat(indent);
  const wrapped = Number.isFinite(width) ? wrapAnsi(text, width - indent, { hard: true }) : text;
  return wrapped
    .split('\n')
    .map((line) => margin + line)
    .join('\n');
}

/** Names and values in two columns, the values wrapped under themselves. */
export function fields(
  rows: readonly (readonly [name: string, value: string])[],
  { width, faint }: { readonly width: number; readonly faint: (text: string) => string },
): string {
  const nameWidth = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  return rows
    .map(([name, value]) => {
      const lines = paragraph(value, { width, indent: nameWidth });
      return faint(name.padEnd(nameWidth)) + lines.slice(nameWidth);
    })
    .join('\n');
}

/** `1,234`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** `1 paper`, `2 papers`. */
export function countOf(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Decimal units, three digits: `5.82 MB`. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** `240 ms`, `3.4 s`, `12 min 5 s`, `2 h 5 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1).replace('.0', '')} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `2026-11-25 04:12`, by the clock on the wall of this machine. */
export function wallTime(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
