import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/fault/app-error.ts';
import { sourceNotes, spokenReason } from '../../src/sync/source-notes.ts';
import type { Subscription } from '../../src/sync/subscription.ts';
import { SubscriptionList } from '../../src/sync/subscription-list.ts';
import { type Choice, type Harvest, syncSources } from '../../src/sync/sync-sources.ts';
import { subscription, syncRun } from './fixtures.ts';

const ALL: Choice = { isDueOnly: false };
const DAY_MS = 86_400_000;

async function listOf(...sources: Subscription[]): Promise<SubscriptionList> {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-sync-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const list = new SubscriptionList(dir, (run) => run());
  await list.change(() => sources);
  return list;
}

const fine: Harvest = async (_, tally) => tally.count('added');
const broken: Harvest = async (_, tally) => {
  tally.count('updated');
  throw new AppError('SOURCE_FAILED', { message: 'it answers 500' });
};

describe('syncSources', () => {
  it('asks every source once, whatever becomes of the others, and writes down what became of each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 6 }), async (fates) => {
        const list = await listOf(...fates.map((_, at) => subscription({ name: `s${at}` })));
        const asked: string[] = [];
        const report = await syncSources({
          list,
          choice: ALL,
          harvest: (one, tally) => {
            asked.push(one.name);
            return (fates[Number(one.name.slice(1))] ? fine : broken)(one, tally);
          },
        });
        expect(asked).toEqual(fates.map((_, at) => `s${at}`));
        expect(report.ok).toBe(!fates.includes(false));
        const outcomes = fates.map((isFine) => (isFine ? 'fine' : 'failed'));
        expect(report.sources.map(({ outcome }) => outcome)).toEqual(outcomes);
        expect(report.sources.map(({ added, updated }) => added - updated)).toEqual(
          fates.map((isFine) => (isFine ? 1 : -1)),
        );
        const kept = await list.read();
        expect(kept.map(({ last }) => last?.outcome)).toEqual(outcomes);
        expect(kept.map(({ failures }) => failures)).toEqual(fates.map((isFine) => Number(!isFine)));
        expect(kept.filter(({ begun }) => begun !== undefined)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('counts failures in a row from the first one on, until one is fine', async () => {
    const list = await listOf(subscription());
    let nowMs = Date.UTC(2026, 10, 25);
    const run = async (harvest: Harvest) => {
      await syncSources({ list, choice: ALL, harvest, nowMs: () => nowMs });
      nowMs += DAY_MS;
      return (await list.read())[0];
    };
    await run(broken);
    expect(await run(broken)).toMatchObject({ failures: 2, failingSince: '2026-11-25T00:00:00.000Z' });
    const mended = await run(fine);
    expect(mended).toMatchObject({ failures: 0, lastFine: '2026-11-27T00:00:00.000Z' });
    expect(mended?.failingSince).toBeUndefined();
    expect(await run(broken)).toMatchObject({ failures: 1, lastFine: '2026-11-27T00:00:00.000Z' });
  });

  it('tells an error that is no fault of the source too, and goes on', async () => {
    const list = await listOf(subscription({ name: 'a' }), subscription({ name: 'b' }));
    const harvest: Harvest = async ({ name }, tally) => {
      if (name === 'a') throw new TypeError('x is not a function');
      tally.count('added');
    };
    expect(await syncSources({ list, choice: ALL, harvest })).toMatchObject({
      ok: false,
      sources: [{ failure: { code: 'INTERNAL', message: 'TypeError: x is not a function' } }, { added: 1 }],
    });
  });

  it('says while it is at it that it is, and that remains where it dies', async () => {
    const list = await listOf(subscription());
    await syncSources({
      list,
      choice: ALL,
      harvest: async () => expect((await list.read())[0]?.begun).toBeDefined(),
    });
    expect((await list.read())[0]?.begun).toBeUndefined();
  });

  it('stops where it is interrupted, and asks no further', async () => {
    const list = await listOf(subscription({ name: 'a' }), subscription({ name: 'b' }));
    const controller = new AbortController();
    const { signal } = controller;
    const harvest: Harvest = async (_, tally) => {
      tally.count('added');
      controller.abort();
      throw new Error('cut');
    };
    expect(await syncSources({ list, choice: ALL, harvest, signal })).toMatchObject({
      ok: false,
      sources: [{ name: 'a', outcome: 'interrupted', added: 1 }],
    });
    expect(await list.read()).toMatchObject([
      { last: { outcome: 'interrupted' }, failures: 0 },
      { name: 'b' },
    ]);
  });

  it('respects what is changed while it runs', async () => {
    const list = await listOf(...['a', 'b', 'c', 'd'].map((name) => subscription({ name })));
    const asked: string[] = [];
    const harvest: Harvest = async ({ name }) => {
      asked.push(name);
      if (name !== 'a') return;
      await list.change((all) => all.filter((one) => one.name !== 'a' && one.name !== 'b'));
      await list.changeOne('c', (one) => ({ ...one, isPaused: true }));
    };
    const report = await syncSources({ list, choice: ALL, harvest });
    expect(asked).toEqual(['a', 'd']);
    expect(report.sources).toMatchObject([{ name: 'a', nextRun: null }, { name: 'd' }]);
    expect((await list.read()).map(({ name }) => name)).toEqual(['c', 'd']);
  });
});

describe('sourceNotes', () => {
  const nowMs = Date.UTC(2026, 10, 25);
  const ago = (ms: number) => new Date(nowMs - ms).toISOString();
  const recent = syncRun({ started: ago(3_600_000), ended: ago(3_600_000) });
  const failure = { code: 'SOURCE_FAILED', message: 'it answers 500' };
  const failed = { ...recent, outcome: 'failed', failure } as const;

  it('is silent where all is well, for a day of failures, and for what is paused', () => {
    const quiet = [
      subscription({ last: recent }),
      subscription({ last: failed, failures: 20, failingSince: ago(DAY_MS - 1) }),
      subscription({ last: failed, failures: 9, failingSince: ago(9 * DAY_MS), isPaused: true }),
      subscription({ begun: ago(9 * DAY_MS) }),
    ];
    expect(sourceNotes(quiet, nowMs)).toEqual([]);
  });

  it('names those that fail for days, with the reason, and those that nobody asks', () => {
    const failing = subscription({ last: failed, failures: 1, failingSince: ago(2 * DAY_MS) });
    expect(sourceNotes([failing, subscription({ name: 'never', added: ago(2 * DAY_MS) })], nowMs)).toEqual([
      'The source cs has failed since 2026-11-23, once: it answers 500.',
      expect.stringMatching(/^The source never is due since 2026-11-23 and nothing syncs: /),
    ]);
  });

  it('gives no file of the machine away', () => {
    expect(spokenReason({ code: 'DISK_FULL', message: '/home/ada is full' })).toBe('The disk is full');
    expect(spokenReason({ code: 'OF_A_LATER_PHAROS', message: '/home/ada' })).not.toContain('ada');
    expect(spokenReason(failure)).toBe('it answers 500');
  });
});
