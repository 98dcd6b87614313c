/** Suggestions: how the kinds share the places, what may be typed, what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/search/suggest.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const PAPERS = [
  ...Array.from({ length: 12 }, (_, at) =>
    makePaper({
      id: `c${at}`,
      title: `Cats number ${at}`,
      authors: at < 6 ? [`Carl ${'ABCDEF'.charAt(at)}`] : ['Dora'],
      categories: [`ca.A${at % 4}`],
    }),
  ),
  makePaper({ id: 'x', title: 'About cats', authors: ['Zoe'] }),
];

async function kindsOf(text: string, limit?: number): Promise<string> {
  const { engine } = await makeLibrary(PAPERS);
  const { suggestions } = await suggest(engine, text, limit === undefined ? {} : { limit });
  return suggestions.map(({ kind }) => kind[0]).join('');
}

describe('suggest', () => {
  it('gives categories, then authors, then titles', async () => {
    expect(await kindsOf('ca')).toBe('ccaaattttt');
    expect(await kindsOf('ca', 4)).toBe('ccaa');
  });

  it('lets other kinds have the places that nobody needs', async () => {
    expect(await kindsOf('cats')).toBe('tttttttttt');
    expect(await kindsOf('carl')).toBe('aaaaaa');
    expect(await kindsOf('ca.')).toBe('ccaaattttt');
    expect(await kindsOf('dora')).toBe('a');
  });

  it('says what each is', async () => {
    const { engine } = await makeLibrary(PAPERS);
    const answer = await suggest(engine, 'Abóut', { clock: () => 5 });
    expect(answer).toEqual({
      query: 'Abóut',
      suggestions: [{ kind: 'title', text: 'About cats', id: 'x' }],
      tookMs: 0,
    });
    const [author] = (await suggest(engine, 'DORA')).suggestions;
    expect(author).toEqual({ kind: 'author', text: 'Dora', papers: 6 });
  });

  it.each(['', ' ', '"(', 'zebra', 'word '.repeat(21)])('has none for %j', async (text) => {
    expect(await kindsOf(text)).toBe('');
  });

  it('bears whatever is typed', async () => {
    const { engine } = await makeLibrary(PAPERS);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (text) => {
        expect((await suggest(engine, text)).suggestions.length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it.each([
    ['x'.repeat(4_001), 10],
    ['x', 0],
    ['x', 11],
    ['x', 1.5],
  ])('refuses what is out of range: %#', async (text, limit) => {
    const { engine } = await makeLibrary([]);
    await expect(suggest(engine, text, { limit })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('is there on the searcher', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    expect((await searcher.suggest('cats', { limit: 3 })).suggestions).toHaveLength(3);
  });
});
