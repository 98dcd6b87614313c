/** Reasons: words with their fields and shares, and shares that add up to the score, whatever the mode. */
import { describe, expect, it } from 'vitest';
import type { Hit } from '../../src/search/answer.ts';
import { MODES } from '../../src/search/request.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: '1706.03762',
    title: 'Whale songs',
    abstract: 'Whales sing in the ocean. The ocean is wide.',
    authors: ['Ada Whale'],
    venue: 'Ocean Letters',
  }),
  makePaper({ id: 'w2', title: 'Ocean rivers', abstract: 'Stones and whales.' }),
  makePaper({ id: 'r1', title: 'Rivers', abstract: 'Water flows over stones.' }),
];

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function expectToAddUp({ score, match: { explanation } }: Hit): void {
  expect(sum(explanation?.shares.map(({ share }) => share) ?? [])).toBeCloseTo(score, 5);
  const ofWords = explanation?.words.map(({ share }) => share) ?? [];
  expect(ofWords).toEqual(ofWords.toSorted((a, b) => b - a));
  if (ofWords.length > 0) expect(sum(ofWords)).toBeCloseTo(1, 5);
}

describe('explain', () => {
  it('says which words stand where and what each is worth', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    const { hits } = await searcher.search({
      query: 'singing whales in oceans',
      mode: 'keyword',
      explain: true,
    });
    const words = hits[0]?.match.explanation?.words ?? [];
    const byWord = new Map(words.map(({ word, fields }) => [word, fields]));
    expect([...byWord.keys()].toSorted()).toEqual(['Whale', 'ocean', 'sing']);
    expect(byWord.get('Whale')).toEqual(['title', 'abstract', 'authors']);
    expect(byWord.get('ocean')).toEqual(['abstract', 'venue']);
    expect(byWord.get('sing')).toEqual(['abstract']);
    for (const hit of hits) expectToAddUp(hit);
  });

  it.each(MODES)('adds up to the score in mode %s', async (mode) => {
    for (const fusion of ['neighbours', 'convex', 'rrf'] as const) {
      const { searcher } = await makeLibrary(PAPERS, { fusion });
      const asked = await searcher.search({ query: 'whales and stones', mode, explain: true });
      const related = await searcher.related({ positive: ['w2'], mode, explain: true });
      expect(asked.hits.length).toBeGreaterThan(1);
      for (const hit of [...asked.hits, ...related.hits]) expectToAddUp(hit);
    }
  });

  it('adds up in the head that is ranked anew and behind it', async () => {
    const words = ['whale', 'ocean', 'river', 'stone', 'ember'];
    const papers = Array.from({ length: 150 }, (_, at) =>
      makePaper({ id: `p${at}`, title: words.slice(0, 1 + (at % 5)).join(' '), abstract: `Number ${at}.` }),
    );
    const { searcher } = await makeLibrary(papers);
    const { hits } = await searcher.search({
      query: 'river whale',
      offset: 60,
      limit: 90,
      explain: true,
      fold: false,
    });
    expect(hits).toHaveLength(90);
    for (const hit of hits) expectToAddUp(hit);
    const lengths = hits.map(({ match }) => match.explanation?.shares.length);
    expect(lengths.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 4));
    expect(lengths.slice(40)).toEqual(Array.from({ length: 50 }, () => 2));
  });

  it('names both sides of a hybrid score, and the one there is otherwise', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    const namesIn = async (mode: (typeof MODES)[number]) =>
      (
        await searcher.search({ query: 'whales', mode, explain: true })
      ).hits[0]?.match.explanation?.shares.map(({ name }) => name);
    expect(await namesIn('hybrid')).toEqual(['words', 'meaning', 'feedback', 'neighbours']);
    expect(await namesIn('keyword')).toEqual(['words']);
    expect(await namesIn('semantic')).toEqual(['meaning']);
  });

  it.each(['whale songs', '1706.03762'])('tells that %s is named by the question', async (query) => {
    const { searcher } = await makeLibrary(PAPERS);
    const [hit] = (await searcher.search({ query, explain: true })).hits;
    expect(hit?.match.explanation?.shares.at(-1)?.name).toBe('name');
    if (hit) expectToAddUp(hit);
  });

  it('changes nothing else, and is not there unless asked for', async () => {
    const { searcher } = await makeLibrary(PAPERS, { clock: () => 0 });
    const plain = await searcher.search({ query: 'whales and stones' });
    const { hits, ...answer } = await searcher.search({ query: 'whales and stones', explain: true });
    const bare = hits.map(({ match: { explanation: _, ...match }, ...hit }) => ({ ...hit, match }));
    expect({ ...answer, hits: bare }).toEqual(plain);
  });
});
