/** The page of a paper: the work around it bent by its address, its other versions, what programs read of it. */
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/paper/paper.ts';
import { ANSWER, FakeSearcher, fakeEngine, PAPERS } from '../api/test-server.ts';
import { startPages } from './start-pages.ts';

const HIT: Paper = { id: 'hit/1', title: 'Hit', abstract: '', authors: [], categories: [] };

function searcherOfHit(): FakeSearcher {
  const searcher = new FakeSearcher();
  searcher.answer = async () => ({ ...ANSWER, hits: ANSWER.hits.map((hit) => ({ ...hit, paper: HIT })) });
  return searcher;
}

describe('related work on the page of a paper', () => {
  it('is refined by the address alone', async () => {
    const { page, searcher } = await startPages();
    await page('/papers/1706.03762?more=hep-th/9711200&less=title:abc');
    expect(searcher.relations).toEqual([
      { positive: ['1706.03762', 'hep-th/9711200'], negative: ['title:abc'], limit: 10 },
    ]);
  });

  it('offers more and less of each hit beside what is wished already', async () => {
    const { page } = await startPages({ searcher: searcherOfHit() });
    const { html } = await page('/papers/1706.03762?less=title:abc');
    expect(html).toContain('href="/papers/1706.03762?more=hit%2F1&amp;less=title%3Aabc#related"');
    expect(html).toContain('href="/papers/1706.03762?less=title%3Aabc&amp;less=hit%2F1#related"');
    expect(html).toContain('href="/papers/1706.03762#related" aria-label="Remove No Id"');
  });

  it('knows examples by any of their names, and says which are not here', async () => {
    const { page, searcher } = await startPages();
    await page('/papers/1706.03762?more=https://doi.org/10.1023/A:1026654312961');
    expect(searcher.relations[0]).toMatchObject({ positive: ['1706.03762', 'hep-th/9711200'] });
    const { answer, html } = await page('/papers/1706.03762?more=2401.99999');
    expect(answer.status).toBe(404);
    expect(html).toContain('There is no paper &quot;2401.99999&quot; in this index.');
  });

  it('takes so many examples and no more, and nothing else', async () => {
    const { page } = await startPages();
    const many = Array.from({ length: 21 }, () => 'more=title:abc').join('&');
    expect((await page(`/papers/1706.03762?${many}`)).answer.status).toBe(400);
    expect((await page('/papers/1706.03762?most=title:abc')).answer.status).toBe(400);
  });
});

describe('a paper that is known by several names', () => {
  it('shows its ids, who tells of it, and the other papers of the work', async () => {
    const [paper] = PAPERS as [Paper];
    const article = { ...paper, id: '10.5555/1', doi: '10.5555/1', title: 'Attention is all you need' };
    const engine = {
      ...fakeEngine(),
      lookup: async () => [[7]],
      sameWorks: async (docIds: readonly number[]) => docIds.map((docId) => [docId + 1]),
      papers: async (docIds: readonly number[]) => docIds.map((docId) => (docId === 8 ? article : undefined)),
      records: async () => [
        [
          { source: 'arxiv', taken: '2026-11-01', paper },
          { source: 'openalex', paper: { ...paper, id: 'openalex:W1' } },
          { source: 'unknown', paper },
        ],
      ],
    };
    const { html } = await (await startPages({ engine })).page('/papers/1706.03762');
    expect(html).toContain('<code>1706.03762</code>, <code>openalex:W1</code>');
    expect(html).toContain('As told by arxiv (1 Nov 2026), openalex</p>');
    expect(html).toMatch(
      /<a href="\/papers\/10\.5555\/1"[^>]*>Attention is all you need<\/a> <code>10\.5555\/1/,
    );
  });
});

describe('what programs read of a paper', () => {
  it('is JSON-LD, and a link to its Markdown', async () => {
    const { html } = await (await startPages()).page('/papers/hep-th/9711200');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'ScholarlyArticle',
      headline: 'The Large N Limit',
      name: 'The Large N Limit',
      author: [{ '@type': 'Person', name: 'J. M.' }],
      identifier: { '@type': 'PropertyValue', propertyID: 'doi', value: '10.1023/a:1026654312961' },
      sameAs: ['https://doi.org/10.1023/a:1026654312961'],
      about: ['hep-th'],
    });
    expect(html).toContain('href="/papers/hep-th/9711200.md"');
  });
});
