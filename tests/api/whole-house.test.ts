/** The server over a real searcher, engine and embedder, all in memory. */
import { describe, expect, it } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { startTestServer } from './test-server.ts';

const PAPERS: readonly Paper[] = [
  [
    '1706.03762',
    'Attention Is All You Need',
    'Attention replaces recurrence.',
    'Ashish Vaswani',
    'cs.CL',
    '2017-06-12',
  ],
  ['1810.04805', 'BERT', 'Attention, trained in both directions.', 'Jacob Devlin', 'cs.CL', '2018-10'],
  ['hep-th/9711200', 'The Large N Limit', 'Gravity and gauge theory.', 'Juan Maldacena', 'hep-th', '1997'],
].map(([id = '', title = '', abstract = '', author = '', category = '', published = '']) => ({
  id,
  title,
  abstract,
  authors: [author],
  categories: [category],
  published,
  ...(id === 'hep-th/9711200' && { doi: '10.1023/a:1026654312961' }),
}));

async function startHouse() {
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  const vectors = await embedder.embedDocuments(PAPERS.map(embeddedText));
  await engine.upsert(
    PAPERS.map((paper, index) => ({ paper, vector: vectors[index] ?? new Float32Array() })),
  );
  const { ask, post } = await startTestServer({
    engine,
    searcher: new Searcher({ engine, embedder }),
  });
  return {
    idsAt: async (path: string) => idsOf((await (await ask(path)).json()) as SearchAnswer),
    ask,
    post,
  };
}

function idsOf({ hits }: SearchAnswer): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('the whole house', () => {
  it.each(['hybrid', 'semantic', 'keyword'])('answers a question by %s', async (mode) => {
    const { idsAt } = await startHouse();
    expect((await idsAt(`/api/v1/search?q=gauge+theory&mode=${mode}`))[0]).toBe('hep-th/9711200');
  });

  it.each([
    ['category=cs', ['1706.03762', '1810.04805']],
    ['category=hep-th&category=cs.CL&to=2017', ['1706.03762', 'hep-th/9711200']],
    ['author=j.+devlin', ['1810.04805']],
    ['from=2018-10-31', ['1810.04805']],
    ['venue=Nature', []],
  ])('keeps to the filter %s', async (filter, ids) => {
    const { idsAt } = await startHouse();
    const found = await idsAt(`/api/v1/search?q=attention+gravity&mode=semantic&${filter}`);
    expect(found.sort()).toEqual(ids);
  });

  it('cuts pages from one list', async () => {
    const { idsAt } = await startHouse();
    const all = await idsAt('/api/v1/search?q=attention&mode=semantic');
    const pages = await Promise.all(
      [0, 1, 2].map((at) => idsAt(`/api/v1/search?q=attention&mode=semantic&limit=1&offset=${at}`)),
    );
    expect(all).toHaveLength(3);
    expect(pages.flat()).toEqual(all);
  });

  it('says that a paper was named', async () => {
    const { ask } = await startHouse();
    const answer = (await (await ask('/api/v1/search?q=attention+is+all+you+need')).json()) as SearchAnswer;
    expect(answer.hits[0]).toMatchObject({ rank: 1, paper: { id: '1706.03762' }, match: { exact: 'title' } });
  });

  it('relates papers by any of their names, never to themselves', async () => {
    const { idsAt, post } = await startHouse();
    expect(await idsAt('/api/v1/papers/1706.03762v3/related')).not.toContain('1706.03762');
    const response = await post('/api/v1/related', {
      text: 'attention in both directions',
      positive: ['https://doi.org/10.48550/arXiv.1706.03762'],
      negative: ['10.1023/A:1026654312961'],
    });
    expect(idsOf((await response.json()) as SearchAnswer)).toEqual(['1810.04805']);
  });

  it('refuses what the searcher refuses', async () => {
    const { ask } = await startHouse();
    const response = await ask(`/api/v1/search?q=${encodeURIComponent('?!...')}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'QUERY_EMPTY' });
  });
});
