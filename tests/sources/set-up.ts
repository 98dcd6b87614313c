/** A harvest in a test: a source over a stand-in, by a clock that costs no time. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/http/clock.ts';
import { PoliteClient, type PoliteClientOptions } from '../../src/http/polite-client.ts';
import { openSource } from '../../src/sources/registry.ts';
import type { SourceBatch, SourceRow } from '../../src/sources/source.ts';

export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'pharos-sources-'));
}

export interface FakeClock extends Clock {
  /** Every pause that was made. */
  readonly slept: number[];
}

/** Waiting takes no time and moves the hands. */
export function fakeClock(startMs = Date.UTC(2026, 10, 25)): FakeClock {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
  };
}

export interface HarvestOptions extends Partial<PoliteClientOptions> {
  readonly address: string;
  readonly since?: string;
  readonly position?: string | undefined;
  readonly key?: string;
  /** Stops taking after so many batches. */
  readonly batches?: number;
  readonly onNotice?: (message: string) => void;
}

export interface Harvest {
  readonly batches: SourceBatch[];
  readonly rows: SourceRow[];
  /** Of the last batch. */
  readonly position: string | undefined;
}

/** `arxiv:cs.CL` from its beginning or from a position. */
export async function harvest(spec: string, options: HarvestOptions): Promise<Harvest> {
  const {
    address,
    since,
    position,
    key,
    batches: most = Number.POSITIVE_INFINITY,
    onNotice,
    ...clientOptions
  } = options;
  const client = new PoliteClient({
    userAgent: 'Pharos/0 (test)',
    lanesDir: scratch(),
    clock: fakeClock(),
    ...clientOptions,
  });
  const at = spec.indexOf(':');
  const source = await openSource(spec.slice(0, at));
  const batches: SourceBatch[] = [];
  try {
    const ask = client.askIn(source.laneFor?.(spec.slice(at + 1)) ?? source.description.lane);
    const context = { ask, address, key, signal: options.signal, ...(onNotice && { onNotice }) };
    for await (const batch of source.stream({ target: spec.slice(at + 1), since, position }, context)) {
      batches.push(batch);
      if (batches.length >= most) break;
    }
  } finally {
    await client.close();
  }
  return { batches, rows: batches.flatMap(({ rows }) => rows), position: batches.at(-1)?.position };
}

export function idsOf(rows: readonly SourceRow[]): string[] {
  return rows.flatMap((row) => ('paper' in row ? [row.paper.id] : []));
}
