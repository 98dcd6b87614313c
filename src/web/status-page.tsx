/** `/status`: what the index holds, whether all is well, where papers come from, and how quick the answers are. */
import type { VNode } from 'preact';
import type { Work } from '../api/current-work.ts';
import type { Health } from '../api/health.ts';
import type { RouteLatency } from '../api/latencies.ts';
import type { Readiness } from '../api/readiness.ts';
import type { toSourceBody } from '../api/source-routes.ts';
import type { EngineStatus } from '../engine/engine.ts';
import { Commands } from './commands.tsx';
import { Table } from './data-table.tsx';
import { GrowthChart, type MonthCount } from './growth-chart.tsx';
import { LatencyTable } from './latency-table.tsx';
import { momentOf } from './moment.ts';
import { STRINGS } from './strings.ts';
import { WorkList } from './work-list.tsx';

type Source = ReturnType<typeof toSourceBody>;

export interface StatusPageProps {
  readonly status: EngineStatus;
  readonly readiness: Readiness;
  readonly health: Health;
  readonly work: readonly Work[];
  readonly months: readonly MonthCount[];
  readonly sources: readonly Source[];
  /** Undefined where they are not for everybody. */
  readonly latencies: readonly RouteLatency[] | undefined;
}

const MEGABYTE = 1_000_000;
const WORDS = STRINGS.status;

export function StatusPage({ status, readiness, health, ...rest }: StatusPageProps): VNode {
  const { work, months, sources, latencies } = rest;
  return (
    <div class="status">
      <h1>{WORDS.title}</h1>
      <section>
        <h2 class="unseen">{WORDS.health}</h2>
        <ul class={health.ok && readiness.ready ? 'fine' : 'notes'}>
          {!readiness.ready && <li>{readiness.reason}</li>}
          {health.ok && readiness.ready && <li>{WORDS.fine}</li>}
          {health.notes.map((note) => (
            <li key={note} dir="auto">
              <Commands text={note} />
            </li>
          ))}
        </ul>
      </section>
      <WorkList work={work} />
      <Index status={status} />
      {months.length > 0 && (
        <section>
          <h2>{WORDS.growth}</h2>
          <GrowthChart months={months} />
        </section>
      )}
      <section>
        <h2>{WORDS.sources}</h2>
        {sources.length === 0 ? (
          <p>
            <Commands text={WORDS.noSources} />
          </p>
        ) : (
          <Sources sources={sources} />
        )}
      </section>
      {latencies && (
        <section>
          <h2>{WORDS.latencies}</h2>
          {latencies.length === 0 ? <p>{WORDS.noAnswers}</p> : <LatencyTable latencies={latencies} />}
        </section>
      )}
    </div>
  );
}

function Index({ status: { papers, embedded, bytes, generation, space } }: Pick<StatusPageProps, 'status'>) {
  const facts: [string, string][] = [
    [WORDS.papers, papers.toLocaleString('en-GB')],
    [WORDS.embedded, embedded.toLocaleString('en-GB')],
    [WORDS.size, `${(bytes / MEGABYTE).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`],
    [WORDS.generation, generation.toLocaleString('en-GB')],
    [WORDS.model, space.name],
  ];
  return (
    <section>
      <h2>{WORDS.index}</h2>
      <dl class="figures">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Sources({ sources }: Pick<StatusPageProps, 'sources'>): VNode {
  return (
    <Table label={WORDS.sources} columns={WORDS.sourceColumns}>
      {sources.map((source) => (
        <tr key={source.name}>
          <th scope="row" dir="auto">
            {source.name}
          </th>
          <td>
            <code>{source.spec}</code>
          </td>
          <td dir="auto">{lastOf(source)}</td>
          <td>{nextOf(source)}</td>
        </tr>
      ))}
    </Table>
  );
}

function lastOf({ last, begun }: Source): string {
  if (begun !== null) return WORDS.running(momentOf(begun));
  if (last === null) return WORDS.never;
  const { ended, outcome, added, updated, failure } = last;
  const what =
    outcome === 'fine' ? WORDS.came(added, updated) : (failure?.message ?? WORDS.outcomes[outcome]);
  return `${momentOf(ended)}: ${what}`;
}

function nextOf({ paused, nextRun }: Source): string {
  if (paused) return WORDS.paused;
  return nextRun === null ? WORDS.never : momentOf(nextRun);
}
