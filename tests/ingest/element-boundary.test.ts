import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closed, elementBoundary } from '../../src/ingest/element-boundary.ts';
import { frames } from '../../src/ingest/frames.ts';
import { chunksOf, collect } from './sources.ts';

async function cut(text: string, chunkSize: number): Promise<string[]> {
  const chunks = chunksOf(Buffer.from(text), chunkSize);
  const rows = await collect(frames(chunks, { boundary: elementBoundary(['a', 'record']) }));
  return rows.map(({ bytes }) => closed(String(bytes)));
}

it('ends a row behind every end tag of a record, however the bytes come', async () => {
  const piece = fc.constantFrom(
    '</a>',
    '</record>',
    '</ab>',
    '</',
    'a>',
    '<a>',
    'é',
    '\n',
    '</reco',
    'rd>',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      async (pieces, size) => {
        const text = pieces.join('');
        const expected = text.split(/(?<=<\/(?:a|record)>)/).filter((row) => row !== '');
        expect((await cut(text, size)).join('')).toBe(text.replace(/(<\/[^<>]+)$/, (end) => closed(end)));
        expect(await cut(text, size)).toHaveLength(expected.length);
      },
    ),
    { numRuns: 300 },
  );
});
