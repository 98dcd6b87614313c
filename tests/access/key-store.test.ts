import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { mayDo, newKey, readKeyText, SCOPES } from '../../src/access/key.ts';
import { KeyStore } from '../../src/access/key-store.ts';

let dir = '';

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-keys-'));
  dir = folder;
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

it('knows a key that it made, by its text alone', async () => {
  const store = new KeyStore(dir);
  const { text, ...key } = await store.create('reading group', 'read');
  expect(await store.check(text)).toEqual(key);
  expect(await new KeyStore(dir).list()).toEqual([key]);
});

it('keeps a hash and not the key, in a file of its owner', async () => {
  const { text, id } = await new KeyStore(dir).create('a', 'write');
  const [file = ''] = readdirSync(join(dir, 'keys'));
  const path = join(dir, 'keys', file);
  const secret = text.split('_').slice(2).join('_');
  expect(secret.length).toBe(43);
  expect(readFileSync(path, 'utf8')).toContain(id);
  expect(readFileSync(path, 'utf8')).not.toContain(secret);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(statSync(join(dir, 'keys')).mode & 0o077).toBe(0);
});

it('knows a revoked key no more, and says that there is none', async () => {
  const store = new KeyStore(dir);
  const kept = await store.create('kept', 'read');
  const { text, id } = await store.create('lost', 'admin');
  await store.revoke(id);
  expect(await store.check(text)).toBeUndefined();
  expect(await store.check(kept.text)).toMatchObject({ name: 'kept' });
  await expect(store.revoke(id)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  await expect(store.revoke('../../etc/passwd')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
});

it('knows no key whose secret differs by a letter, nor one of another id', async () => {
  const store = new KeyStore(dir);
  const { text } = await store.create('a', 'read');
  const other = newKey({ name: 'b', scope: 'read', createdMs: 0 });
  const altered = text.slice(0, -2) + (text.at(-2) === 'A' ? 'B' : 'A') + text.at(-1);
  for (const wrong of [altered, other.text, `pharos_${'0'.repeat(12)}_${'A'.repeat(43)}`, 'hf_token', ''])
    expect(await store.check(wrong)).toBeUndefined();
});

it('loses no key when many are made at once', async () => {
  const store = new KeyStore(dir);
  await Promise.all(Array.from({ length: 20 }, (_, n) => store.create(`key ${n}`, 'read')));
  expect(await store.list()).toHaveLength(20);
});

it('says which file is not a key', async () => {
  const store = new KeyStore(dir);
  const { id } = await store.create('a', 'read');
  writeFileSync(join(dir, 'keys', `${id}.json`), '{"id": 5}');
  await expect(store.list()).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
});

it('reads every key it writes and no other text', () => {
  for (let n = 0; n < 50; n++) {
    const { text, stored } = newKey({ name: 'a', scope: 'read', createdMs: n });
    expect(readKeyText(text)?.id).toBe(stored.id);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readKeyText(text)).toBeUndefined();
      expect(readKeyText(`pharos_${text}`)).toBeUndefined();
    }),
  );
});

it('lets each scope do what those below it may', () => {
  const table = SCOPES.map((has) => SCOPES.map((wants) => mayDo(has, wants)));
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});
