import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPosted } from '../../src/ingest/read-posted.ts';

async function read(text: string, format: 'json' | 'jsonl', pieceSize = 7): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  }
  const rows: unknown[] = [];
  for await (const row of readPosted(pieces(), format)) {
    if ('paper' in row) rows.push(row.paper.title);
    else if ('fault' in row) rows.push(`${row.place.line}: ${row.fault.message}`);
  }
  return rows;
}

describe('a body of papers', () => {
  it('is read alike as a list and as lines, in whatever pieces it comes', async () => {
    const title = fc
      .string({ unit: fc.constantFrom('a', 'é', '[', ']', '{', '}', ',', '"', '\\', '𝕏') })
      .map((text) => `T ${text} t`);
    const rows = fc.array(fc.record({ title, authors: fc.array(fc.constantFrom('Ada Lovelace', '[x]')) }));
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 50 }), async (papers, pieceSize) => {
        const asLines = await read(
          papers.map((paper) => JSON.stringify(paper)).join('\n'),
          'jsonl',
          pieceSize,
        );
        for (const indent of [0, 2])
          expect(await read(JSON.stringify(papers, null, indent), 'json', pieceSize)).toEqual(asLines);
        expect(asLines).toHaveLength(papers.length);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a reason for each element that is no paper, and reads on', async () => {
    expect(await read('[5,\n"x",\n{"title":"A"},\n{"abstract":"b"},\n[1],{"title":"B"}]', 'json')).toEqual([
      '1: The row is JSON, but not an object',
      '2: The row is JSON, but not an object',
      'A',
      '4: The title is missing',
      '5: The row is JSON, but not an object',
      'B',
    ]);
  });

  it('may be empty', async () => {
    expect(await read('', 'jsonl')).toEqual([]);
    expect(await read(' [ ] ', 'json')).toEqual([]);
  });

  it.each(['{"title": "A"}', '"x"', 'title'])('is refused as JSON where it is no list: %s', async (text) => {
    await expect(read(text, 'json')).rejects.toMatchObject({ code: 'BODY_INVALID' });
  });

  it('says that what follows the list is none of it', async () => {
    const [title, reason] = await read('[{"title":"A"}] and more', 'json');
    expect([title, reason]).toEqual(['A', expect.stringMatching(/broken JSON/)]);
  });

  it('changes nothing but the paper: a name that every object has is passed over', async () => {
    expect(await read('[{"title":"A","__proto__":{"isAdmin":true}}]', 'json')).toEqual(['A']);
    expect('isAdmin' in {}).toBe(false);
  });
});
