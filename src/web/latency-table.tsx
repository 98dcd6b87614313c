/** How long the answers of each route take: percentiles as numbers, and as a line from half of them to nearly all. */
import type { VNode } from 'preact';
import type { RouteLatency } from '../api/latencies.ts';
import { Table } from './data-table.tsx';
import { STRINGS } from './strings.ts';

const WIDTH = 120;
const HEIGHT = 12;
const MIDDLE = HEIGHT / 2;

export function LatencyTable({ latencies }: { readonly latencies: readonly RouteLatency[] }): VNode {
  const columns = STRINGS.status.latencyColumns;
  const place = scaleOf(latencies);
  return (
    <Table label={STRINGS.status.latencies} columns={columns}>
      {latencies.map(({ route, answers, p50, p95, p99 }) => (
        <tr key={route}>
          <th scope="row">
            <code>{route}</code>
          </th>
          <td class="number">{answers.toLocaleString('en-GB')}</td>
          {[p50, p95, p99].map((ms, at) => (
            <td key={columns[at + 2]} class="number">
              {STRINGS.search.took(ms)}
            </td>
          ))}
          <td>
            <svg class="spread" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
              <line x1={place(p50)} x2={place(p99)} y1={MIDDLE} y2={MIDDLE} />
              <circle cx={place(p50)} cy={MIDDLE} r={4} />
              <circle class="late" cx={place(p95)} cy={MIDDLE} r={3} />
              <rect x={place(p99) - 1} y={2} width={2} height={HEIGHT - 4} />
            </svg>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Logarithmic: a lookup and a search are a hundredfold apart. */
function scaleOf(latencies: readonly RouteLatency[]): (ms: number) => number {
  const least = Math.log(Math.min(...latencies.map(({ p50 }) => p50)));
  const most = Math.log(Math.max(...latencies.map(({ p99 }) => p99)));
  const range = Math.max(most - least, 1);
  const margin = HEIGHT / 2;
  return (ms) => margin + ((WIDTH - 2 * margin) * (Math.log(ms) - least)) / range;
}
