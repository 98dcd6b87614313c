import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openalexWork, textFromIndex } from '../../src/sources/openalex-work.ts';
import { openSource } from '../../src/sources/registry.ts';
import { type HarvestOptions, harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

let service: StandIn;
const expiredTokens = new Set<number>();

beforeEach(async () => {
  service = await startServices({ papers: madePapers(230), expiredTokens });
});
afterEach(async () => {
  expiredTokens.clear();
  await service.close();
});

function run(spec: string, more: Partial<HarvestOptions> = {}) {
  return harvest(spec, { address: `${service.url}/openalex`, ...more });
}

function questions(): Record<string, string>[] {
  return service.asked.map((path) => Object.fromEntries(new URL(path, service.url).searchParams));
}

describe('works of OpenAlex by id', () => {
  it('are asked for one by one, for that is free, and an unknown one is a fault', async () => {
    const { rows } = await run(
      'openalex:w2741809807,https://openalex.org/W1,arXiv:2401.00003,pmid:26017442,10.5555/unknown<#>x',
    );
    expect(rows.map((row) => 'paper' in row)).toEqual([true, true, true, true, false]);
    expect(idsOf(rows)[2]).toBe('2401.00003');
    expect(service.asked.map((path) => new URL(path, service.url).pathname)).toEqual([
      '/openalex/works/W2741809807',
      '/openalex/works/W1',
      '/openalex/works/doi:10.48550/arXiv.2401.00003',
      '/openalex/works/pmid:26017442',
      '/openalex/works/doi:10.5555/unknown%3C%23%3Ex',
    ]);
  });
});

describe('a list of OpenAlex', () => {
  it('is asked for by numbered pages without a key', async () => {
    expect(idsOf((await run('openalex:works?search=a+b&filter=type:article')).rows)).toHaveLength(230);
    expect(questions()).toEqual(
      ['1', '2', '3'].map((page) =>
        expect.objectContaining({ search: 'a b', filter: 'type:article', per_page: '100', page }),
      ),
    );
  });

  it('is asked for by cursors with one, which goes into the question and nowhere else', async () => {
    const { batches } = await run('openalex:works?search=x', { key: 'sec&ret' });
    expect(batches).toHaveLength(3);
    expect(questions().map(({ api_key: key }) => key)).toEqual(['sec&ret', 'sec&ret', 'sec&ret']);
    expect(questions()[0]).toMatchObject({ cursor: '*' });
    expect(questions()[1]).not.toHaveProperty('page');
    expect(JSON.stringify(batches)).not.toContain('ret"');
    service.trouble({ replace: '<html>' }, ...Array.from({ length: 8 }, () => ({ status: 500 })));
    const heard: string[] = [];
    const failure = await run('openalex:works?search=x', {
      key: 'sec&ret',
      onTrouble: (reason) => heard.push(reason),
    }).catch((error: unknown) => error);
    expect(heard.length).toBeGreaterThan(1);
    expect(JSON.stringify([heard, String(failure), failure])).not.toMatch(/sec(&|%26)ret/);
  });

  it('is begun again where a cursor is refused', async () => {
    const { position } = await run('openalex:works?search=x', { key: 'k', batches: 1 });
    service.trouble({ status: 400, body: '{"error":"Invalid cursor"}' });
    const { rows } = await run('openalex:works?search=x', { key: 'k', position });
    expect(idsOf(rows)).toHaveLength(230);
  });

  it('says that it wants a key', async () => {
    service.trouble({ status: 401, body: '{"error":"Unauthorized","message":"Needs an API key"}' });
    await expect(run('openalex:works?search=x')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/answers 401: Needs an API key$/),
      remedy: expect.stringContaining('PHAROS_SOURCE_KEYS=openalex=KEY'),
    });
  });

  it('is at its end when the allowance of the day is', async () => {
    service.trouble({ status: 429, headers: { 'retry-after': '54000' } });
    await expect(run('openalex:works?search=x')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(service.asked).toHaveLength(1);
  });

  it('asks for what was published lately when it asks for news', async () => {
    const position = '{"known":"2026-11-25"}';
    await run('openalex:works?filter=type:article&max=1', { position });
    await run('openalex:works?search=x&max=1', { since: '2026' });
    await run('openalex:works?filter=publication_year:2020&max=1', { position });
    expect(questions().map(({ filter }) => filter)).toEqual([
      'type:article,from_publication_date:2026-10-26',
      'from_publication_date:2026-01-01',
      'publication_year:2020',
    ]);
  });

  it('ends where pages have no numbers any more', async () => {
    const works = Array.from({ length: 100 }, (_, at) => ({ title: `T ${at}` }));
    service.trouble({ replace: JSON.stringify({ meta: { count: 90_000 }, results: works }) });
    const position = JSON.stringify({ page: 'page=100', rows: 9_900 });
    const { batches } = await run('openalex:works?search=x&max=90000', { position });
    expect(batches).toHaveLength(1);
  });
});

describe('the abstract of a work', () => {
  it('is the text that its index was made of', () => {
    const text = fc.array(fc.stringMatching(/^[^\s]+$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, (words) => {
        const index: Record<string, number[]> = Object.create(null);
        words.forEach((word, at) => {
          index[word] = [...(index[word] ?? []), at];
        });
        expect(textFromIndex(index)).toBe(words.join(' '));
      }),
    );
  });

  it('is absent where there is no index, and survives a broken one', () => {
    for (const index of [null, undefined, {}, [], 'text', { word: [] }, { word: null }]) {
      expect(textFromIndex(index)).toBeUndefined();
    }
    expect(
      textFromIndex({ far: [9e15], near: [-1, 0.5, '3', null], it: 2, end: [Number.MAX_SAFE_INTEGER] }),
    ).toBe('near it far end'.replace(' far', ' far'));
  });
});

describe('a work of OpenAlex', () => {
  const work = {
    id: 'https://openalex.org/W12',
    doi: 'https://doi.org/10.5555/ABC',
    title: 'On <i>C. elegans</i> &amp; worms',
    publication_date: '2020-01-02',
    authorships: [
      { author: { display_name: 'Ada A' } },
      { author: null, raw_author_name: 'B. B' },
      null,
      { author: {} },
    ],
    primary_location: { source: { display_name: 'Worms' }, landing_page_url: 'https://example.org/1' },
    locations: [null, { landing_page_url: 'https://example.org/1' }],
    biblio: { volume: '7', issue: '2', first_page: '1', last_page: '9' },
  };

  it('becomes a record', () => {
    expect(openalexWork(work)).toMatchObject({
      id: '10.5555/abc',
      doi: '10.5555/abc',
      title: 'On C. elegans & worms',
      authors: ['Ada A', 'B. B', undefined, undefined],
      venue: 'Worms',
      journalRef: 'Worms 7(2), 1-9',
      url: undefined,
    });
  });

  it('that stands at arXiv too is known by its arXiv id, and keeps its DOI', () => {
    const locations = [{ landing_page_url: 'http://arxiv.org/abs/1706.03762' }];
    expect(openalexWork({ ...work, locations })).toMatchObject({ id: '1706.03762', doi: '10.5555/abc' });
    const ofArxiv = { ...work, doi: 'https://doi.org/10.48550/arxiv.1706.03762' };
    expect(openalexWork(ofArxiv)).toMatchObject({ id: '1706.03762' });
    expect(openalexWork(ofArxiv)).not.toHaveProperty('doi');
  });

  it('without a DOI is known by its PubMed id, else by its own', () => {
    const ids = { pmid: 'https://pubmed.ncbi.nlm.nih.gov/26017442' };
    expect(openalexWork({ ...work, doi: null, ids })).toMatchObject({ id: 'pmid:26017442' });
    expect(openalexWork({ ...work, doi: null })).toMatchObject({
      id: 'openalex:W12',
      url: 'https://example.org/1',
    });
  });
});

it.each(['', 'works', 'works?max=3', 'works?query=x', 'W12?max=1', 'A12', 'works?search=x&max=-1'])(
  'refuses openalex:%s before asking',
  async (target) => {
    const source = await openSource('openalex');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
