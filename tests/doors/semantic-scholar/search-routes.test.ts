/** Searches as semanticscholar 0.12 sends them, rule by rule; the client itself is run by client.test.ts. */
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../../engine/embedded/temporary-index.ts';
import { type Answer, closeHouse, PAPERS } from '../house.ts';
import { answer, GRAPH, idsAt, refusal } from './ask.ts';

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

describe('GET /graph/v1/paper/search', () => {
  it('pages by a next that is offset and limit together, and ends without one', async () => {
    const pages: unknown[] = [];
    let offset: unknown = 0;
    while (offset !== undefined) {
      const page = await answer(`${GRAPH}/search?query=lecture+ladders&limit=45&offset=${offset}`);
      expect(page.offset).toBe(offset);
      if ('next' in page) expect(page.next).toBe(Number(offset) + 45);
      pages.push(...page.data.map(({ paperId }) => paperId));
      offset = page.next;
    }
    expect(new Set(pages).size).toBe(pages.length);
    expect(pages.slice(0, 100)).toEqual(await idsAt(`${GRAPH}/search?query=lecture+ladders`));
  });

  it('has an empty list where nothing is found, or clients ask for ever', async () => {
    const nothing = await answer(`${GRAPH}/search?query=ladders&year=1066`);
    expect(nothing).toEqual({ total: 0, offset: 0, data: [] });
  });

  it('gives id and title, or the fields that are asked for', async () => {
    const [paper] = (await answer(`${GRAPH}/search?query=Votes+for+lighthouses&limit=1`)).data;
    expect(paper).toEqual({ paperId: '2511.00001', title: 'Votes for lighthouses' });
    const fields = 'year,authors,score';
    const [other] = (await answer(`${GRAPH}/search?query=Votes+for+lighthouses&limit=1&fields=${fields}`))
      .data;
    expect(other).toEqual({
      paperId: '2511.00001',
      year: 2025,
      authors: [
        { authorId: null, name: 'Ada Fox' },
        { authorId: null, name: 'Bo Hare' },
      ],
      score: expect.any(Number),
    });
  });

  it('puts a question together again that an & has cut in two', async () => {
    const whole = await idsAt(`${GRAPH}/search?query=${encodeURIComponent('Q&A systems')}&limit=5`);
    expect(whole[0]).toBe('2511.00001');
    expect(await idsAt(`${GRAPH}/search?query=Q&A+systems=&fields=title&limit=5`)).toEqual(whole);
    expect(await idsAt(`${GRAPH}/search?query=Q&A%20systems&limit=5`)).toEqual(whole);
  });

  it.each([
    ['year=2025', 2025, 2025],
    ['year=2016-2018', 2016, 2018],
    ['year=2025-', 2025, 2999],
    ['year=-1905', 0, 1905],
    ['publicationDateOrYear=2009', 2009, 2009],
    ['publicationDateOrYear=:1900-05', 0, 1900],
    ['publicationDateOrYear=2024-05-06:', 2024, 2999],
  ])('keeps to %s', async (filter, first, last) => {
    const path = `${GRAPH}/search?query=votes+ladders+lecture+radiation&fields=year&${filter}`;
    const years = (await answer(path)).data.map(({ year }) => Number(year));
    expect(years.length).toBeGreaterThan(0);
    expect(Math.min(...years)).toBeGreaterThanOrEqual(first);
    expect(Math.max(...years)).toBeLessThanOrEqual(last);
  });

  it.each([
    ['publicationDateOrYear=2025-11-04:2025-11-09', ['2511.00002', 'lecture-2']],
    ['venue=Workshop+on+Ladders', ['W12-3903']],
    ['venue=Nowhere,ladders', ['W12-3903']],
    ['minCitationCount=0&venue=ladders', ['W12-3903']],
    ['minCitationCount=1', []],
    ['publicationTypes=Review,Conference', []],
  ])('lets through what passes %s', async (filter, ids) => {
    const found = await idsAt(`${GRAPH}/search?query=votes+ladders+lecture&${filter}`);
    expect(found.toSorted()).toEqual(ids);
  });

  it('knows a flag by its name alone', async () => {
    const all = `${GRAPH}/search?query=ladders&fields=isOpenAccess,openAccessPdf`;
    for (const flag of ['openAccessPdf', 'openAccessPdf=', 'openAccessPdf=true']) {
      const open = (await answer(`${all}&${flag}`)).data;
      expect(open[0]).toEqual({
        paperId: 'W12-3903',
        isOpenAccess: true,
        openAccessPdf: {
          url: 'https://aclanthology.org/W12-3903.pdf',
          status: null,
          license: null,
          disclaimer: null,
        },
      });
      expect(open.every(({ isOpenAccess }) => isOpenAccess === true)).toBe(true);
    }
    expect((await answer(all)).data.some(({ isOpenAccess }) => isOpenAccess === null)).toBe(true);
  });

  it('has the fields of study in what it filters by and in what it says', async () => {
    const path = `${GRAPH}/search?query=theory+of+evolution&fields=fieldsOfStudy,s2FieldsOfStudy`;
    const found = (await answer(`${path}&fieldsOfStudy=Biology,chemistry`)).data;
    expect(found.length).toBeGreaterThan(5);
    for (const { fieldsOfStudy, s2FieldsOfStudy } of found) {
      const fields = fieldsOfStudy as string[];
      expect(fields.includes('Biology') || fields.includes('Chemistry')).toBe(true);
      expect(s2FieldsOfStudy).toEqual(fields.map((category) => ({ category, source: 'external' })));
    }
  });

  it.each([
    ['', 'query is missing'],
    ['query=', 'query is missing'],
    ['query=a&limit=101', 'limit must be at most 100'],
    ['query=a&offset=9950', 'offset is too deep'],
    ['query=a&year=20x1', 'year must be a year'],
    ['query=a&year=2020-2016', 'year must be a year'],
    ['query=a&publicationDateOrYear=2020-13', 'publicationDateOrYear must be a date'],
    ['query=a&publicationTypes=Poem', 'publicationTypes holds a type'],
    ['query=a&fieldsOfStudy=Alchemy', 'fieldsOfStudy must be some of Computer Science'],
    ['query=a&fields=title,garbage,authors.shoeSize', 'fields: [garbage, authors.shoeSize]'],
    ['query=a&sort=year', '"sort" is not known here'],
  ])('refuses %s', async (parameters, words) => {
    expect(await refusal(`${GRAPH}/search?${parameters}`)).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('GET /graph/v1/paper/search/bulk', () => {
  it('lists everything in the order of the ids, whatever limit and offset clients send along', async () => {
    const all = await idsAt(`${GRAPH}/search/bulk?offset=0&limit=100`);
    const bytes = (id: unknown) => Buffer.from(String(id));
    expect(all).toEqual(PAPERS.map(({ id }) => id).toSorted((a, b) => Buffer.compare(bytes(a), bytes(b))));
    expect(await idsAt(`${GRAPH}/search/bulk?sort=paperId:desc`)).toEqual(all.toReversed());
    expect(await idsAt(`${GRAPH}/search/bulk?sort=citationCount:desc`)).toEqual(all);
  });

  it('lists by date, papers without one last in either order', async () => {
    const path = `${GRAPH}/search/bulk?query=votes+%7C+lecture&sort=publicationDate`;
    const first = ['2511.00003', '2511.00002', '2511.00001'];
    const newest = await idsAt(`${path}:desc`);
    expect(newest.slice(0, 3)).toEqual(first);
    expect(newest.at(-1)).toBe('lecture-1');
    const oldest = await idsAt(path);
    expect(oldest.slice(-4)).toEqual([...first.toReversed(), 'lecture-1']);
  });

  it.each([
    ['ladder', ['W12-3903', 'pmid:19872477']],
    ['ladder -fish', ['W12-3903']],
    ['"fish ladder"~3', ['pmid:19872477']],
    ['lighth* | outflo~', ['2511.00001', 'W12-3903']],
    ['ladder fish | outflow', ['W12-3903', 'pmid:19872477']],
    ['…', []],
  ])('reads %s', async (query, ids) => {
    expect(await idsAt(`${GRAPH}/search/bulk?query=${encodeURIComponent(query)}`)).toEqual(ids);
  });

  it.each([
    ['token=AAAA', 'token is damaged'],
    ['token=W10', 'token is damaged'],
    ['sort=year', 'sort must be one of'],
    ['fields=garbage', 'fields: [garbage]'],
  ])('refuses %s', async (parameters, words) => {
    const path = `${GRAPH}/search/bulk?${parameters}`;
    expect(await refusal(path)).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('GET /graph/v1/paper/search/match', () => {
  it.each([
    ['Attention is all you need!', '1706.03762', 1],
    ['attention all you need', '1706.03762', 0.8],
  ])('finds the paper of the title %s', async (query, id, matchScore) => {
    const { data } = await answer(`${GRAPH}/search/match?query=${query}&offset=0&limit=100`);
    expect(data).toEqual([{ paperId: id, title: 'Attention Is All You Need', matchScore }]);
  });

  it.each(['totalGarbageNonsense', 'networks', 'attention&year=1950'])('finds none of %s', async (query) => {
    expect(await refusal(`${GRAPH}/search/match?query=${query}`)).toEqual([404, 'Title match not found']);
  });
});

describe('GET /graph/v1/paper/autocomplete', () => {
  it('completes titles and says whose they are', async () => {
    const { matches } = await answer(`${GRAPH}/autocomplete?query=anthologies+of+la`);
    expect(matches).toEqual([
      { id: 'W12-3903', title: 'Anthologies of ladders', authorsYear: 'Yak et al., 2012' },
    ]);
    const votes = await answer(`${GRAPH}/autocomplete?query=votes+for`);
    expect((votes.matches as Answer[]).map(({ authorsYear }) => authorsYear).toSorted()).toEqual([
      '2025',
      '2025',
      'Fox & Hare, 2025',
    ]);
    expect(await answer(`${GRAPH}/autocomplete?query=${'z'.repeat(3_000)}`)).toEqual({ matches: [] });
  });
});

describe('GET /graph/v1/snippet/search', () => {
  it('quotes word for word, and says where', async () => {
    const { data, retrievalVersion } = await answer(
      '/graph/v1/snippet/search?query=how+do+neural+networks+learn&limit=30',
    );
    expect(retrievalVersion).toBe('pharos-hybrid');
    expect(data).toHaveLength(30);
    for (const { snippet, paper } of data as Answer[]) {
      const { text, snippetKind, snippetOffset } = snippet as Record<string, unknown>;
      const { start, end } = snippetOffset as { start: number; end: number };
      const { corpusId, title } = paper as Answer;
      const own = PAPERS.find(({ id }) => id === corpusId);
      expect(own?.title).toBe(title);
      expect((snippetKind === 'title' ? own?.title : own?.abstract)?.slice(start, end)).toBe(text);
    }
  });

  it('is about certain papers and people where that is asked', async () => {
    const about = async (parameters: string) =>
      (await answer(`/graph/v1/snippet/search?query=ladders&${parameters}`)).data.map(
        ({ paper }) => (paper as Answer).corpusId,
      );
    expect(await about('paperIds=ACL:W12-3903,PMID:19872477,DOI:10.1/none')).toEqual(
      expect.arrayContaining(['W12-3903', 'pmid:19872477']),
    );
    expect(await about('paperIds=MAG:1')).toEqual([]);
    expect(await about('authors=yak,emu')).toEqual(['W12-3903']);
    expect(await about('authors=yak,fox')).toEqual([]);
  });

  it('has the parts that are asked for', async () => {
    const { data } = await answer(
      '/graph/v1/snippet/search?query=ladders&paperIds=W12-3903&fields=snippet.text,snippet.annotations.sentences',
    );
    expect(data[0]?.snippet).toEqual({
      text: 'Ladders and outflow.',
      annotations: { sentences: [{ start: 0, end: 20 }] },
    });
    const all = await answer('/graph/v1/snippet/search?query=A+lecture+without+a+date&limit=1');
    expect(all.data[0]).toMatchObject({
      snippet: {
        text: 'A lecture without a date',
        snippetKind: 'title',
        section: null,
        snippetOffset: { start: 0, end: 24 },
        annotations: { sentences: [{ start: 0, end: 24 }], refMentions: [] },
      },
      score: expect.any(Number),
      paper: { corpusId: 'lecture-1', authors: [], openAccessInfo: null },
    });
    expect(await refusal('/graph/v1/snippet/search?query=a&fields=paper')).toEqual([
      400,
      'Unrecognized or unsupported fields: [paper]',
    ]);
  });
});
