/** The part of the engine contract about completing what is typed: which names, in which order, how many, how fresh. */
import { beforeEach, expect, it } from 'vitest';
import type { CurrentEngine } from './contract.ts';
import { makePaper } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: 'a',
    title: 'Deep learning of whale songs',
    authors: ['Ada Fox', 'José Ruiz', 'Ada Fox'],
    categories: ['cs.CL', 'cs.LG'],
  }),
  makePaper({ id: 'b', title: 'On deep learning', authors: ['Ada Fox'], categories: ['cs.CL'] }),
  makePaper({ id: 'c', title: 'Deep-learning: a theory', authors: ['Adam Bell'], categories: ['hep-th'] }),
  makePaper({ id: 'd', title: 'Éléments of deepness', authors: ['Fox, Ada B.'], categories: ['hep-ph'] }),
  makePaper({ id: 'e', title: '深度学习 C++', authors: ["Anna O'Fox"] }),
];

export function describeCompletions(current: CurrentEngine): void {
  beforeEach(() => current().upsert(PAPERS.map((paper) => ({ paper }))));

  it.each([
    [
      ['deep', 'lea'],
      ['a', 'c', 'b'],
    ],
    [['deep'], ['a', 'c', 'b', 'd']],
    [['learning', 'of'], ['a']],
    [['deep', 'of'], []],
    [['lea', 'deep'], []],
    [['elem'], ['d']],
    [['深度'], ['e']],
    [['zebra'], []],
  ])('finds titles by words in their order, those that begin so first: %j', async (typed, wanted) => {
    const { titles } = await current().complete(typed, 10);
    const papers = await current().papers([...titles]);
    expect(papers.map((paper) => paper?.id)).toEqual(wanted);
  });

  it('counts the papers of each author once a paper, the most published first', async () => {
    expect((await current().complete(['ada'], 10)).authors).toEqual([
      { name: 'Ada Fox', papers: 2 },
      { name: 'Adam Bell', papers: 1 },
      { name: 'Fox, Ada B.', papers: 1 },
    ]);
  });

  it.each([
    [
      ['fox', 'ad'],
      ['Ada Fox', 'Fox, Ada B.'],
    ],
    [['rui'], ['José Ruiz']],
    [['jose'], ['José Ruiz']],
    [['ad', 'fox'], []],
    [['ox'], []],
  ])('finds authors by any words of their names: %j', async (typed, wanted) => {
    expect((await current().complete(typed, 10)).authors.map(({ name }) => name)).toEqual(wanted);
  });

  it('finds categories by archive and by name', async () => {
    const categories = async (...typed: string[]) => (await current().complete(typed, 10)).categories;
    expect(await categories('cs')).toEqual([
      { name: 'cs.CL', papers: 2 },
      { name: 'cs.LG', papers: 1 },
    ]);
    expect(await categories('cs', 'l')).toEqual([{ name: 'cs.LG', papers: 1 }]);
    expect(await categories('lg')).toEqual([{ name: 'cs.LG', papers: 1 }]);
    expect((await categories('hep')).map(({ name }) => name)).toEqual(['hep-ph', 'hep-th']);
  });

  it('gives no more than asked for of each kind', async () => {
    const { titles, authors, categories } = await current().complete(['deep'], 2);
    expect([titles.length, authors.length, categories.length]).toEqual([2, 0, 0]);
    expect((await current().complete(['a'], 1)).authors).toEqual([{ name: 'Ada Fox', papers: 2 }]);
  });

  it('follows every change', async () => {
    await current().complete(['deep'], 10);
    await current().remove(['a', 'c']);
    await current().upsert([{ paper: makePaper({ id: 'b', title: 'Shallow', authors: ['Ada Fox'] }) }]);
    await current().upsert([{ paper: makePaper({ id: 'n', title: 'Deep blue', authors: ['José Ruiz'] }) }]);
    const { titles } = await current().complete(['deep'], 10);
    expect((await current().papers([...titles])).map((paper) => paper?.id)).toEqual(['n', 'd']);
    expect((await current().complete(['fox'], 10)).authors).toEqual(
      [
        { name: "Anna O'Fox", papers: 1 },
        { name: 'Ada Fox', papers: 1 },
        { name: 'Fox, Ada B.', papers: 1 },
      ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    expect((await current().complete(['bell'], 10)).authors).toEqual([]);
    expect((await current().complete(['cs'], 10)).categories).toEqual([]);
  });
}
