/** models/README.md says which files are bundled; the files must be those, and the preset must know them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODEL_PRESETS } from '../../src/embed/presets.ts';

const MODELS = resolve(import.meta.dirname, '../../models');
const README = readFileSync(resolve(MODELS, 'README.md'), 'utf8');
const [BUNDLED] = MODEL_PRESETS;

const listed = [...README.matchAll(/^\| `([^`]+)` \| `([0-9a-f]{64})` \|$/gm)].map(
  ([, file = '', hash = '']) => ({
    file,
    hash,
  }),
);

describe('the bundled model', () => {
  it('consists of the files that the README lists', () => {
    const found = readdirSync(resolve(MODELS, BUNDLED?.name ?? ''), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => resolve(entry.parentPath, entry.name));
    expect(found.sort()).toEqual(listed.map(({ file }) => resolve(MODELS, file)).sort());
  });

  it.each(listed)('has the hash of the README: $file', ({ file, hash }) => {
    const bytes = readFileSync(resolve(MODELS, file));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
  });

  it('was exported from the weights whose hash the preset calls its revision', () => {
    expect(README).toContain(`\`${BUNDLED?.revision}`);
  });

  it('is what its configuration says', () => {
    const config = JSON.parse(readFileSync(resolve(MODELS, BUNDLED?.name ?? '', 'config.json'), 'utf8'));
    expect(config.hidden_size).toBe(BUNDLED?.dimensions);
    expect(config.max_position_embeddings).toBeGreaterThanOrEqual(BUNDLED?.maxTokens ?? Number.NaN);
  });
});
