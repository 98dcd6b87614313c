import { describe, expect, it } from 'vitest';
import { MAX_TRIES, pauseAfter } from '../../src/alerts/back-off.ts';
import { openHouse, paperOf } from './test-house.ts';

const HOUR_MS = 3_600_000;

/** An alert whose file cannot be written, and one paper for it. */
async function openBroken() {
  const house = await openHouse();
  const id = await house.addAlert('graphs', { targets: ['file:/proc/nowhere/news.jsonl'] });
  await house.put(paperOf('g', 'graphs'));
  return { ...house, id };
}

describe('messages that fail', () => {
  it('are tried again after growing pauses, then given up, and listed', async () => {
    const { run, book, now, id } = await openBroken();
    await run({ ids: [id] });
    const pauses: number[] = [];
    for (let tries = 1; tries < MAX_TRIES; tries++) {
      const [entry] = book.messages(id, 1);
      expect(entry).toMatchObject({ state: 'waiting', tries, papers: 1 });
      pauses.push((entry?.nextTryMs ?? 0) - now.ms);
      // Not before its time.
      expect((await run({ ids: [] })).deliveries).toEqual([]);
      now.ms = entry?.nextTryMs ?? 0;
      expect((await run()).deliveries).toHaveLength(1);
    }
    expect(pauses.at(-1)).toBeGreaterThan(10 * (pauses[0] ?? 0));
    expect(book.get(id).messages).toEqual({ waiting: 0, sent: 0, dead: 1 });
    expect(book.messages(id, 1)[0]?.error).toContain('/proc/nowhere');
    now.ms += 1000 * HOUR_MS;
    expect((await run()).deliveries).toEqual([]);
    expect(book.retry(id, now.ms)).toBe(1);
    expect((await run()).deliveries).toMatchObject([{ outcome: 'waiting' }]);
  });

  it('keep nobody else waiting', async () => {
    const { run, addAlert, put, now, book } = await openBroken();
    await addAlert('bread', { id: 'bread' });
    await put(paperOf('b', 'bread'));
    now.ms += 24 * HOUR_MS;
    await run();
    expect(book.get('bread').messages.sent).toBe(1);
  });
});

describe('a receiver that asks to be left alone', () => {
  it('is, for as long as it says, up to a day; a short wish shortens no pause', async () => {
    const { run, book, now, id } = await openBroken();
    await run({ ids: [id] });
    const [entry] = book.messages(id, 1);
    if (!entry) throw new Error('there is one');
    const pauseFor = (retryAfterMs: number) => {
      book.outbox.failed(
        { ...entry, tries: 0 },
        { error: '503', isHopeless: false, retryAfterMs, nowMs: now.ms },
      );
      return (book.messages(id, 1)[0]?.nextTryMs ?? 0) - now.ms;
    };
    expect(pauseFor(3 * HOUR_MS)).toBe(3 * HOUR_MS);
    expect(pauseFor(1_000 * HOUR_MS)).toBe(24 * HOUR_MS);
    expect(pauseFor(1)).toBeGreaterThanOrEqual(30_000);
  });
});

describe('messages that were delivered', () => {
  it('are forgotten after 30 days, but counted, and their papers are not announced again', async () => {
    const { run, book, now, addAlert, put } = await openHouse();
    const id = await addAlert('graphs');
    await put(paperOf('g', 'graphs'));
    await run({ ids: [id] });
    now.ms += 30 * 24 * HOUR_MS;
    await run({ ids: [id] });
    expect(book.messages(id, 9)).toHaveLength(1);
    now.ms += 1;
    await run({ ids: [id] });
    await run({ ids: [id] });
    expect(book.messages(id, 9)).toEqual([]);
    expect(book.get(id).messages).toEqual({ waiting: 0, sent: 1, dead: 0 });
    expect(book.hasAnnounced(id, ['g'])).toBe(true);
    expect(book.lastRunMs()).toBe(now.ms);
  });

  it('are not those that were given up', async () => {
    const { run, book, now, id } = await openBroken();
    await run({ ids: [id] });
    const [entry] = book.messages(id, 1);
    if (!entry) throw new Error('there is one');
    book.outbox.failed(entry, { error: '550', isHopeless: true, nowMs: now.ms });
    now.ms += 300 * 24 * HOUR_MS;
    await run({ ids: [id] });
    expect(book.get(id).messages).toEqual({ waiting: 0, sent: 0, dead: 1 });
  });
});

describe('pauseAfter', () => {
  it('doubles up to a bound, never by less than half, and ends', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7].map((tries) => pauseAfter(tries, () => 1) ?? 0);
    const shortest = [1, 2, 3, 4, 5, 6, 7].map((tries) => pauseAfter(tries, () => 0) ?? 0);
    expect(longest.map((ms) => ms / 60_000)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(shortest).toEqual(longest.map((ms) => ms / 2));
    expect(pauseAfter(MAX_TRIES)).toBeUndefined();
  });
});

describe('unsubscribing', () => {
  it('takes one reader out, with what waits for them, and pauses what nobody reads', async () => {
    const { run, book, id, addAlert, dir } = await openBroken();
    await run({ ids: [id] });
    const token = book.tokenFor({ alertId: id, target: 'file:/proc/nowhere/news.jsonl' });
    const subscription = book.subscriptionOf(token);
    if (!subscription) throw new Error('the token is ours');
    book.unsubscribe(subscription);
    book.unsubscribe(subscription);
    expect(book.get(id)).toMatchObject({ targets: [], isPaused: true, messages: { waiting: 0 } });
    expect(() => book.setPaused(id, false)).toThrow('unsubscribed');
    const both = await addAlert('bread', { targets: [`file:${dir}/one`, `file:${dir}/two`] });
    book.unsubscribe({ alertId: both, target: `file:${dir}/one` });
    expect(book.get(both)).toMatchObject({ targets: [`file:${dir}/two`], isPaused: false });
  });

  it('takes no token that was not made here', async () => {
    const { book, id } = await openBroken();
    const token = book.tokenFor({ alertId: id, target: 't' });
    const other = (await openHouse()).book.tokenFor({ alertId: id, target: 't' });
    const [body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify([id, 'u'])).toString('base64url');
    for (const bad of [
      other,
      '',
      '.',
      body,
      `${body}.`,
      `${forged}.${signature}`,
      `${token}.`,
      token.slice(1),
    ]) {
      expect(book.subscriptionOf(bad)).toBeUndefined();
    }
    expect(book.subscriptionOf(token)).toEqual({ alertId: id, target: 't' });
  });
});
