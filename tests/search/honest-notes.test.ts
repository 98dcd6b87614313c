/** The empty answer and the warning, with vectors that lie exactly as far as the test says. */
import { describe, expect, it } from 'vitest';
import type { Embedder, ModelIdentity } from '../../src/embed/embedder.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { CALIBRATED_MODEL } from '../../src/search/confidence-table.generated.ts';
import type { SearchRequest } from '../../src/search/request.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { makePaper } from '../engine/fixtures.ts';
import { BinEmbedder } from './fixtures.ts';

const GIBBERISH = 'qwxz blorf znarkle';
const PAPERS = [
  makePaper({ id: 'a', title: 'Songs of whales', abstract: 'Whales sing in the deep.' }),
  makePaper({ id: 'b', title: 'On rivers', abstract: 'Water and stone.' }),
];

/** Every question has this cosine with every paper. */
async function searcherAt(similarity: number, model = CALIBRATED_MODEL): Promise<Searcher> {
  const identity: ModelIdentity = { ...new BinEmbedder().model, name: model, dimensions: 2 };
  const question = Float32Array.of(1, 0);
  const paper = Float32Array.of(similarity, Math.sqrt(1 - similarity ** 2));
  const embedder: Embedder = {
    model: identity,
    embedQuery: async () => question,
    embedDocuments: async (texts) => texts.map(() => question),
    close: async () => {},
  };
  const engine = new ExactEngine(identity);
  await engine.upsert(PAPERS.map((one) => ({ paper: one, vector: paper })));
  return new Searcher({ engine, embedder });
}

async function ask(similarity: number, request: SearchRequest, model?: string) {
  const { total, hits, notes } = await (await searcherAt(similarity, model)).search(request);
  return { total, hits: hits.length, codes: notes.map(({ code }) => code) };
}

describe('a question that nothing is near', () => {
  it.each(['hybrid', 'semantic'] as const)('is answered by nothing and what to try, by %s', async (mode) => {
    expect(await ask(0.2, { query: GIBBERISH, mode })).toEqual({
      total: 0,
      hits: 0,
      codes: ['NOTHING_NEAR'],
    });
  });

  it('is empty in every order and in every count', async () => {
    for (const sort of ['relevance', 'date', 'fresh'] as const) {
      const request = { query: GIBBERISH, sort, facets: ['year'] as const };
      const { total, hits, facets, next, notes } = await (await searcherAt(0.2)).search(request);
      expect({ total, hits, next }).toEqual({ total: 0, hits: [], next: null });
      expect(facets?.year?.values ?? []).toEqual([]);
      expect(notes.map(({ code }) => code)).toEqual(['NOTHING_NEAR']);
    }
  });

  it('is told apart from one whose words are unknown but whose meaning is near', async () => {
    expect(await ask(0.6, { query: 'cetacean vocalisation' })).toEqual({ total: 2, hits: 2, codes: [] });
  });

  it('is told apart from one with a word that occurs', async () => {
    expect(await ask(0.6, { query: 'whales blorf' })).toMatchObject({ hits: 2, codes: [] });
  });

  it('gets what is nearest under a model that was not calibrated', async () => {
    expect(await ask(0.2, { query: GIBBERISH }, 'another')).toEqual({ total: 2, hits: 2, codes: [] });
  });

  it('says of words alone only that they do not occur', async () => {
    const { notes } = await (await searcherAt(0.6)).search({ query: GIBBERISH, mode: 'keyword' });
    expect(notes).toHaveLength(1);
    expect(notes[0]?.message).not.toContain('no paper is near');
  });

  it('is never what a paper or a pasted text is', async () => {
    const { hits, notes } = await (await searcherAt(0.2)).related({ positiveTexts: [GIBBERISH] });
    expect(hits).toHaveLength(2);
    expect(notes).toEqual([]);
  });
});

describe('hits that are all far', () => {
  it('come with a warning on the first page only', async () => {
    const query = 'deep learning of protein structures from evolutionary couplings';
    expect(await ask(0.1, { query })).toMatchObject({ hits: 2, codes: ['LOW_CONFIDENCE'] });
    expect(await ask(0.1, { query, offset: 1 })).toMatchObject({ hits: 1, codes: [] });
  });

  it('come without one when a paper is named', async () => {
    const answer = await (await searcherAt(0.1)).search({ query: 'On rivers' });
    expect(answer.hits[0]).toMatchObject({ confidence: 1, match: { exact: 'title', coverage: 1 } });
    expect(answer.notes).toEqual([]);
  });
});
