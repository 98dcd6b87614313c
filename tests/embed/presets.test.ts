/** The presets are what docs/models.md says of them, and every one can be found and is complete. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPinned, MODEL_PRESETS, type ModelPreset, presetNamed } from '../../src/embed/presets.ts';

const DOCUMENT = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');

function row(preset: ModelPreset, at: number): string {
  const { name, bytes, dimensions, maxTokens, pooling, queryPrefix, documentPrefix, languages, licence } =
    preset;
  const quoted = (prefix: string) => (prefix === '' ? '' : `\`${prefix}\``);
  const cells = [
    name,
    at === 0 ? 'bundled' : `${Math.round(bytes / 1e6)} MB`,
    dimensions,
    maxTokens,
    pooling,
    quoted(queryPrefix),
    quoted(documentPrefix),
    languages.length > 3 ? languages.length : languages.join(', '),
    licence === 'NOASSERTION' ? 'none stated' : licence,
  ];
  return `| ${cells.join(' | ')} |`.replaceAll(/\| {2}\|/g, '| |').replaceAll(/\| {2}\|/g, '| |');
}

describe('the presets', () => {
  it('are those of docs/models.md, in its order and with its facts', () => {
    const [, table = ''] = DOCUMENT.split(/^\|---.*\n/m);
    const rows = table.split('\n\n')[0]?.split('\n') ?? [];
    expect(rows).toEqual(MODEL_PRESETS.map(row));
  });

  it('are found by each of their names, and by no other', () => {
    for (const preset of MODEL_PRESETS) {
      for (const name of [preset.name, preset.origin, preset.hubId.toUpperCase()]) {
        expect(presetNamed(name)).toBe(preset);
      }
    }
    expect(presetNamed('small')).toBeUndefined();
  });

  it('pin a commit, but the bundled one, which needs none, and the one that says so', () => {
    const unpinned = MODEL_PRESETS.filter((preset) => !isPinned(preset)).map(({ name }) => name);
    expect(unpinned).toEqual(['all-MiniLM-L6-v2', 'specter2']);
    expect(DOCUMENT).toContain('every preset but `specter2` names a commit');
  });

  it.each(MODEL_PRESETS)('have hashes that could be hashes: $name', ({ sha256, languages }) => {
    for (const hash of Object.values(sha256)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    for (const language of languages) expect(language).toMatch(/^[a-z]{2}$/);
    expect(new Set(languages).size).toBe(languages.length);
  });
});
