import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { s2Paper } from '../../src/sources/s2-paper.ts';
import { fakeClock, type HarvestOptions, harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

let service: StandIn;
let options: { papers: ReturnType<typeof madePapers>; pageSize: number; expiredTokens: Set<number> };

beforeEach(async () => {
  options = { papers: madePapers(25), pageSize: 10, expiredTokens: new Set() };
  service = await startServices(options);
});
afterEach(() => service.close());

function run(spec: string, more: Partial<HarvestOptions> = {}) {
  return harvest(spec, { address: `${service.url}/s2`, ...more });
}

function asked(at = -1): Record<string, string> {
  return Object.fromEntries(new URL(service.asked.at(at) ?? '', service.url).searchParams);
}

function faultsOf(rows: readonly object[]): string[] {
  return rows.flatMap((row) => ('fault' in row ? [(row.fault as Error).message] : []));
}

describe('papers of Semantic Scholar by id', () => {
  it('come in the order asked for, and those that it does not have are faults', async () => {
    const { rows, position } = await run('s2:2401.00001,DOI:10.5555/unknown,10.5555/2401.00003');
    expect(idsOf(rows)).toEqual(['2401.00001', '2401.00003']);
    expect(faultsOf(rows)).toEqual(['Semantic Scholar has no paper DOI:10.5555/unknown']);
    expect(JSON.parse(service.sent[0] ?? '')).toEqual({
      ids: ['ARXIV:2401.00001', 'DOI:10.5555/unknown', 'DOI:10.5555/2401.00003'],
    });
    expect(JSON.parse(position ?? '')).toEqual({ asked: 0 });
  });

  it('that are all unknown are faults too, though it refuses the question then', async () => {
    expect(faultsOf((await run('s2:2401.99999,DOI:10.5555/unknown')).rows)).toHaveLength(2);
  });

  it('are asked for a hundred at a time, and go on after a cut', async () => {
    const spec = `s2:${Array.from({ length: 230 }, (_, at) => `CorpusId:${at}`)}`;
    const first = await run(spec, { batches: 1 });
    await run(spec, { position: first.position });
    expect(service.sent.map((text) => JSON.parse(text).ids.length)).toEqual([100, 100, 30]);
    expect(new Set(service.sent).size).toBe(3);
  });

  it('take names in every form', async () => {
    const sha = 'ab'.repeat(20);
    await run(
      `s2:https://arxiv.org/abs/2401.00001v2, acl:P18-1001,${sha},PMID:19872477,10.48550/arXiv.2401.00002`,
    );
    expect(JSON.parse(service.sent[0] ?? '').ids).toEqual([
      'ARXIV:2401.00001',
      'ACL:P18-1001',
      sha,
      'PMID:19872477',
      'ARXIV:2401.00002',
    ]);
  });
});

describe('a search of Semantic Scholar', () => {
  it('passes on words and filters, newest first', async () => {
    await run('s2:search?q=dense+retrieval&year=2024-&venue=ACL,EMNLP');
    expect(asked(0)).toEqual({
      query: 'dense retrieval',
      year: '2024-',
      venue: 'ACL,EMNLP',
      sort: 'publicationDate:desc',
      fields: expect.stringContaining('externalIds'),
    });
    expect(asked().token).toBeTruthy();
    await run('s2:search?year=2024&sort=citationCount:desc');
    expect(asked(3)).toMatchObject({ year: '2024', sort: 'citationCount:desc' });
  });

  it('takes no more than is wanted, and says how many there are when nobody said', async () => {
    expect(idsOf((await run('s2:search?q=x&max=13')).rows)).toHaveLength(13);
    expect(service.asked).toHaveLength(2);
    service.trouble({ replace: JSON.stringify({ total: 5_000_000, token: null, data: [] }) });
    const notices: string[] = [];
    await run('s2:search?q=x', { onNotice: (notice) => notices.push(notice) });
    expect(notices).toEqual(['s2:search?q=x finds 5000000 papers; 0 were taken. "max" takes more.']);
  });

  it('asks the next time for what was published since a month before', async () => {
    const { position } = await run('s2:search?q=x');
    const { known } = JSON.parse(position ?? '');
    expect(known).toMatch(/^\d{4}-\d\d-\d\d$/);
    await run('s2:search?q=x', { position: '{"known":"2026-11-25"}' });
    expect(asked().publicationDateOrYear).toBe('2026-10-26:');
    await run('s2:search?q=x', { since: '2026-11' });
    expect(asked().publicationDateOrYear).toBe('2026-11-01:');
    await run('s2:search?q=x&year=2024', { position: '{"known":"2026-11-25"}' });
    expect(asked()).not.toHaveProperty('publicationDateOrYear');
  });

  it('is begun again when its token has expired', async () => {
    const { position } = await run('s2:search?q=x', { batches: 1 });
    service.trouble({ status: 400, body: '{"error":"Invalid token"}' });
    const notices: string[] = [];
    const rest = await run('s2:search?q=x', { position, onNotice: (notice) => notices.push(notice) });
    expect(idsOf(rest.rows)).toHaveLength(25);
    expect(notices).toEqual(['The list of s2:search?q=x has expired; it is begun again.']);
  });

  it('whose tokens expire at once is given up', async () => {
    options.expiredTokens.add(20);
    await expect(run('s2:search?q=x')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(service.asked).toHaveLength(6);
  });

  it('that finds nothing is no failure', async () => {
    service.trouble({ replace: '{"total":0,"offset":0}' });
    expect((await run('s2:search?q=x')).rows).toEqual([]);
  });

  it.each([
    ['null', 'does not answer with a list of papers'],
    ['{"data":{}}', 'does not answer with a list of papers'],
    ['{"data":null,"total":5}', 'does not answer with a list of papers'],
  ])('fails when it answers %s', async (body, message) => {
    service.trouble({ replace: body });
    await expect(run('s2:search?q=x')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining(message),
    });
  });

  it('repeats the words with which it refuses', async () => {
    service.trouble({ status: 400, body: '{"error":"Unrecognized sort"}' });
    await expect(run('s2:search?q=x&sort=y')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 's2:search?q=x&sort=y is refused: Unrecognized sort',
    });
  });

  it('waits as long as it is told to, and longer each time when it is not told', async () => {
    const clock = fakeClock();
    service.trouble({ status: 429, headers: { 'retry-after': '30' } }, { status: 429 }, { status: 429 });
    await run('s2:search?q=x&max=10', { clock });
    expect(Math.max(...clock.slept)).toBe(30_000);
    expect(clock.slept.filter((ms) => ms > 1_000 && ms < 10_000).length).toBeGreaterThan(1);
  });
});

describe('recommendations of Semantic Scholar', () => {
  it('are for one paper, or for several and against others', async () => {
    expect(idsOf((await run('s2:recommend?for=2401.00001&from=all-cs&max=7')).rows)).toHaveLength(7);
    expect(service.asked[0]).toContain('/recommendations/v1/papers/forpaper/ARXIV:2401.00001?');
    expect(asked()).toMatchObject({ from: 'all-cs', limit: '7' });
    expect((await run('s2:recommend?for=2401.00001,10.5555/a&not=2401.00002')).rows).toHaveLength(25);
    expect(JSON.parse(service.sent[0] ?? '')).toEqual({
      positivePaperIds: ['ARXIV:2401.00001', 'DOI:10.5555/a'],
      negativePaperIds: ['ARXIV:2401.00002'],
    });
  });

  it('for a paper that nobody knows are refused', async () => {
    await expect(run('s2:recommend?for=2401.99999')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('the key of Semantic Scholar', () => {
  it('is sent, and told in no failure', async () => {
    await run('s2:search?q=x', { key: 'secret' });
    for (const headers of service.headers) expect(headers['x-api-key']).toBe('secret');
    service.trouble({ status: 403, body: '{"message":"Forbidden"}' });
    const failure = await run('s2:search?q=x', { key: 'secret' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/403: Forbidden$/),
    });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it('is asked for where there is none', async () => {
    service.trouble({ status: 401 });
    await expect(run('s2:search?q=x')).rejects.toMatchObject({
      remedy: expect.stringContaining('PHAROS_SOURCE_KEYS=s2=KEY'),
    });
  });
});

describe('a paper of Semantic Scholar', () => {
  it('is known by its arXiv id, its DOI, its ACL id, its PubMed id, its own name, in this order', () => {
    const names = { ArXiv: '1706.03762', DOI: '10.5555/X', ACL: 'P18-1001', PubMed: '1' };
    const sha = 'ab'.repeat(20);
    const idOf = (externalIds: unknown) => s2Paper({ paperId: sha, externalIds }).id;
    expect(idOf(names)).toBe('1706.03762');
    expect(idOf({ ...names, ArXiv: null })).toBe('10.5555/x');
    expect(idOf({ ACL: 'P18-1001', PubMed: '1' })).toBe('P18-1001');
    expect(idOf({ PubMed: '1' })).toBe('pmid:1');
    expect(idOf(null)).toBe(`s2:${sha}`);
    expect(s2Paper({ paperId: sha, externalIds: names }).doi).toBe('10.5555/x');
    expect(s2Paper({ paperId: sha, externalIds: { DOI: '10.48550/arXiv.1706.03762' } })).toMatchObject({
      id: '1706.03762',
    });
  });

  it('is one whatever it lacks, as long as it has a title', async () => {
    const odd = [
      {
        paperId: 'a'.repeat(40),
        title: 'Title alone',
        abstract: null,
        authors: null,
        year: null,
        journal: null,
      },
      {
        title: 'Not even an id',
        authors: [null, 7, { name: null }, { name: 'A' }],
        fieldsOfStudy: [null, 3, 'X'],
      },
      { paperId: 'b'.repeat(40), title: null },
      null,
      'text',
      { title: 'Crowded', authors: Array.from({ length: 10_000 }, (_, at) => ({ name: `Author ${at}` })) },
      { title: 'Crowded', authors: [] },
    ];
    service.trouble({ replace: JSON.stringify({ total: odd.length, token: null, data: odd }) });
    const { rows } = await run('s2:search?q=x');
    expect(rows.map((row) => ('paper' in row ? row.paper.authors.length : 'fault'))).toEqual([
      0,
      1,
      'fault',
      'fault',
      'fault',
      10_000,
      0,
    ]);
  });

  it('in another charset than is said loses that record alone', async () => {
    const body = JSON.stringify({ total: 2, token: null, data: [{ title: 'Caf\u00e9' }, { title: 'Tea' }] });
    service.trouble({ replace: Buffer.from(body, 'latin1'), type: 'application/json; charset=utf-8' });
    const { rows } = await run('s2:search?q=x');
    expect(rows.map((row) => ('paper' in row ? row.paper.title : 'fault'))).toEqual(['fault', 'Tea']);
  });
});

it.each([
  '',
  'nonsense',
  '1706.03762?max=3',
  'search',
  'search?q=',
  'search?q=x&max=0',
  'search?q=x&max=many',
  'search?q=x&page=3',
  'recommend',
  'recommend?for=nonsense',
  'recommend?for=1706.03762&max=501',
  'recommend?for=1706.03762&from=everywhere',
  'recommend?for=1706.03762,1810.04805&from=recent',
])('refuses s2:%s before asking', async (target) => {
  const source = await openSource('s2');
  expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
