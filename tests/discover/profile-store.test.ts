import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProfileStore } from '../../src/discover/profile-store.ts';
import { makePaper } from '../engine/fixtures.ts';

function newStore() {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-profiles-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'profiles');
  return { path, store: new ProfileStore(path) };
}

const PROFILE = { name: 'thesis', saved: '2026-11-25', papers: [makePaper({ id: 'a' })], negatives: [] };

describe('ProfileStore', () => {
  it('gives back what was saved, replaces it, and forgets it', async () => {
    const { store, path } = newStore();
    expect(await store.names()).toEqual([]);
    await store.save(PROFILE);
    expect(await store.read('thesis')).toEqual(PROFILE);
    const other = { ...PROFILE, negatives: [makePaper({ id: 'b' })] };
    await store.save(other);
    await store.save({ ...PROFILE, name: 'a.b-c' });
    expect(await store.read('thesis')).toEqual(other);
    expect(await store.names()).toEqual(['a.b-c', 'thesis']);
    await store.remove('thesis');
    expect(readdirSync(path)).toEqual(['a.b-c.json']);
  });

  it('says which there are when there is none of that name', async () => {
    const { store } = newStore();
    await expect(store.read('thesis')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await store.save(PROFILE);
    await expect(store.read('other')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      remedy: 'There are thesis.',
    });
    await expect(store.remove('other')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each(['', '..', '../x', 'a/b', 'Thesis', '.hidden', 'a b', 'x'.repeat(65)])(
    'refuses the name %j',
    async (name) => {
      const { store } = newStore();
      await expect(store.save({ ...PROFILE, name })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(store.read(name)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );

  it.each(['{', '{}', '{"saved":"x","papers":[{"id":"a"}],"negatives":[]}'])(
    'tells a damaged file: %s',
    async (text) => {
      const { store, path } = newStore();
      await store.save(PROFILE);
      writeFileSync(join(path, 'thesis.json'), text);
      await expect(store.read('thesis')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    },
  );
});
