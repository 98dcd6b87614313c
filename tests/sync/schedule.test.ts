import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, nextRunMs, nextTimeMs, readSchedule } from '../../src/sync/schedule.ts';
import { subscription, syncRun } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) });
const iso = (ms: number) => new Date(ms).toISOString();

describe('readSchedule', () => {
  it('draws a minute for the hour, and an hour of the night for day and week', () => {
    const highest = (below: number) => below - 1;
    expect(readSchedule('hour', highest)).toBe('59 * * * *');
    expect(readSchedule('day', highest)).toBe('59 5 * * *');
    expect(readSchedule(' week ', () => 0)).toBe('0 1 * * 0');
  });

  it.each([
    ['hour', HOUR_MS],
    ['day', DAY_MS],
    ['week', 7 * DAY_MS],
  ])('%s comes once in its time, whatever was drawn', (word, lengthMs) => {
    fc.assert(
      fc.property(moments, fc.nat(), (startMs, seed) => {
        const schedule = readSchedule(word, (below) => seed % below);
        const first = nextTimeMs(schedule, startMs);
        const second = nextTimeMs(schedule, first);
        expect(first).toBeGreaterThan(startMs);
        // Clocks are put forward and back by an hour, twice a year, where the test may run.
        expect(Math.abs(second - first - lengthMs)).toBeLessThanOrEqual(HOUR_MS);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['', 'daily', '0 0 * * * *', '61 * * * *', '0 0 30 2 *', '0 0 1 1 * 2020'])(
    'refuses %j',
    (text) => {
      expect(() => readSchedule(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    },
  );

  it.each(['0 6 * * MON-FRI', '*/15 * * * *', '@daily', '0 0 L * *'])('takes %s as it is', (text) => {
    expect(readSchedule(text)).toBe(text);
  });
});

describe('nextRunMs', () => {
  const nowMs = Date.UTC(2026, 10, 25, 12);

  it('is the beginning for one that never ran, none for one that is paused', () => {
    expect(nextRunMs(subscription({ added: iso(nowMs) }))).toBe(nowMs);
    expect(isDue(subscription({ added: iso(nowMs) }), nowMs)).toBe(true);
    expect(nextRunMs(subscription({ isPaused: true }))).toBeUndefined();
    expect(isDue(subscription({ isPaused: true }), nowMs)).toBe(false);
  });

  it('is once where many runs were missed', () => {
    const last = syncRun({ started: iso(nowMs - 30 * DAY_MS), ended: iso(nowMs - 30 * DAY_MS) });
    expect(isDue(subscription({ schedule: '0 * * * *', last }), nowMs)).toBe(true);
    const made = syncRun({ started: iso(nowMs), ended: iso(nowMs + 1) });
    expect(isDue(subscription({ schedule: '0 * * * *', last: made }), nowMs + 1)).toBe(false);
  });

  it('is at once for one that was cut off or interrupted', () => {
    const begun = iso(nowMs - 1);
    expect(isDue(subscription({ begun, last: syncRun({ started: begun, ended: begun }) }), nowMs)).toBe(true);
    const last = syncRun({ outcome: 'interrupted', started: begun, ended: begun });
    expect(isDue(subscription({ schedule: '0 0 1 1 *', last }), nowMs)).toBe(true);
  });

  it('is an hour after a failure, or the regular time where that is sooner', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: HOUR_MS }), (startMs, tookMs) => {
        const times = { started: iso(startMs), ended: iso(startMs + tookMs) };
        for (const schedule of ['*/10 * * * *', '0 3 * * *', '0 3 * * 1']) {
          const failed = nextRunMs(
            subscription({ schedule, last: syncRun({ ...times, outcome: 'failed' }) }),
          );
          const fine = nextRunMs(subscription({ schedule, last: syncRun(times) }));
          expect(failed).toBe(Math.min(fine ?? 0, startMs + tookMs + HOUR_MS));
        }
      }),
      { numRuns: 40 },
    );
  });
});
