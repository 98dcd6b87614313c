import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import { dblpHit } from '../../src/sources/dblp-hit.ts';
import { openSource } from '../../src/sources/registry.ts';
import { fakeClock, type HarvestOptions, harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

let service: StandIn;

beforeEach(async () => {
  service = await startServices({ papers: madePapers(230) });
});
afterEach(() => service.close());

function run(spec: string, more: Partial<HarvestOptions> = {}) {
  return harvest(spec, { address: `${service.url}/dblp`, ...more });
}

describe('a search of DBLP', () => {
  it('is asked for page by page, with two seconds between', async () => {
    const clock = fakeClock();
    const { rows } = await run('dblp:search?q=venue:SIGIR:+year:2024:', { clock });
    expect(idsOf(rows)).toHaveLength(230);
    const questions = service.asked.map((path) =>
      Object.fromEntries(new URL(path, service.url).searchParams),
    );
    expect(questions).toEqual(
      ['0', '100', '200'].map((f) => ({ q: 'venue:SIGIR: year:2024:', format: 'json', h: '100', f, c: '0' })),
    );
    expect(clock.slept.filter((ms) => ms > 1_900)).toHaveLength(2);
  });

  it('begins anew the next time', async () => {
    const { position } = await run('dblp:search?q=x');
    expect((await run('dblp:search?q=x', { position })).rows).toHaveLength(230);
  });

  it('that finds nothing, or one paper, is read all the same', async () => {
    const hits = (more: object) => ({
      replace: JSON.stringify({ result: { hits: { '@total': '0', ...more } } }),
    });
    service.trouble(hits({}));
    expect((await run('dblp:search?q=x')).rows).toEqual([]);
    service.trouble(
      hits({ '@total': '1', hit: { info: { title: 'One.', authors: { author: { text: 'A' } } } } }),
    );
    expect((await run('dblp:search?q=x')).rows).toMatchObject([{ paper: { title: 'One', authors: ['A'] } }]);
  });

  it('gives no volumes as papers', async () => {
    const hit = [{ info: { type: 'Editorship', title: 'Proceedings.' } }, { info: { title: 'A paper.' } }];
    service.trouble({ replace: JSON.stringify({ result: { hits: { '@total': '2', hit } } }) });
    const { rows } = await run('dblp:search?q=x');
    expect(rows.map((row) => 'paper' in row)).toEqual([false, true]);
  });

  it.each(['{}', 'null', '{"result":{"hits":{"hit":[]}}}'])('fails when it answers %s', async (replace) => {
    service.trouble({ replace });
    await expect(run('dblp:search?q=x')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });
});

describe('a hit of DBLP', () => {
  const info = {
    authors: { author: [{ '@pid': '1', text: 'Wei Wang 0001' }, { text: 'J&ouml; &amp; Co' }] },
    title: 'What &amp; where.',
    venue: ['SIGIR', 'Other'],
    volume: '7',
    pages: '1-9',
    year: '2024',
    type: 'Conference and Workshop Papers',
    key: 'conf/sigir/Wang24',
    doi: '10.1145/ABC',
    ee: ['https://doi.org/10.1145/ABC', 'https://example.org'],
    url: 'https://dblp.org/rec/conf/sigir/Wang24',
  };

  it('says where the paper appeared', () => {
    expect(normalizePaper(dblpHit({ info }))).toEqual({
      id: '10.1145/abc',
      doi: '10.1145/abc',
      title: 'What & where',
      abstract: '',
      authors: ['Wei Wang', expect.stringContaining('& Co')],
      published: '2024',
      categories: [],
      venue: 'SIGIR',
      journalRef: 'SIGIR 7, 1-9',
    });
  });

  it('without a DOI is known by its key', () => {
    const { doi: _, ...rest } = info;
    expect(normalizePaper(dblpHit({ info: rest }))).toMatchObject({
      id: 'dblp:conf/sigir/Wang24',
      url: 'https://doi.org/10.1145/ABC',
    });
  });

  it('of a preprint is known by its arXiv id', () => {
    const preprint = { ...info, venue: 'CoRR', volume: 'abs/1706.03762', doi: undefined, pages: undefined };
    expect(normalizePaper(dblpHit({ info: preprint }))).toMatchObject({ id: '1706.03762', venue: 'arXiv' });
    const old = { ...preprint, volume: 'cs.CL/0309136', ee: 'http://arxiv.org/abs/math/0309136' };
    expect(normalizePaper(dblpHit({ info: old })).id).toBe('math/0309136');
  });

  it.each([[null], [7], [{ info: [] }], [{ info: { title: {} } }]])('is never a crash: %j', (hit) => {
    expect(() => normalizePaper(dblpHit(hit))).toThrow('title');
  });
});

it.each(['', 'search', 'search?q=', 'search?query=x', 'x?q=x', 'search?q=x&max=x'])(
  'refuses dblp:%s before asking',
  async (target) => {
    const source = await openSource('dblp');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
