import { describe, expect, it } from 'vitest';
import { alertOf, type Invitation, invitationToken, readInvitation } from '../../src/alerts/invitation.ts';
import { InvitationAllowance } from '../../src/alerts/invitation-allowance.ts';
import { readUnsubscribeToken, unsubscribeToken } from '../../src/alerts/unsubscribe-token.ts';

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
  it('asks an address once an hour, however it is written, and again where the mail failed', () => {
    const allowance = new InvitationAllowance();
    expect(allowance.ask('me@example.org', 0)).toBe('yes');
    expect(allowance.ask('ME@example.org', HOUR_MS - 1)).toBe('asked already');
    expect(allowance.ask('me@example.org', HOUR_MS)).toBe('yes');
    allowance.giveBack('Me@example.org');
    expect(allowance.ask('me@example.org', HOUR_MS + 1)).toBe('yes');
  });

  it('asks thirty addresses an hour and no more', () => {
    const allowance = new InvitationAllowance();
    const answers = Array.from({ length: 31 }, (_, at) => allowance.ask(`${at}@example.org`, at));
    expect(answers.filter((answer) => answer === 'yes')).toHaveLength(30);
    expect(answers.at(-1)).toBe('too many');
    expect(allowance.ask('31@example.org', HOUR_MS)).toBe('yes');
  });
});
