/** Misspelt words: what is looked for beside them, what is said about it, and what is left alone. */
import { describe, expect, it } from 'vitest';
import { corrections } from '../../src/search/spelling.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const PAPERS = [
  makePaper({ id: 'o1', title: 'Convex optimization', abstract: 'We optimize. Optimization is fun.' }),
  makePaper({ id: 'o2', title: 'Optimization of networks', authors: ['Ashish Vaswani'] }),
  makePaper({ id: 'w1', title: 'Whale networks', abstract: 'Networks of humpback whales.' }),
  makePaper({ id: 'w2', title: 'Workers at work', abstract: 'Work, work, work.' }),
  makePaper({ id: 'p1', title: 'Poincaré maps', abstract: 'GPT-4 reads κB and $\\alpha$.' }),
  makePaper({ id: 's1', title: 'Bread and breadth', abstract: 'A breath of fresh bread.' }),
];

async function meant(question: string) {
  const { engine } = await makeLibrary(PAPERS);
  return (await corrections(engine, question)).didYouMean;
}

describe('corrections', () => {
  it.each([
    ['netwroks', 'networks'],
    ['optimizaiton', 'optimization'],
    ['optimzation', 'optimization'],
    ['optimizatiom', 'optimization'],
    ['humpbackk', 'humpback'],
    ['vaswni', 'vaswani'],
    ['Vaswnai', 'vaswani'],
    ['poincre', 'poincare'],
    ['poincarré', 'poincare'],
  ])('take %s for %s, though words are indexed by their stems', async (typed, word) => {
    expect(await meant(`about ${typed}`)).toEqual([{ typed, meant: [word] }]);
  });

  it('show words that papers use, not whatever has their stem', async () => {
    expect((await meant('workefs'))[0]?.meant[0]).toBe('workers');
  });

  it('name several words that may be meant', async () => {
    const [correction] = await meant('breadh');
    expect(correction?.meant.toSorted()).toEqual(['bread', 'breadth', 'breath']);
  });

  it('correct the parts of a compound', async () => {
    expect(await meant('whale-netwroks')).toEqual([{ typed: 'netwroks', meant: ['networks'] }]);
  });

  it.each([
    ['known words', 'convex optimization of whale networks'],
    ['other forms of known words', 'networking whales optimizes'],
    ['words with nothing near', 'zeppelin'],
    ['short words', 'whal wrks opt'],
    ['names with capitals inside', 'NetWroks NETWROKS'],
    ['numbers and ids', '1706.03763 12345 10.1038/netwroks'],
    ['words grown together with digits', 'netwroks2 GPT-5'],
    ['formulas', '$netwroks$ \\netwroks netwroks_{i}'],
    ['addresses', 'netwroks.org netwroks@example.org'],
    ['other scripts', '深度学刁 оптимизацяи βελτιστοποίηση'],
    ['nothing', ''],
  ])('leave alone %s', async (_, question) => {
    expect(await meant(question)).toEqual([]);
  });

  it('are made for a few words of a question only', async () => {
    expect(await meant('netwroks optimizaiton humpbackk vaswni poincre')).toHaveLength(4);
  });

  it('know nothing in an empty index', async () => {
    const { engine } = await makeLibrary([]);
    expect((await corrections(engine, 'netwroks')).didYouMean).toEqual([]);
  });
});

describe('search', () => {
  it('looks for what was probably meant and says so', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    const answer = await searcher.search({ query: 'humpbak whales', mode: 'keyword' });
    expect(answer.didYouMean).toEqual([{ typed: 'humpbak', meant: ['humpback'] }]);
    expect(answer.hits.map(({ paper }) => paper.id)).toEqual(['w1']);
    const { text = '', highlights = [] } = answer.hits[0]?.match.passage ?? {};
    expect(highlights.map(([start, end]) => text.slice(start, end))).toContain('humpback');
    expect(answer.query).toBe('humpbak whales');
  });

  it('finds nothing else once a paper holds the word as it was typed', async () => {
    const typo = makePaper({ id: 't', title: 'On netwroks' });
    const { searcher } = await makeLibrary([...PAPERS, typo]);
    const answer = await searcher.search({ query: 'netwroks', mode: 'keyword' });
    expect(answer.didYouMean).toBeUndefined();
    expect(answer.hits.map(({ paper }) => paper.id)).toEqual(['t']);
  });

  it('counts a guess for less than a word that was typed', async () => {
    const papers = [
      makePaper({ id: 'guess', title: 'humpback' }),
      makePaper({ id: 'typed', title: 'dolphin' }),
    ];
    const { searcher } = await makeLibrary(papers);
    const { hits } = await searcher.search({ query: 'humpbak dolphin', mode: 'keyword' });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['typed', 'guess']);
  });

  it('says nothing where every word is known, or words do not count', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    expect(await searcher.search({ query: 'humpback whales' })).not.toHaveProperty('didYouMean');
    expect(await searcher.search({ query: 'humpbak', mode: 'semantic' })).not.toHaveProperty('didYouMean');
  });
});
