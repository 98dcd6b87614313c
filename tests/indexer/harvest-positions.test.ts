import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HarvestPositions } from '../../src/indexer/harvest-positions.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'pharos-positions-'));
}

it('remembers the last position of each harvest, across processes', async () => {
  const dir = folder();
  const positions = new HarvestPositions(dir);
  expect(await positions.get('arxiv-oai:cs')).toBeUndefined();
  await positions.set('arxiv-oai:cs', '{"token":"1"}');
  await positions.set('hf-daily:latest', '{"known":"2026"}');
  await positions.set('arxiv-oai:cs', '{"token":"2"}');
  const other = new HarvestPositions(dir);
  expect(await other.get('arxiv-oai:cs')).toBe('{"token":"2"}');
  expect(await other.get('hf-daily:latest')).toBe('{"known":"2026"}');
  expect(readdirSync(dir)).toEqual(['harvests.json']);
});

it.each(['', '{', '[]', '{"version":2,"positions":{"a":"b"}}', '{"version":1,"positions":{"a":1}}'])(
  'begins from nothing where the file says %s',
  async (text) => {
    const dir = folder();
    writeFileSync(join(dir, 'harvests.json'), text);
    const positions = new HarvestPositions(dir);
    expect(await positions.get('a')).toBeUndefined();
    await positions.set('a', 'c');
    expect(await positions.get('a')).toBe('c');
  },
);
