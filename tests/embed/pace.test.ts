/** The faster of two ways is chosen, also after the machine has changed its mind. */
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/embed/pace.ts';

type Way = 'together' | 'apart';

/** Chooses `times` times, each way taking what `speeds` says, and tells how often each was chosen. */
function run(pace: Pace<Way>, times: number, speeds: Readonly<Record<Way, number>>): Record<Way, number> {
  const chosen = { together: 0, apart: 0 };
  for (let at = 0; at < times; at++) {
    const way = pace.choose();
    chosen[way]++;
    const work = 1 + (at % 9);
    pace.record(way, { work, tookMs: work * speeds[way] });
  }
  return chosen;
}

describe('Pace', () => {
  it('begins with the first way and tries the other seldom', () => {
    const { together, apart } = run(new Pace<Way>(['together', 'apart']), 320, { together: 1, apart: 2 });
    expect([together, apart]).toEqual([310, 10]);
  });

  it('goes over to the other way when that is faster, and back', () => {
    const pace = new Pace<Way>(['together', 'apart']);
    run(pace, 200, { together: 1, apart: 2 });
    const busy = run(pace, 320, { together: 4, apart: 2 });
    expect(busy.apart).toBeGreaterThan(280);
    const quiet = run(pace, 640, { together: 1, apart: 2 });
    expect(quiet.together).toBeGreaterThan(500);
  });

  it('is not impressed by an outlier', () => {
    const pace = new Pace<Way>(['together', 'apart']);
    run(pace, 200, { together: 1, apart: 2 });
    pace.record('together', { work: 1, tookMs: 1_000 });
    pace.record('together', { work: 1, tookMs: 1_000 });
    expect(pace.choose()).toBe('together');
  });

  it('has one answer where there is one way', () => {
    const pace = new Pace(['only']);
    for (let at = 0; at < 100; at++) expect(pace.choose()).toBe('only');
  });
});
