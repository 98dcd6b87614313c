/** Passages by meaning: the nearest sentence, how much the model is made to read, and that it can be stopped. */
import { describe, expect, it } from 'vitest';
import { makePaper } from '../engine/fixtures.ts';
import { binVector, makeLibrary } from './fixtures.ts';

const ABSTRACT = 'Whale, whale and ocean, they say. Song of a whale. Rivers are not treated here.';
const PAPERS = [
  makePaper({ id: 'w', title: 'Whales', abstract: ABSTRACT }),
  makePaper({ id: 'one', title: 'Whale', abstract: 'One sentence about a whale.' }),
  makePaper({ id: 'none', title: 'Whale song' }),
];

describe('passage: semantic', () => {
  it('shows the sentence nearest to the question, with its words marked', async () => {
    const { searcher, embedder } = await makeLibrary(PAPERS);
    const { hits } = await searcher.search({ query: 'song of a whale', passage: 'semantic' });
    const passage = hits.find(({ paper }) => paper.id === 'w')?.match.passage;
    expect(passage?.text).toBe('Song of a whale.');
    expect(passage?.highlights.map(([start, end]) => passage.text.slice(start, end))).toEqual([
      'Song',
      'whale',
    ]);
    expect(embedder.documents).toHaveLength(3);
  });

  it('asks nothing of the model where there is no choice, nor unless told to', async () => {
    const { searcher, embedder } = await makeLibrary(PAPERS.slice(1));
    const { hits } = await searcher.search({ query: 'whale song', passage: 'semantic' });
    expect(hits.map(({ match }) => match.passage?.text ?? null).toSorted()).toEqual([
      'One sentence about a whale.',
      null,
    ]);
    const library = await makeLibrary(PAPERS);
    await library.searcher.search({ query: 'whale' });
    expect([...embedder.documents, ...library.embedder.documents]).toEqual([]);
  });

  it('embeds the question even when papers are found by words alone', async () => {
    const { searcher, embedder } = await makeLibrary(PAPERS);
    const { hits } = await searcher.search({
      query: 'song of a whale',
      mode: 'keyword',
      passage: 'semantic',
    });
    expect(embedder.queries).toEqual(['song of a whale']);
    expect(hits.find(({ paper }) => paper.id === 'w')?.match.passage?.text).toBe('Song of a whale.');
    expect(hits.every(({ match }) => match.semanticRank === null)).toBe(true);
  });

  it('is by words where a paper is named and there is no question', async () => {
    const { searcher, embedder } = await makeLibrary([makePaper({ id: '1706.03762', abstract: ABSTRACT })]);
    const { hits } = await searcher.search({ query: '1706.03762', passage: 'semantic' });
    expect(hits[0]?.match.passage?.text).toMatch(/^Whale/);
    expect(embedder).toMatchObject({ queries: [], documents: [] });
  });

  it('works for related work', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    const { hits } = await searcher.related({ positive: ['none'], passage: 'semantic' });
    expect(hits.find(({ paper }) => paper.id === 'w')?.match.passage?.text).toBe('Song of a whale.');
  });

  it('lets the model read so much of a hit and no more, the sentences with the words first', async () => {
    const filler = Array.from({ length: 60 }, (_, at) => `River number ${at} flows over many a stone.`).join(
      ' ',
    );
    const long = makePaper({
      id: 'l',
      title: 'Long',
      abstract: `${filler} The whale sings. ${filler} ${'x'.repeat(500)} whale.`,
    });
    const { searcher, embedder } = await makeLibrary([long]);
    const { hits } = await searcher.search({ query: 'whale sings', passage: 'semantic' });
    expect(embedder.documents.join('').length).toBeLessThanOrEqual(600);
    expect(embedder.documents).toContain('The whale sings.');
    expect(hits[0]?.match.passage?.text).toBe('The whale sings.');
  });

  it('hands the signal to the model', async () => {
    const { engine, embedder } = await makeLibrary(PAPERS);
    const { Searcher } = await import('../../src/search/searcher.ts');
    const signals: (AbortSignal | undefined)[] = [];
    const watched = {
      model: embedder.model,
      embedQuery: async (text: string) => binVector(text),
      embedDocuments: async (texts: readonly string[], options?: { readonly signal?: AbortSignal }) => {
        signals.push(options?.signal);
        return texts.map(binVector);
      },
      close: async () => {},
    };
    const { signal } = new AbortController();
    const searcher = new Searcher({ engine, embedder: watched });
    await searcher.search({ query: 'whale', passage: 'semantic' }, { signal });
    await searcher.related({ positiveTexts: ['whale song'] }, { signal });
    expect(signals).toEqual([signal, signal]);
  });
});
