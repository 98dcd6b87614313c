/** The arXiv door, read by the rules by which the Python client reads (its `_feed.py`, release 4.0.2). */

import fc from 'fast-check';
import { type Atom, parseAtomFeed } from 'feedsmith';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { samplePapers, startHouseOf } from './sample-server.ts';
import { ANSWER, startTestServer } from './test-server.ts';

const SAMPLE = await samplePapers();

interface Read {
  readonly status: number;
  readonly total: number;
  readonly start: number;
  readonly page: number;
  readonly ids: readonly string[];
  readonly feed: Atom.Feed<string>;
  readonly xml: string;
}

async function read(response: Response): Promise<Read> {
  const xml = await response.text();
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const feed = parseAtomFeed(xml);
  return {
    status: response.status,
    total: feed.opensearch?.totalResults ?? Number.NaN,
    start: feed.opensearch?.startIndex ?? Number.NaN,
    page: feed.opensearch?.itemsPerPage ?? Number.NaN,
    // As the client cuts them.
    ids: (feed.entries ?? []).map(({ id = '' }) => id.split('arxiv.org/abs/').at(-1) ?? ''),
    feed,
    xml,
  };
}

async function startDoor(papers: readonly Paper[] = SAMPLE) {
  const house = await startHouseOf(papers);
  const query = async (parameters: Record<string, string | number>) => {
    const given = Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]);
    return read(await house.ask(`/api/query?${new URLSearchParams(given)}`));
  };
  return { ...house, query };
}

const PAPER: Paper = {
  id: '2202.12139',
  title: 'A  <b>Title</b>',
  abstract: 'An abstract & more.',
  authors: ['Ada Lovelace', 'Łukasz Kaiser'],
  published: '2022-02-24',
  updated: '2022-03-01',
  categories: ['cs.LG', 'stat.ML'],
  doi: '10.1000/182',
  comment: '12 pages',
  journalRef: 'J. Test 1 (2022)',
  version: 3,
};

describe('GET /api/query', () => {
  it('answers with all that the client reads', async () => {
    const { query } = await startDoor([PAPER]);
    const { total, start, page, feed, ids } = await query({ search_query: 'all:title', max_results: 5 });
    expect({ total, start, page, ids }).toEqual({ total: 1, start: 0, page: 5, ids: ['2202.12139v3'] });
    expect(feed.entries?.[0]).toMatchObject({
      id: 'http://arxiv.org/abs/2202.12139v3',
      published: '2022-02-24T00:00:00Z',
      updated: '2022-03-01T00:00:00Z',
      title: { value: 'A  <b>Title</b>' },
      summary: { value: 'An abstract & more.' },
      authors: [{ name: 'Ada Lovelace' }, { name: 'Łukasz Kaiser' }],
      categories: [{ term: 'cs.LG' }, { term: 'stat.ML' }],
      links: [
        { href: 'https://arxiv.org/abs/2202.12139v3', rel: 'alternate', type: 'text/html' },
        {
          href: 'https://arxiv.org/pdf/2202.12139v3',
          rel: 'related',
          type: 'application/pdf',
          title: 'pdf',
        },
      ],
      arxiv: {
        comment: '12 pages',
        journalRef: 'J. Test 1 (2022)',
        doi: '10.1000/182',
        primaryCategory: { term: 'cs.LG' },
      },
    });
  });

  it('gives plain questions the order of the native API', async () => {
    const { ask, query } = await startDoor();
    for (const q of ['attention is all you need', 'dark matter', 'how do genes mutate', 'Edwin Hubble']) {
      const path = `/api/v1/search?${new URLSearchParams({ q, limit: '50', fold: 'false' })}`;
      const native = (await (await ask(path)).json()) as SearchAnswer;
      const titles = native.hits.map(({ paper }) => paper.title);
      for (const search_query of [q, `all:${q}`]) {
        const { feed, total } = await query({ search_query, max_results: 50 });
        expect(feed.entries?.map(({ title }) => title?.value)).toEqual(titles);
        expect(total).toBe(native.total);
      }
    }
  });

  it('asks questions of a category in the order of the native API, too', async () => {
    const { ask, query } = await startDoor();
    const native = await ask('/api/v1/search?q=neural+networks&category=cs.LG&limit=20&fold=false');
    const { hits } = (await native.json()) as SearchAnswer;
    const { feed } = await query({ search_query: 'all:neural networks AND cat:cs.LG', max_results: 20 });
    expect(feed.entries?.map(({ title }) => title?.value)).toEqual(hits.map(({ paper }) => paper.title));
    expect(hits.length).toBeGreaterThan(5);
  });

  it('finds by logic exactly what is there, whatever the order', async () => {
    const { query } = await startDoor();
    const inCategories = SAMPLE.filter(({ categories }) =>
      categories.some((category) => category === 'cs.CL' || category === 'hep-th'),
    );
    for (const sortBy of ['relevance', 'submittedDate', 'lastUpdatedDate']) {
      const asked = { search_query: 'cat:cs.CL OR cat:hep-th', max_results: 500, sortBy };
      const { total, ids } = await query(asked);
      expect([total, new Set(ids).size]).toEqual([inCategories.length, inCategories.length]);
    }
    const titled = SAMPLE.filter(({ title }) => /\blearning\b/i.test(title));
    const { ids } = await query({ search_query: 'ti:"learning"', max_results: 500 });
    expect(ids).toHaveLength(titled.length);
  });

  it('pages through a whole list without an empty page, as the client does', async () => {
    const { query } = await startDoor();
    const whole = await query({ search_query: 'quantum theory', max_results: 2_000 });
    expect(whole.ids.length).toBe(whole.total);
    expect(whole.total).toBeGreaterThan(200);
    const paged: string[] = [];
    for (let start = 0; start < whole.total; start += 70) {
      const { ids, total } = await query({ search_query: 'quantum theory', start, max_results: 70 });
      expect(total).toBe(whole.total);
      expect(ids.length).toBeGreaterThan(0);
      paged.push(...ids);
    }
    expect(paged).toEqual(whole.ids);
    const beyond = await query({ search_query: 'quantum theory', start: whole.total });
    expect([beyond.ids, beyond.total]).toEqual([[], whole.total]);
    const none = await query({ search_query: 'quantum theory', max_results: 0 });
    expect([none.ids, none.total]).toEqual([[], whole.total]);
  });

  it('sorts by date and by relevance, either end first', async () => {
    const { query } = await startDoor();
    const dates = async (sortOrder: string) => {
      const asked = { search_query: 'cat:hep-th', sortBy: 'submittedDate', sortOrder, max_results: 100 };
      return (await query(asked)).feed.entries?.map(({ published }) => published ?? '') ?? [];
    };
    const newest = await dates('descending');
    expect(newest).toEqual(newest.toSorted().toReversed());
    expect(await dates('ascending')).toEqual(newest.toSorted());
    const asked = { search_query: 'black holes', sortBy: 'relevance', max_results: 30 };
    const best = await query({ ...asked, max_results: 500 });
    const worst = await query({ ...asked, sortOrder: 'ascending', start: 3 });
    expect(worst.ids).toEqual(best.ids.toReversed().slice(3, 33));
  });

  it('lists papers by their ids, in the order asked, and leaves out those it does not have', async () => {
    const { query } = await startDoor();
    const listed = await query({ id_list: 'hep-th/9711200v2,1706.03762, 0808.05394,9999.99999', start: 0 });
    expect([listed.ids, listed.total]).toEqual([['hep-th/9711200v1', '1706.03762v1'], 2]);
    const byDoi = await query({ id_list: '10.1103/physrev.47.777,https://doi.org/10.1098/rspa.1927.0118' });
    expect(byDoi.ids).toEqual([
      'https://doi.org/10.1103/physrev.47.777',
      'https://doi.org/10.1098/rspa.1927.0118',
    ]);
    expect((await query({ id_list: byDoi.ids.join(',') })).ids).toEqual(byDoi.ids);
    const second = await query({ id_list: 'hep-th/9711200,1706.03762', start: 1, max_results: 1 });
    expect([second.ids, second.total]).toEqual([['1706.03762v1'], 2]);
    expect((await query({ id_list: '0000.0000' })).total).toBe(0);
  });

  it('takes ids beside a query for a restriction', async () => {
    const { query } = await startDoor();
    const id_list = 'hep-th/9711200,1706.03762';
    expect((await query({ id_list, search_query: 'ti:attention' })).ids).toEqual(['1706.03762v1']);
    expect((await query({ id_list: '0000.0000', search_query: 'ti:attention' })).total).toBe(0);
    const sorted = await query({ id_list, sortBy: 'submittedDate' });
    expect(sorted.ids).toEqual(['1706.03762v1', 'hep-th/9711200v1']);
  });

  it('gives every entry the dates without which the client passes it over', async () => {
    const { query } = await startDoor(
      [{ ...PAPER, id: 'title:x' }].map(({ published: _, ...paper }) => paper),
    );
    const { feed, ids } = await query({ search_query: 'title' });
    expect(ids).toEqual(['urn:pharos:paper:title%3Ax']);
    expect(feed.entries?.[0]).toMatchObject({ published: '1970-01-01T00:00:00Z' });
    expect((await query({ id_list: 'urn:pharos:paper:title:x' })).total).toBe(1);
  });

  it.each([
    [{}, 'neither search_query nor id_list'],
    [{ search_query: '', id_list: '' }, 'neither search_query nor id_list'],
    [{ search_query: 'ti:(a' }, 'never closed'],
    [{ search_query: '!?' }, ''],
    [{ id_list: 'abc' }, 'incorrect id format for abc'],
    [{ search_query: 'a', max_results: 2_001 }, 'max_results'],
    [{ search_query: 'a', max_results: 'many' }, 'max_results'],
    [{ search_query: 'a', start: -1 }, 'start'],
    [{ search_query: 'a', sortBy: 'date' }, 'sortBy'],
    [{ search_query: 'a', query: 'b' }, 'query'],
  ])('answers what it cannot read with an entry that says so: %j', async (parameters, message) => {
    const { query } = await startDoor([PAPER]);
    const { status, feed, total } = await query(parameters);
    expect([status, total]).toEqual([400, 1]);
    const [entry] = feed.entries ?? [];
    expect(entry?.title?.value).toBe('Error');
    expect(entry?.id).toMatch(/^http:\/\/arxiv\.org\/api\/errors#./);
    expect(entry?.summary?.value).toContain(message);
  });

  it('puts every other failure in the same form', async () => {
    const { ask, searcher } = await startTestServer();
    searcher.answer = async () => {
      throw new Error('a secret');
    };
    const failed = await read(await ask('/api/query?search_query=a'));
    expect([failed.status, failed.feed.entries?.[0]?.title?.value]).toEqual([500, 'Error']);
    expect(failed.xml).not.toContain('secret');
    expect((await read(await ask('/api/query', { method: 'DELETE' }))).status).toBe(405);
  });

  it('answers any query with well-formed XML, or refuses it so', async () => {
    const { ask } = await startDoor([PAPER]);
    const piece = fc.constantFrom(
      ...[
        'ti:',
        'au:',
        'cat:',
        'all:',
        '(',
        ')',
        '"',
        ' AND ',
        ' OR ',
        ' ANDNOT ',
        'title',
        'ada',
        '\u{1}',
        '<',
      ],
      ...['submittedDate:[2017 TO *]', '&', ']]>', '\u{FFFE}', '\0', '\n', '-', '*', '\u{1F600}'],
    );
    const search_query = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(search_query, async (text) => {
        const response = await ask(`/api/query?search_query=${encodeURIComponent(text)}`);
        expect([200, 400]).toContain(response.status);
        const parser = new SaxesParser();
        parser.on('error', (error) => expect(error).toBeUndefined());
        parser.write(await response.text()).close();
      }),
      { numRuns: 60 },
    );
  });

  it('stops at the end of what can be listed at all', async () => {
    const { ask, searcher } = await startTestServer();
    searcher.answer = async () => ({ ...ANSWER, total: 123_456 });
    const path = '/api/query?search_query=a&max_results=1';
    expect((await read(await ask(path))).total).toBe(10_000);
    expect((await read(await ask(`${path}&start=10000`))).ids).toEqual([]);
  });
});
