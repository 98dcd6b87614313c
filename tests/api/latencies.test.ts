import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BucketSample, latenciesOf } from '../../src/api/latencies.ts';
import { nothing } from '../../src/api/request-schemas.ts';
import type { Route } from '../../src/api/route.ts';
import { startTestServer } from './test-server.ts';

const BOUNDS = [0.001, 0.01, 0.1, 1] as const;

/** As a histogram would count them. */
function samplesOf(route: string, seconds: readonly number[]): BucketSample[] {
  const upTo = (most: number) => seconds.filter((time) => time <= most).length;
  return [
    ...BOUNDS.map((mostSeconds) => ({ route, mostSeconds, count: upTo(mostSeconds) })),
    { route, mostSeconds: Number.POSITIVE_INFINITY, count: seconds.length },
  ];
}

describe('latenciesOf', () => {
  it('tells percentiles within the bucket of the true ones, whatever was measured', () => {
    const times = fc.array(fc.double({ min: 0.0001, max: 0.999, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(times, (measured) => {
        const [route] = latenciesOf(samplesOf('/search', measured));
        const sorted = measured.toSorted((a, b) => a - b);
        const told = [route?.p50, route?.p95, route?.p99];
        for (const [at, share] of [0.5, 0.95, 0.99].entries()) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
          const most = BOUNDS.find((bound) => exact <= bound) as number;
          const least = BOUNDS.findLast((bound) => bound < exact) ?? 0;
          expect(told[at]).toBeGreaterThanOrEqual(least * 1000);
          expect(told[at]).toBeLessThanOrEqual(most * 1000 + 1e-9);
        }
        expect(route?.answers).toBe(measured.length);
      }),
    );
  });

  it('spreads the times of a bucket evenly over it, and knows none beyond the last bound', () => {
    expect(latenciesOf(samplesOf('/a', [0.05, 0.05]))).toMatchObject([{ answers: 2, p50: 55 }]);
    expect(latenciesOf(samplesOf('/a', [90, 90]))).toMatchObject([{ p50: 1000, p99: 1000 }]);
  });

  it('adds up what one route answered in several ways, and has the busiest first', () => {
    const samples = ['/b', '/a', '/c', '/c'].flatMap((route) => samplesOf(route, [0.005]));
    const found = latenciesOf([...samples, ...samplesOf('/never', [])]);
    expect(found.map(({ route, answers }) => [route, answers])).toEqual([
      ['/c', 2],
      ['/a', 1],
      ['/b', 1],
    ]);
  });
});

describe('a server', () => {
  it('counts by the pattern of an address, never by what was asked, and not what is nowhere', async () => {
    const seen: unknown[] = [];
    const page: Route = {
      ...{ method: 'get' as const, address: '/seen', path: '/seen', summary: '', input: nothing },
      answer: async (_request, { metrics }) => {
        seen.push(...(await metrics.latencies()).map(({ route, answers }) => [route, answers]));
        return {};
      },
    };
    const { ask } = await startTestServer({ pages: [page] });
    for (const path of ['/api/v1/papers/1706.03762', '/api/v1/papers/none', '/nowhere/secret']) {
      await (await ask(path)).text();
    }
    await (await ask('/seen')).text();
    expect(seen).toEqual([['/api/v1/papers/{id}', 2]]);
  });
});
