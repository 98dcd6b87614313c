import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { KeyStore } from '../../src/access/key-store.ts';
import { serverSettings } from '../../src/cli/server-settings.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { runCli } from './test-io.ts';

let index = '';

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-keys-'));
  index = join(folder, 'index');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.jsonl'), '{"title": "A paper"}');
  await runCli(['add', join(folder, 'a.jsonl'), '--index', index]);
});

const keys = (...parameters: readonly string[]) => runCli(['keys', ...parameters, '--index', index]);

it('makes a key that is printed once, lists it without its secret and revokes it', async () => {
  const made = await keys('create', '--name', 'reading group', '--scope', 'write');
  expect(made.exitCode).toBe(0);
  const text = made.stdout.trim();
  const [, id = ''] = text.split('_');
  expect(await new KeyStore(index).check(text)).toMatchObject({ id, name: 'reading group', scope: 'write' });
  const listed = await keys('list');
  expect(listed.stdout).toMatch(new RegExp(`^${id}  write  \\d{4}-\\d\\d-\\d\\d  reading group\n$`));
  expect(await keys('revoke', id)).toMatchObject({ exitCode: 0, stdout: `Revoked ${id}.\n` });
  expect(await keys('list')).toMatchObject({ stdout: 'There are no keys.\n' });
  expect(await keys('revoke', id)).toMatchObject({ exitCode: 1 });
});

it('prints JSON for programs', async () => {
  const { key, ...made } = JSON.parse((await keys('create', '--name', 'a', '--json')).stdout);
  expect(key).toMatch(/^pharos_/);
  expect(JSON.parse((await keys('list', '--json')).stdout)).toEqual({ keys: [made] });
});

it.each([['create'], ['create', '--name', ' '], ['create', '--name', 'a', '--scope', 'root']])(
  'says what is wrong with %s',
  async (...parameters) => {
    expect(await keys(...parameters)).toMatchObject({ exitCode: 2, stdout: '' });
  },
);

it('makes no folder for an index that is not there', async () => {
  const { exitCode, stderr } = await runCli(['keys', 'create', '--name', 'a', '--index', `${index}-not`]);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('pharos add')]);
});

it('wants a key or --public of a server that others reach, and nothing of one that they do not', async () => {
  const store = new KeyStore(index);
  const at = (host: string, isPublic = false) =>
    serverSettings(resolveSettings({ flags: { host, index } }).settings, { keys: store, isPublic });
  await expect(at('0.0.0.0')).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
  await expect(at('192.0.2.1')).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
  for (const host of ['127.0.0.1', 'localhost', '::1']) expect((await at(host)).isPublic).toBe(false);
  expect((await at('0.0.0.0', true)).isPublic).toBe(true);
  await store.create('a', 'read');
  expect((await at('0.0.0.0')).isPublic).toBe(false);
});
