/** What a word on the command line means: a preset, a folder, or a model of the hub. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MODEL_PRESETS } from '../../src/embed/presets.ts';
import { findModel, presentFolder } from '../../src/hub/find-model.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pharos-find-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const folders = { bundledDir: join(scratch, 'bundled'), modelsDir: join(scratch, 'models') };
mkdirSync(join(folders.bundledDir, 'all-MiniLM-L6-v2'), { recursive: true });
const COMMIT = 'c'.repeat(40);

function cache(name: string): string {
  const folder = join(folders.modelsDir, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pharos-model.json'), '{}');
  return folder;
}

describe('findModel', () => {
  it.each(['all-MiniLM-L6-v2', 'ALL-minilm-l6-v2', 'sentence-transformers/all-MiniLM-L6-v2'])(
    'finds the bundled one: %s',
    async (reference) => {
      expect(await findModel(reference, folders)).toEqual({
        folder: join(folders.bundledDir, 'all-MiniLM-L6-v2'),
        source: 'all-MiniLM-L6-v2',
      });
    },
  );

  it.each(['gte-small', 'thenlper/gte-small', 'Xenova/gte-small'])(
    'knows a preset by each of its names: %s',
    async (reference) => {
      expect(await findModel(reference, folders)).toMatchObject({
        source: 'gte-small',
        wanted: {
          name: 'gte-small',
          hubId: 'Xenova/gte-small',
          revision: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
      });
    },
  );

  it('finds a preset that was fetched, in the commit that is pinned and no other', async () => {
    const preset = MODEL_PRESETS.find(({ name }) => name === 'e5-small-v2');
    if (!preset) throw new Error('no such preset');
    cache(`Xenova--e5-small-v2@${COMMIT}`);
    expect(await findModel('e5-small-v2', folders)).toHaveProperty('wanted');
    expect(await presentFolder(preset, folders)).toBeUndefined();
    const folder = cache(`Xenova--e5-small-v2@${preset.revision}`);
    expect(await findModel('e5-small-v2', folders)).toEqual({ folder, source: 'e5-small-v2' });
    expect(await presentFolder(preset, folders)).toBe(folder);
  });

  it('finds any commit of a model that is pinned to none, but not a half-fetched one', async () => {
    cache(`owner--name@${COMMIT}.partial`);
    expect(await findModel('owner/name', folders)).toEqual({
      source: 'owner/name',
      wanted: { name: 'owner/name', hubId: 'owner/name', revision: 'main', sha256: {} },
    });
    const folder = cache(`owner--name@${COMMIT}`);
    expect(await findModel('owner/name', folders)).toMatchObject({ folder });
    expect(await findModel(`owner/name@${COMMIT}`, folders)).toMatchObject({ folder });
    expect(await findModel(`owner/name@${'d'.repeat(40)}`, folders)).toMatchObject({
      wanted: { name: 'owner/name', revision: 'd'.repeat(40) },
    });
  });

  it('takes a folder for a folder, with its whole path', async () => {
    const folder = join(scratch, 'mine');
    mkdirSync(folder);
    expect(await findModel(folder, folders)).toEqual({ folder, source: folder });
  });

  it.each([
    ['bge-smal-en-v1.5', 'Did you mean bge-small-en-v1.5?'],
    ['./nowhere', 'OWNER/NAME'],
    ['a/b/c', 'OWNER/NAME'],
  ])('refuses %j with advice', async (reference, advice) => {
    await expect(findModel(reference, folders)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      remedy: expect.stringContaining(advice),
    });
  });
});
