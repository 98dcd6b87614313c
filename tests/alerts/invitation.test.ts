import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlertBook } from '../../src/alerts/alert-book.ts';
import { alertOf, type Invitation, invitationToken, readInvitation } from '../../src/alerts/invitation.ts';
import { readUnsubscribeToken, unsubscribeToken } from '../../src/alerts/unsubscribe-token.ts';
import { withoutAddresses } from '../../src/alerts/without-addresses.ts';
import { openHouse, paperOf } from './test-house.ts';

const KEY = 'ab'.repeat(32);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const INVITATION: Invitation = {
  ...{ address: 'me@example.org', question: 'graph networks', mode: 'hybrid', every: 'day' },
  filter: { categories: ['cs.LG'] },
};

describe('the link of an invitation', () => {
  it('carries it for seven days', () => {
    const token = invitationToken(INVITATION, { key: KEY, nowMs: 0 });
    expect(readInvitation(token, { key: KEY, nowMs: 7 * DAY_MS - 1 })).toEqual(INVITATION);
    expect(readInvitation(token, { key: KEY, nowMs: 7 * DAY_MS })).toBeUndefined();
  });

  it('is nothing that others could write, nor what ends mails', () => {
    const token = invitationToken(INVITATION, { key: KEY, nowMs: 0 });
    expect(readInvitation(token, { key: 'cd'.repeat(32), nowMs: 0 })).toBeUndefined();
    expect(readInvitation(`${token}A`, { key: KEY, nowMs: 0 })).toBeUndefined();
    expect(readUnsubscribeToken(token, KEY)).toBeUndefined();
    const other = unsubscribeToken({ alertId: 'a', target: 'mail:me@example.org' }, KEY);
    expect(readInvitation(other, { key: KEY, nowMs: 0 })).toBeUndefined();
  });

  it('stays short enough for the longest search that is taken', () => {
    const longest = { ...INVITATION, question: 'ü'.repeat(1_000) };
    const token = invitationToken(longest, { key: KEY, nowMs: 0 });
    expect(readInvitation(token, { key: KEY, nowMs: 0 })).toEqual(longest);
    expect(() => alertOf({ ...INVITATION, question: 'a'.repeat(1_200) })).toThrow(
      'too long to be followed by mail',
    );
  });
});

describe('alertOf', () => {
  it('makes one alert of one search for one address, and others of others', () => {
    const { id } = alertOf(INVITATION);
    expect(id).toMatch(/^graph-networks-[0-9a-f]{12}$/);
    expect(alertOf({ ...INVITATION }).id).toBe(id);
    expect(alertOf({ ...INVITATION, address: 'you@example.org' }).id).not.toBe(id);
    expect(alertOf({ ...INVITATION, every: 'week' }).id).not.toBe(id);
  });

  it('refuses what is no search and what is no address', () => {
    expect(() => alertOf({ ...INVITATION, question: '?!' })).toThrow();
    expect(() => alertOf({ ...INVITATION, address: 'me@example.org, you@example.org' })).toThrow(
      'is not one mail address',
    );
  });
});

describe('InvitationAllowance', () => {
  const ofNobody = (address: string) => ({ address, caller: undefined });

  it('asks an address three times a day, however it is written, and not for mails that failed', async () => {
    const { allowance } = (await openHouse()).book;
    const ask = (address: string, nowMs: number) => allowance.ask(ofNobody(address), nowMs);
    expect(ask('me@example.org', 0)).toBe('yes');
    expect(ask('ME+papers@Example.org', 1)).toBe('yes');
    expect(ask('me@example.org', 2)).toBe('yes');
    expect(ask('me+other@example.org', 3)).toBe('not this address');
    expect(ask('m.e@example.org', 3)).toBe('yes');
    allowance.giveBack('Me@example.org');
    expect(ask('me@example.org', 4)).toBe('yes');
    expect(ask('me@example.org', DAY_MS - 1)).toBe('not this address');
    expect(ask('me@example.org', 2 * DAY_MS)).toBe('yes');
  });

  it('asks thirty addresses an hour in all, ten for one caller, failed ones too', async () => {
    const { allowance } = (await openHouse()).book;
    const ask = (at: number, caller: string | undefined) =>
      allowance.ask({ address: `${at}@example.org`, caller }, at);
    const ofOne = Array.from({ length: 11 }, (_, at) => {
      const answer = ask(at, '192.0.2.1');
      allowance.giveBack(`${at}@example.org`);
      return answer;
    });
    expect(ofOne.filter((answer) => answer === 'yes')).toHaveLength(10);
    expect(ofOne.at(-1)).toBe('too many');
    const ofAll = Array.from({ length: 21 }, (_, at) => ask(100 + at, undefined));
    expect(ofAll.filter((answer) => answer === 'yes')).toHaveLength(20);
    expect(ask(HOUR_MS + 200, '192.0.2.1')).toBe('yes');
  });

  it('does not ask who wants no such mail, for a year or until they say yes', async () => {
    const { allowance } = (await openHouse()).book;
    allowance.refuse('Me@example.org', 0);
    expect(allowance.ask(ofNobody('me+x@example.org'), 364 * DAY_MS)).toBe('not this address');
    expect(allowance.ask(ofNobody('me@example.org'), 366 * DAY_MS)).toBe('yes');
    allowance.refuse('me@example.org', 366 * DAY_MS);
    allowance.welcome('me@example.org');
    expect(allowance.ask(ofNobody('me@example.org'), 366 * DAY_MS + 1)).toBe('yes');
  });

  it("outlives its process, and holds nobody's address", async () => {
    const { book, dir } = await openHouse();
    for (let times = 0; times < 3; times += 1) {
      book.allowance.ask({ address: 'me@example.org', caller: '192.0.2.77' }, times);
    }
    const other = AlertBook.open(dir);
    expect(other.allowance.ask(ofNobody('me@example.org'), 9)).toBe('not this address');
    other.close();
    const kept = ['alerts.db', 'alerts.db-wal'].map((name) => readFileSync(join(dir, name), 'latin1')).join();
    expect(kept).not.toMatch(/me@example|192\.0\.2\.77/);
  });
});

describe('AlertBook.accept', () => {
  it('makes one alert of two clicks at once, and unsubscribing leaves nothing', async () => {
    const { book, put, addAlert, read } = await openHouse();
    await put(paperOf('g', 'graphs'));
    await addAlert('bread');
    const both = await read((reader) =>
      Promise.all([0, 1].map((nowMs) => book.accept(INVITATION, { reader, nowMs }))),
    );
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(book.list()).toHaveLength(2);
    book.unsubscribe({ alertId: both[0]?.id ?? '', target: 'mail:me@example.org' });
    expect(book.list()).toMatchObject([{ question: 'bread' }]);
  });
});

describe('withoutAddresses', () => {
  it('takes out what a mail server repeats', () => {
    expect(withoutAddresses('550 5.1.1 <me@example.org>: unknown (ME@example.org)')).toBe(
      '550 5.1.1 <(address)>: unknown ((address))',
    );
  });
});
