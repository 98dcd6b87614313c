import { expect, describe as group, it } from 'vitest';
import type { Paper } from '../../src/paper/paper.ts';
import { rowsOf } from '../ingest/sources.ts';
import { ANSWER, PAPERS, startTestServer } from './test-server.ts';

const SEARCH = '/api/v1/search?q=a+question';

/** A feed names its own address, which differs with how it was asked for. */
const withoutAddress = (text: string) => text.replace(/^\s*<(?:id|link)\b.*http:\/\/127.*\n/gm, '');

group('the form of an answer', () => {
  it.each([
    ['json', 'application/json; charset=utf-8', /^\{"query":"a question"/],
    ['ndjson', 'application/x-ndjson; charset=utf-8', /^\{"rank":1,.*\}\n$/],
    [
      'csv',
      'text/csv; charset=utf-8; header=present',
      /^rank,score,id,title,.*\r\n1,0\.5,1706\.03762,Attention/,
    ],
    ['bibtex', 'application/x-bibtex; charset=utf-8', /^@misc\{/],
    ['ris', 'application/x-research-info-systems; charset=utf-8', /^TY {2}- /],
    ['csl', 'application/vnd.citationstyles.csl+json; charset=utf-8', /"id": "1706.03762"/],
    [
      'atom',
      'application/atom+xml; charset=utf-8',
      /<entry>\s*<id>https:\/\/arxiv\.org\/abs\/1706\.03762<\/id>/,
    ],
    [
      'md',
      'text/markdown; charset=utf-8',
      /^# a question\n\n1 papers\. 1 to 1 are listed\.\n\n1\. \*\*Attention/,
    ],
  ])('is %s where format or Accept says so', async (format, type, text) => {
    const { ask, post } = await startTestServer();
    const named = await ask(`${SEARCH}&format=${format}`);
    expect(named.headers.get('content-type')).toBe(type);
    expect(named.headers.get('x-total-count')).toBe('1');
    expect(named.headers.get('link')).toContain('rel="next"');
    const body = await named.text();
    expect(body).toMatch(text);
    const accept = String(type.split(';')[0]);
    const accepted = await ask(SEARCH, { headers: { accept: `${accept}, */*;q=0.1` } });
    expect(withoutAddress(await accepted.text())).toBe(withoutAddress(body));
    expect(accepted.headers.get('vary')).toMatch(/\bAccept\b(?!-)/);
    const posted = await post('/api/v1/search', { q: 'a question', format });
    expect(withoutAddress(await posted.text())).toBe(withoutAddress(body));
    const related = await ask(`/api/v1/papers/hep-th/9711200/related?format=${format}`);
    expect(withoutAddress(await related.text())).toBe(withoutAddress(body));
  });

  it.each(['text/html,application/xhtml+xml,*/*;q=0.8', 'image/png', '*/*', 'text/csv;q=0'])(
    'is JSON for who accepts %s',
    async (accept) => {
      const { ask } = await startTestServer();
      const response = await ask(SEARCH, { headers: { accept } });
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    },
  );

  it('is of one paper too, and of many', async () => {
    const { ask } = await startTestServer();
    const page = await (await ask('/api/v1/papers/1706.03762?format=md')).text();
    expect(page).toBe(
      '# Attention Is All You Need\n\n- Authors: A. V.\n- Categories: cs.CL\n- Id: 1706.03762\n\n## Abstract\n\n> We.\n',
    );
    const many = await ask('/api/v1/papers?ids=1706.03762,unknown,title:abc&format=ndjson');
    const lines = (await many.text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([PAPERS[0], PAPERS[2]]);
  });

  it('is none that is not known, and no question is asked in vain', async () => {
    const { ask, searcher } = await startTestServer();
    for (const wrong of ['format=xml', 'format=bibtex&fields=title']) {
      const response = await ask(`${SEARCH}&${wrong}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID' });
    }
    expect((await ask('/api/v1/papers/1706.03762?sources=1&format=csv')).status).toBe(400);
    expect(searcher.searches).toEqual([]);
  });
});

group('CSV', () => {
  it('is read back by Pharos as the same papers', async () => {
    const odd: Paper = {
      id: '2401.00001',
      title: 'Commas, "marks" and more',
      abstract: 'two lines, and; more',
      authors: ['Ada Lovelace', 'Tukey; John'],
      categories: ['cs.CL', 'math.CO'],
      published: '2024-01',
    };
    const { ask, searcher } = await startTestServer();
    const [hit] = ANSWER.hits;
    if (hit === undefined) throw new Error('There is no hit to copy.');
    searcher.answer = async () => ({ ...ANSWER, hits: [hit, { ...hit, rank: 2, paper: odd }] });
    const csv = await (await ask(`${SEARCH}&format=csv`)).text();
    const read = await rowsOf(csv);
    expect(read.map((row) => 'paper' in row && row.paper)).toEqual([hit.paper, odd]);
  });
});

group('fields', () => {
  it('leave out what was not named', async () => {
    const { ask, post } = await startTestServer();
    const answer = await (await ask(`${SEARCH}&fields=title,score&fields=authors`)).json();
    const { id, title, authors } = PAPERS[0] as Paper;
    expect(answer).toMatchObject({ total: 1, next: 'AAAA' });
    expect((answer as { hits: unknown }).hits).toEqual([
      { rank: 1, score: 0.5, paper: { id, title, authors } },
    ]);
    const posted = await (await post('/api/v1/search', { q: 'a', fields: ['match'] })).json();
    expect((posted as { hits: unknown[] }).hits).toEqual([
      { rank: 1, paper: { id }, match: ANSWER.hits[0]?.match },
    ]);
    expect(await (await ask(`/api/v1/papers/${id}?fields=title`)).json()).toEqual({ id, title });
    const csv = await (await ask(`${SEARCH}&format=csv&fields=title,match`)).text();
    expect(csv).toBe('rank,id,title\r\n1,1706.03762,Attention Is All You Need\r\n');
  });

  it('must exist', async () => {
    const { ask } = await startTestServer();
    expect((await ask(`${SEARCH}&fields=titel`)).status).toBe(400);
    expect((await ask('/api/v1/papers/1706.03762?fields=score')).status).toBe(400);
  });
});

group('many papers', () => {
  it('come in the order of their ids', async () => {
    const { ask, post } = await startTestServer();
    const ids = ['hep-th/9711200', 'x', 'https://arxiv.org/abs/1706.03762v2', '10.1023/A:1026654312961'];
    const expected = { papers: [PAPERS[1], null, PAPERS[0], PAPERS[1]], missing: ['x'] };
    expect(await (await ask(`/api/v1/papers?ids=${ids.join()}`)).json()).toEqual(expected);
    expect(await (await ask(`/api/v1/papers?${ids.map((id) => `ids=${id}`).join('&')}`)).json()).toEqual(
      expected,
    );
    expect(await (await post('/api/v1/papers/batch', { ids })).json()).toEqual(expected);
  });

  it('are at least one and at most a thousand', async () => {
    const { ask, post } = await startTestServer();
    const tooMany = Array.from({ length: 1001 }, (_, at) => `x${at}`);
    for (const query of ['', '?ids=', '?ids=,', `?ids=${tooMany.join()}`, '?ids=%20']) {
      expect((await ask(`/api/v1/papers${query}`)).status, query.slice(0, 20)).toBe(400);
    }
    expect((await post('/api/v1/papers/batch', { ids: tooMany })).status).toBe(400);
    expect((await post('/api/v1/papers/batch', { ids: tooMany.slice(1) })).status).toBe(200);
  });
});

group('facets without hits', () => {
  it('are those of the question', async () => {
    const { ask, searcher } = await startTestServer();
    const answer = await (await ask('/api/v1/facets?q=a&facets=code,year&category=cs')).json();
    const { facets, notes, total } = ANSWER;
    expect(answer).toMatchObject({ query: 'a', facets, notes, total });
    expect(answer).not.toHaveProperty('hits');
    expect(searcher.searches).toEqual([
      { query: 'a', limit: 1, facets: ['code', 'year'], filter: { categories: ['cs'] } },
    ]);
  });

  it('are of everything where there is no question', async () => {
    const { ask, searcher } = await startTestServer();
    const answer = (await (await ask('/api/v1/facets')).json()) as { total: number; facets: object };
    expect(answer.total).toBe(3);
    expect(Object.keys(answer.facets)).toEqual(['year', 'category', 'venue', 'author', 'source', 'code']);
    expect(searcher.searches).toEqual([]);
    expect((await ask('/api/v1/facets?limit=3')).status).toBe(400);
  });
});
