import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/sync/subscription.ts';
import { byMonth } from '../../src/web/growth-chart.tsx';
import { FakeWriting } from '../api/fake-writing.ts';
import { FakeLists } from '../api/test-server.ts';
import { startPages } from './start-pages.ts';

const DAY_MS = 86_400_000;
const HOSTILE = '<img src=x onerror=alert(1)>';

function source(more: Partial<Subscription>): Subscription {
  const added = '2026-01-01T00:00:00.000Z';
  return {
    name: 'nlp',
    spec: 'arxiv:cs.CL',
    schedule: '0 6 * * *',
    isPaused: false,
    added,
    failures: 0,
    ...more,
  };
}

const RUN: NonNullable<Subscription['last']> = {
  ...{ started: '2026-11-24T06:00:00.000Z', ended: '2026-11-24T06:05:00.000Z', outcome: 'fine' as const },
  ...{ added: 1_200, updated: 3, removed: 0, unchanged: 0, faulty: 0, embedded: 1_200 },
};

describe('/status', () => {
  it('tells what there is, and what is not as it should be', async () => {
    const { page } = await startPages();
    const { html } = await page('/status');
    expect(html).toContain('<dt>Papers</dt><dd dir="auto">3</dd>');
    expect(html).toContain('<dt>Found by meaning</dt><dd dir="auto">2</dd>');
    expect(html).toContain(
      '1 paper not embedded yet: found by words only. Run the last <code>pharos add</code>',
    );
    expect(html).not.toContain('All is well.');
    expect(html).toContain('Nov 2026: 1 paper</title>');
  });

  it('says how the runs of the sources went and when the next are', async () => {
    const failure = { code: 'SOURCE_FAILED', message: HOSTILE };
    const sources = async () => [
      source({ last: RUN }),
      source({ name: 'daily', last: { ...RUN, outcome: 'failed', failure }, isPaused: true }),
      source({ name: 'new', added: new Date(Date.now() + DAY_MS).toISOString() }),
      source({ name: 'busy', begun: '2026-11-25T01:02:03.000Z' }),
    ];
    const { html } = await (await startPages({ sources })).page('/status');
    expect(html).toContain('2026-11-24 06:05 UTC: 1,200 new, 3 changed');
    expect(html).toContain('2026-11-24 06:05 UTC: &lt;img');
    expect(html).toContain('<td>paused</td>');
    expect(html).toContain('at work since 2026-11-25 01:02 UTC');
    expect(html).not.toContain('<img');
  });

  it('tells how long the routes took that have answered', async () => {
    const { page, ask } = await startPages();
    for (let times = 0; times < 3; times += 1) await (await ask('/api/v1/papers/1706.03762')).text();
    const { html } = await page('/status');
    expect(html).toMatch(/<code>\/api\/v1\/papers\/\{id\}<\/code><\/th><td class="number">3<\/td>/);
    expect(html).not.toContain('NaN');
  });

  it('shows what is done to the index by others and by requests, and how far it is', async () => {
    const desk = new FakeWriting();
    const started = '2026-11-25T04:40:00.000Z';
    const note = { pid: 1, started, changed: started };
    const workNotes = async () => [
      { ...note, stage: 'embed', done: 1_200, total: 4_000 },
      { ...note, stage: '<b>', done: 3, total: null },
    ];
    const { page, ask } = await startPages({ desk, workNotes });
    desk.jobs.change(desk.jobs.open().id, { added: 7 });
    const { html } = await page('/status');
    expect(html).toContain('<progress max="4000" value="1200" aria-label="Embedding papers"></progress>');
    expect(html).toContain('1,200 of 4,000');
    expect(html).toContain('since 2026-11-25 04:40 UTC');
    expect(html).toMatch(/At work on the index<\/span><span class="quiet">3</);
    expect(html).toMatch(/Reading papers<\/span><span class="quiet">7</);
    const { work } = (await (await ask('/api/v1/status')).json()) as { work: unknown[] };
    expect(work).toMatchObject([
      { stage: 'embed' },
      { stage: '<b>' },
      { stage: 'store', done: 7, total: null },
    ]);
  });

  it('says nothing of work where there is none', async () => {
    expect((await (await startPages()).page('/status')).html).not.toContain('At work');
  });

  it('is a page also where there are no papers', async () => {
    const lists = Object.assign(new FakeLists(), { calendar: async () => [] });
    const { answer, html } = await (await startPages({ lists })).page('/status');
    expect(answer.status).toBe(200);
    expect(html).not.toContain('<figure');
  });
});

describe('byMonth', () => {
  it('counts every month between the first and the last', () => {
    const days = [
      { day: '2025-11-30', count: 2 },
      { day: '2026-01-01', count: 3 },
      { day: '2026-01-31', count: 4 },
    ];
    expect(byMonth(days)).toEqual([
      { month: '2025-11', count: 2 },
      { month: '2025-12', count: 0 },
      { month: '2026-01', count: 7 },
    ]);
  });

  it('goes back ten years and no further', () => {
    const months = byMonth([
      { day: '1991-08-01', count: 1 },
      { day: '2026-11-25', count: 1 },
    ]);
    expect(months).toHaveLength(120);
    expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2016-12', '2026-11']);
  });
});
