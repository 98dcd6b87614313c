/** `/papers?date=`: the papers of a day, a week or a month, the days around it, and how many papers each has. */
import type { VNode } from 'preact';
import { DAILY_ORDERS, type DailyOrder } from '../discover/daily.ts';
import type { PaperList as List } from '../discover/paper-list.ts';
import { daysBefore } from '../discover/period.ts';
import { daysAddress, neighbours, periodName, periodTitle, type View } from './day-address.ts';
import { PaperList } from './paper-list.tsx';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';

export interface DaysPageProps {
  readonly list: List;
  /** As in the address; of the day where there was none. */
  readonly date: string;
  readonly view: View;
  readonly order: DailyOrder;
  /** Of the month, by day. */
  readonly counts: ReadonlyMap<string, number>;
  readonly kept: Keeping | undefined;
}

const VIEWS: readonly View[] = ['day', 'week', 'month'];
const DAYS_A_WEEK = 7;

export function DaysPage({ list, date, view, order, counts, kept }: DaysPageProps): VNode {
  const { before, after } = neighbours(date, view);
  const first = list.from ?? date;
  const { hits, total, from, to } = list;
  return (
    <div class="results">
      <div class="list">
        <div class="day">
          <a href={daysAddress(before, order)} rel="prev" aria-label={STRINGS.days.before}>
            ←
          </a>
          <h1>{periodTitle(date, view)}</h1>
          <a href={daysAddress(after, order)} rel="next" aria-label={STRINGS.days.after}>
            →
          </a>
        </div>
        <nav class="switches" aria-label={STRINGS.days.views}>
          {VIEWS.map((one) => (
            <a
              key={one}
              href={daysAddress(periodName(first, one), order)}
              aria-current={one === view ? 'true' : undefined}
            >
              {STRINGS.days[one]}
            </a>
          ))}
          <span aria-hidden="true">·</span>
          {DAILY_ORDERS.map((one) => (
            <a key={one} href={daysAddress(date, one)} aria-current={one === order ? 'true' : undefined}>
              {STRINGS.days.orders[one]}
            </a>
          ))}
          <span class="quiet">{STRINGS.days.papers(total)}</span>
        </nav>
        {hits.length === 0 ? (
          <p>{STRINGS.days.empty}</p>
        ) : (
          <PaperList papers={hits.map(({ paper }) => paper)} kept={kept} />
        )}
        {total > hits.length && from !== null && to !== null && (
          <p class="more">
            <a href={allOf(from, to)}>{STRINGS.days.all(total)}</a>
          </p>
        )}
      </div>
      <aside class="facets" aria-label={STRINGS.days.calendar}>
        <Calendar month={first.slice(0, 7)} counts={counts} order={order} date={date} />
        <p>
          <a href="/subscribe">{STRINGS.subscribe.thisDay}</a>
        </p>
      </aside>
    </div>
  );
}

/** The same papers as a search, which goes on page by page. */
function allOf(from: string, to: string): string {
  const q = `after:${daysBefore(from, 1)} before:${daysBefore(to, -1)}`;
  return `/search?${new URLSearchParams({ q, sort: 'date' })}`;
}

interface CalendarProps extends Pick<DaysPageProps, 'counts' | 'order' | 'date'> {
  /** `2025-12`. */
  readonly month: string;
}

function Calendar({ month, counts, order, date }: CalendarProps): VNode {
  const most = Math.max(1, ...counts.values());
  const { before, after } = neighbours(month, 'month');
  return (
    <table class="calendar">
      <caption>
        <a href={daysAddress(before, order)} aria-label={STRINGS.days.before}>
          ←
        </a>{' '}
        {periodTitle(month, 'month')}{' '}
        <a href={daysAddress(after, order)} aria-label={STRINGS.days.after}>
          →
        </a>
      </caption>
      <thead>
        <tr>
          {STRINGS.days.weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((day, at) => (
              <td key={day ?? at} class={day === date ? 'here' : undefined}>
                {day && <DayLink day={day} count={counts.get(day) ?? 0} most={most} order={order} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayLinkProps {
  readonly day: string;
  readonly count: number;
  readonly most: number;
  readonly order: DailyOrder;
}

/** The more papers, the stronger: four steps, since no style may stand in the page. */
function DayLink({ day, count, most, order }: DayLinkProps): VNode {
  const number = Number(day.slice(-2));
  if (count === 0) return <span class="quiet">{number}</span>;
  const strength = Math.ceil((4 * count) / most);
  return (
    <a href={daysAddress(day, order)} class={`strength-${strength}`} title={STRINGS.days.papers(count)}>
      {number}
    </a>
  );
}

/** Weeks from Monday to Sunday; undefined for days of other months. */
function weeksOf(month: string): (string | undefined)[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const lead = (first.getUTCDay() + 6) % DAYS_A_WEEK;
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const days = Array.from({ length: lead + length }, (_, at) =>
    at < lead ? undefined : `${month}-${String(at - lead + 1).padStart(2, '0')}`,
  );
  const weeks = Math.ceil(days.length / DAYS_A_WEEK);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: DAYS_A_WEEK }, (__, at) => days[week * DAYS_A_WEEK + at]),
  );
}
