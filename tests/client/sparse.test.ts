/** Answers with fields and in other forms: what comes, and that the compiler knows what may come. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import { PharosClient } from '../../src/client/pharos-client.ts';
import type { HitField } from '../../src/client/sparse.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { Match } from '../../src/search/answer.ts';
import { ANSWER, PAPERS, startTestServer } from '../api/test-server.ts';

async function startClient() {
  const server = await startTestServer();
  return { ...server, client: new PharosClient({ url: server.url }) };
}

describe('fields', () => {
  it('leave of a hit and its paper what was asked for, in the types too', async () => {
    const { client } = await startClient();
    const { hits, total } = await client.search({ q: 'x', fields: ['title', 'published', 'score'] });
    expect(total).toBe(ANSWER.total);
    expect(hits).toEqual([
      { rank: 1, score: 0.5, paper: { id: '1706.03762', title: 'Attention Is All You Need' } },
    ]);
    type SparseHit = (typeof hits)[number];
    expectTypeOf<SparseHit['score']>().toEqualTypeOf<number>();
    expectTypeOf<SparseHit['paper']['title']>().toEqualTypeOf<string>();
    expectTypeOf<SparseHit['paper']['published']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SparseHit>().not.toHaveProperty('match');
    expectTypeOf<SparseHit['paper']>().not.toHaveProperty('abstract');
  });

  it('whose names the compiler does not know may each be absent', async () => {
    const { client } = await startClient();
    const fields: HitField[] = ['match'];
    const { hits } = await client.related({ text: 'x', fields });
    expect(Object.keys(hits[0] ?? {}).sort()).toEqual(['match', 'paper', 'rank']);
    expectTypeOf<(typeof hits)[number]['match']>().toEqualTypeOf<Match | undefined>();
    expectTypeOf<(typeof hits)[number]['paper']['title']>().toEqualTypeOf<string | undefined>();
  });

  it('hold for every page of a whole list', async () => {
    const { client, searcher } = await startClient();
    const pages = ['AAAA', null].map((next) => ({ ...ANSWER, next }));
    searcher.answer = async () => pages.shift() ?? ANSWER;
    const scores: number[] = [];
    for await (const { score, ...rest } of client.searchAll({ q: 'x', fields: ['score'] })) {
      expect(rest).toEqual({ rank: 1, paper: { id: '1706.03762' } });
      scores.push(score);
    }
    expect(scores).toEqual([0.5, 0.5]);
  });

  it('hold for lists of days and for what is recommended', async () => {
    const { client } = await startClient();
    const { hits } = await client.daily({ date: '2017-06', fields: ['title'] });
    expect(hits).not.toEqual([]);
    for (const { paper, ...rest } of hits) {
      expect(Object.keys(paper).sort()).toEqual(['id', 'title']);
      expect(Object.keys(rest)).toEqual(['rank']);
    }
    expectTypeOf<(typeof hits)[number]['paper']['title']>().toEqualTypeOf<string>();
    expectTypeOf<(typeof hits)[number]>().not.toHaveProperty('score');
    const recommended = await client.recommend({ positive: ['1706.03762'], fields: ['because'] });
    for (const hit of recommended.hits) expect(Object.keys(hit).sort()).toEqual(['because', 'paper', 'rank']);
    expect(await client.trending({ format: 'csv', fields: ['id', 'title'] })).toMatch(/^rank,id,title\r?\n/);
    expect(await client.daily({ date: '2017-06', format: 'bibtex' })).toContain('@');
  });

  it('hold for papers', async () => {
    const { client } = await startClient();
    const paper = await client.get('1706.03762', { fields: ['authors'] });
    expect(paper).toEqual({ id: '1706.03762', authors: ['A. V.'] });
    expectTypeOf(paper).toEqualTypeOf<(Pick<Paper, 'id'> & Pick<Paper, 'authors'>) | undefined>();
    const { papers, missing } = await client.getMany(['1706.03762', 'none'], { fields: ['title'] });
    expect(papers).toEqual([{ id: '1706.03762', title: 'Attention Is All You Need' }, null]);
    expect(missing).toEqual(['none']);
  });
});

describe('a form', () => {
  it('makes a text of hits and of papers', async () => {
    const { client } = await startClient();
    const rows = await client.search({ q: 'x', format: 'csv', fields: ['title'] });
    expectTypeOf(rows).toEqualTypeOf<string>();
    expect(rows.split('\r\n')[1]).toContain('Attention Is All You Need');
    expect(await client.related({ text: 'x', format: 'ris' })).toContain('TI  - Attention');
    expect(await client.get('1706.03762', { format: 'md' })).toContain('# Attention Is All You Need');
    expect(await client.get('none', { format: 'md' })).toBeUndefined();
    const lines = await client.getMany(['1706.03762', 'hep-th/9711200'], { format: 'ndjson' });
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(PAPERS.slice(0, 2));
  });
});

it('tells the sources of a paper', async () => {
  const { client } = await startClient();
  const told = await client.get('1706.03762', { sources: true });
  expect(told?.fields.title).toEqual({ source: 'arxiv', taken: '2026-11-01' });
  expect(told?.sources.map(({ paper }) => paper)).toEqual(PAPERS.slice(0, 1));
});
