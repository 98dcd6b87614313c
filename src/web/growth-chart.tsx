/** How many papers each month has, as bars. Drawn with attributes alone, since no style may stand in the page. */
import type { VNode } from 'preact';
import type { DayCount } from '../engine/engine.ts';
import { readableDate } from './readable-date.ts';
import { STRINGS } from './strings.ts';

export interface MonthCount {
  /** `2025-12`. */
  readonly month: string;
  readonly count: number;
}

/** Ten years: more bars than these are thinner than a hair. */
const SHOWN_MONTHS = 120;
const MONTHS_A_YEAR = 12;
const HEIGHT = 100;
/** Of the place of a bar. */
const BAR_WIDTH = 0.8;

/** Every month up to the newest that has papers, the empty ones in between included; at most ten years of them. */
export function byMonth(days: readonly DayCount[]): MonthCount[] {
  const counts = new Map<string, number>();
  for (const { day, count } of days) {
    const month = day.slice(0, 7);
    counts.set(month, (counts.get(month) ?? 0) + count);
  }
  const [first, last] = [days[0], days.at(-1)].map((one) => one && numberOf(one.day));
  if (first === undefined || last === undefined) return [];
  const from = Math.max(first, last - SHOWN_MONTHS + 1);
  return Array.from({ length: last - from + 1 }, (_, at) => {
    const month = nameOf(from + at);
    return { month, count: counts.get(month) ?? 0 };
  });
}

export function GrowthChart({ months }: { readonly months: readonly MonthCount[] }): VNode {
  const most = Math.max(...months.map(({ count }) => count));
  const first = readableDate(months[0]?.month ?? '');
  const last = readableDate(months.at(-1)?.month ?? '');
  const total = months.reduce((sum, { count }) => sum + count, 0);
  return (
    <figure class="growth">
      <svg
        viewBox={`0 0 ${months.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={STRINGS.status.growthLabel({ total, first, last, most })}
      >
        {months.map(({ month, count }, at) => {
          const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most);
          return (
            <rect key={month} x={at} y={HEIGHT - height} width={BAR_WIDTH} height={height}>
              <title>{`${readableDate(month)}: ${STRINGS.days.papers(count)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="quiet">
        <span>{first}</span>
        <span>{STRINGS.status.most(most)}</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  );
}

/** Months since the year 0. */
function numberOf(day: string): number {
  const [year, month] = day.split('-').map(Number);
  return (year ?? 0) * MONTHS_A_YEAR + (month ?? 1) - 1;
}

function nameOf(number: number): string {
  const year = String(Math.floor(number / MONTHS_A_YEAR)).padStart(4, '0');
  return `${year}-${String((number % MONTHS_A_YEAR) + 1).padStart(2, '0')}`;
}
