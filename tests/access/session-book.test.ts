import { expect, it } from 'vitest';
import type { Key } from '../../src/access/key.ts';
import { SessionBook } from '../../src/access/session-book.ts';

const KEY: Key = { id: 'aaaaaaaaaaaa', name: 'reading group', scope: 'read', createdMs: 0 };
const DAY_MS = 86_400_000;

function bookOf(keys: Map<string, Key>) {
  return new SessionBook(async (id) => keys.get(id));
}

it('knows the key of a session for seven days', async () => {
  const book = bookOf(new Map([[KEY.id, KEY]]));
  const name = book.begin(KEY, 0);
  expect(await book.keyOf(name, 7 * DAY_MS - 1)).toEqual(KEY);
  expect(await book.keyOf(name, 7 * DAY_MS)).toBeUndefined();
  // What has ended does not come back with the clock.
  expect(await book.keyOf(name, 0)).toBeUndefined();
});

it('names each session anew, and nothing that was not begun', async () => {
  const book = bookOf(new Map([[KEY.id, KEY]]));
  const names = [book.begin(KEY, 0), book.begin(KEY, 0)];
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^[\w-]{43}$/);
  expect(await book.keyOf('A'.repeat(43), 0)).toBeUndefined();
});

it('ends the one that is ended, and all of a key that is revoked', async () => {
  const keys = new Map([[KEY.id, KEY]]);
  const book = bookOf(keys);
  const [one, other] = [book.begin(KEY, 0), book.begin(KEY, 0)];
  book.end(one);
  expect(await book.keyOf(one, 0)).toBeUndefined();
  expect(await book.keyOf(other, 0)).toEqual(KEY);
  keys.clear();
  expect(await book.keyOf(other, 0)).toBeUndefined();
  keys.set(KEY.id, KEY);
  expect(await book.keyOf(other, 0)).toBeUndefined();
});

it('holds a bounded number of them, and the newest', async () => {
  const book = bookOf(new Map([[KEY.id, KEY]]));
  const first = book.begin(KEY, 0);
  let last = '';
  for (let times = 0; times < 10_000; times += 1) last = book.begin(KEY, 0);
  expect(await book.keyOf(first, 0)).toBeUndefined();
  expect(await book.keyOf(last, 0)).toEqual(KEY);
});
