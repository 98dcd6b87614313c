import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

const PAPERS = madePapers(30);
let service: StandIn;

beforeEach(async () => {
  service = await startServices({ papers: PAPERS });
});
afterEach(() => service.close());

function run(
  spec: string,
  options: { readonly since?: string; readonly position?: string | undefined } = {},
) {
  return harvest(spec, { address: `${service.url}/api/query`, ...options });
}

describe('papers by id', () => {
  it('come with everything that the feed says of them', async () => {
    const { rows } = await run('arxiv:2401.00003');
    expect(rows).toEqual([
      {
        place: { file: 'arxiv:2401.00003', line: 1 },
        paper: {
          id: '2401.00003',
          title: 'Paper 3 on the theory of <things> & numbers',
          abstract: 'We study thing 3 with é and prove that it is 21.',
          authors: ['Ada Author3', 'Björn Müller'],
          categories: ['cs.CL', 'math.CO'],
          published: '2024-01-02',
          updated: '2024-05-06',
          venue: 'arXiv',
          url: 'https://arxiv.org/abs/2401.00003',
          comment: '3 pages',
          version: 2,
        },
      },
    ]);
  });

  it('are named where arXiv does not know them', async () => {
    const { rows } = await run('arxiv:2401.00003,2401.99999,2401.00004v1');
    expect(idsOf(rows)).toEqual(['2401.00003', '2401.00004']);
    expect(rows.at(-1)).toMatchObject({
      place: { line: 2 },
      fault: { message: 'arXiv has no paper 2401.99999' },
    });
  });

  it('are asked for a hundred at a time, and again the next time', async () => {
    const ids = Array.from({ length: 250 }, (_, at) => `2402.${String(at).padStart(5, '0')}`).join(',');
    const { batches, position } = await run(`arxiv:${ids}`);
    expect(batches.map(({ rows, total }) => [rows.length, total])).toEqual([
      [100, 250],
      [100, 250],
      [50, 250],
    ]);
    await run(`arxiv:${ids}`, { position });
    expect(service.asked).toHaveLength(6);
  });

  it('fail with the words of arXiv where it refuses the question', async () => {
    const feed =
      '<feed><entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title><summary>incorrect id format</summary></entry></feed>';
    service.trouble({ status: 400, body: feed });
    await expect(run('arxiv:2401.00003')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: 'arXiv refuses the question: incorrect id format',
    });
  });
});

describe('a category', () => {
  it('gives the newest, 2,000 unless told otherwise', async () => {
    await run('arxiv:cs.CL');
    expect(Object.fromEntries(new URL(service.asked[0] ?? '', service.url).searchParams)).toEqual({
      search_query: 'cat:cs.CL',
      start: '0',
      max_results: '2000',
      sortBy: 'submittedDate',
      sortOrder: 'descending',
    });
    expect(idsOf((await run('arxiv:cs.CL?max=7')).rows)).toHaveLength(7);
  });

  it('stands for all of its own when it is an archive', async () => {
    await run('arxiv:math');
    expect(new URL(service.asked[0] ?? '', service.url).searchParams.get('search_query')).toBe(
      '(cat:math OR cat:math.*)',
    );
  });

  it('gives the next time only what came since, and what has the same moment', async () => {
    const { position } = await run('arxiv:cs.CL');
    await service.close();
    const newer = madePapers(2, { versions: ['2026-11-20'] }).map((paper, at) => ({
      ...paper,
      id: `2611.0000${at}`,
    }));
    service = await startServices({ papers: [...madePapers(30, { versions: ['2023-01-01'] }), ...newer] });
    const { rows, position: next } = await run('arxiv:cs.CL', { position });
    expect(idsOf(rows).sort()).toEqual(['2611.00000', '2611.00001']);
    expect(JSON.parse(next ?? '')).toEqual({ known: '2026-11-20T10:00:00Z' });
  });

  it('ends at the day it is asked for', async () => {
    expect(idsOf((await run('arxiv:cs.CL', { since: '2024-02' })).rows)).toEqual([]);
    expect(idsOf((await run('arxiv:cs.CL', { since: '2024' })).rows)).toHaveLength(30);
  });

  it('ends where arXiv gives an empty page before its end', async () => {
    service.trouble({
      replace: '<feed xmlns:o="x"><o:totalResults>5000</o:totalResults></feed>',
      type: 'application/atom+xml',
    });
    expect((await run('arxiv:cs.CL')).rows).toEqual([]);
    expect(service.asked).toHaveLength(1);
  });
});

describe('hostile and broken answers', () => {
  it('that hold a bomb of entities are refused', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "aaaa">${'<!ENTITY b "&a;&a;&a;">'}]><feed>&b;</feed>`;
    service.trouble({ replace: bomb });
    await expect(run('arxiv:2401.00003')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('document type'),
    });
  });

  it('that read a file of this machine are refused', async () => {
    service.trouble({
      replace:
        '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed><entry><title>&x;</title></entry></feed>',
    });
    await expect(run('arxiv:2401.00003')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('with 10,000 authors are a paper with 10,000 authors', async () => {
    await service.close();
    const authors = Array.from({ length: 10_000 }, (_, at) => `Author Number${at}`);
    service = await startServices({ papers: madePapers(1, { authors }) });
    const { rows } = await run('arxiv:2401.00000');
    expect(rows[0]).toMatchObject({ paper: { authors } });
  });

  it('in another charset than they say cost the records they damage and no others', async () => {
    const entry = (id: string, title: string) =>
      `<entry><id>http://arxiv.org/abs/${id}</id><title>${title}</title><summary>S</summary><published>2024-01-01T00:00:00Z</published></entry>`;
    const feed = `<feed>${entry('2401.00001', 'Caf\u00e9')}${entry('2401.00002', 'Tea')}</feed>`;
    service.trouble({ replace: Buffer.from(feed, 'latin1'), type: 'application/atom+xml; charset=utf-8' });
    const { rows } = await run('arxiv:2401.00001,2401.00002');
    expect(idsOf(rows)).toEqual(['2401.00002']);
    expect(rows[0]).toMatchObject({ fault: { message: expect.stringContaining('charset') } });
  });

  it('in a charset they name are read in it', async () => {
    const feed = `<?xml version="1.0" encoding="ISO-8859-1"?><feed><entry><id>http://arxiv.org/abs/2401.00001</id><title>Caf\u00e9</title></entry></feed>`;
    service.trouble({ replace: Buffer.from(feed, 'latin1'), type: 'application/xml' });
    expect((await run('arxiv:2401.00001')).rows[0]).toMatchObject({ paper: { title: 'Café' } });
  });

  it('that are nested without end are refused', async () => {
    const deep = `<feed>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</feed>`;
    service.trouble({ replace: deep });
    await expect(run('arxiv:2401.00003')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });
});

describe('redirects', () => {
  it('are followed', async () => {
    service.trouble({ redirect: `${service.url}/api/query?id_list=2401.00005` });
    expect(idsOf((await run('arxiv:2401.00005')).rows)).toEqual(['2401.00005']);
  });

  it('that never end are given up', async () => {
    service.trouble(...Array.from({ length: 20 }, () => ({ redirect: '/again' })));
    await expect(run('arxiv:2401.00005')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });
});

it.each([
  '',
  'no category',
  'cs.CL,2401.00001',
  '9999.99999',
  'cs.CL?max=0',
  'cs.CL?max=1e9',
  'cs.CL?page=2',
  '2401.00001?max=3',
])('refuses arxiv:%s before asking', async (target) => {
  const source = await openSource('arxiv');
  expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
