import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, type StandInOptions, startServices } from './stand-in-services.ts';

let service: StandIn;
const address = () => `${service.url}/oai`;

async function restart(options: StandInOptions): Promise<void> {
  await service?.close();
  service = await startServices(options);
}

beforeEach(() => restart({ papers: madePapers(25) }));
afterEach(() => service.close());

function questions(): Record<string, string>[] {
  return service.asked.map((path) => Object.fromEntries(new URL(path, service.url).searchParams));
}

describe('a record', () => {
  it('is the same paper as in the snapshot: published with its first version, whatever their order', async () => {
    const { rows } = await harvest('arxiv-oai:cs', { address: address() });
    expect(rows[3]).toEqual({
      place: { file: 'arxiv-oai:cs', line: 4 },
      paper: {
        id: '2401.00003',
        title: 'Paper 3 on the theory of <things> & numbers',
        abstract: 'We study thing 3 with é and prove that it is 21.',
        authors: ['Ada Author3', 'Björn Müller'],
        categories: ['cs.CL', 'math.CO'],
        published: '2024-01-02',
        updated: '2024-05-06',
        version: 2,
        venue: 'arXiv',
        url: 'https://arxiv.org/abs/2401.00003',
        comment: '3 pages',
        license: 'http://creativecommons.org/licenses/by/4.0/',
      },
    });
  });

  it('in the other format says the same but for the number of the version', async () => {
    const { rows } = await harvest('arxiv-oai:cs?format=arXiv', { address: address() });
    expect(rows[3]).toMatchObject({
      paper: {
        id: '2401.00003',
        authors: ['Ada Author3', 'Björn Müller'],
        published: '2024-01-02',
        updated: '2024-05-06',
      },
    });
    expect(questions()[0]).toMatchObject({ metadataPrefix: 'arXiv' });
  });

  it('that was deleted is a deletion', async () => {
    await restart({
      papers: [
        ...madePapers(2),
        ...madePapers(1, { id: 'math/0309136', isDeleted: true, stamp: '2026-11-25' }),
      ],
    });
    const { rows } = await harvest('arxiv-oai:cs', { address: address() });
    expect(rows.at(-1)).toEqual({ place: { file: 'arxiv-oai:cs', line: 3 }, deleted: 'math/0309136' });
  });

  it('that is no paper is a fault, and costs no other', async () => {
    await restart({ papers: [...madePapers(2), ...madePapers(1, { id: '2402.00001', title: '' })] });
    const { rows } = await harvest('arxiv-oai:cs', { address: address() });
    expect(idsOf(rows)).toHaveLength(2);
    expect(rows.at(-1)).toMatchObject({ fault: { code: 'ROW_INVALID' } });
  });
});

describe('a harvest', () => {
  it.each([
    ['cs', 'cs'],
    ['cs.CL', 'cs:cs:CL'],
    ['math.CO', 'math:math:CO'],
    ['hep-th', 'physics:hep-th'],
    ['astro-ph.GA', 'physics:astro-ph:GA'],
    ['physics', 'physics'],
    ['physics:hep-th', 'physics:hep-th'],
    ['cs:cs:AI', 'cs:cs:AI'],
    ['all', undefined],
  ])('of %s asks for the set %s', async (target, set) => {
    await harvest(`arxiv-oai:${target}?from=2026-11-01&until=2026-12`, { address: address() });
    expect(questions()[0]).toEqual({
      verb: 'ListRecords',
      metadataPrefix: 'arXivRaw',
      ...(set && { set }),
      from: '2026-11-01',
      until: '2026-12-01',
    });
    expect(Object.keys(questions()[1] ?? {})).toEqual(['verb', 'resumptionToken']);
  });

  it('begins the next time on the day on which this one began', async () => {
    const { position } = await harvest('arxiv-oai:cs?from=2026-11-01', { address: address() });
    await harvest('arxiv-oai:cs?from=2026-11-01', { address: address(), position });
    expect(questions().at(-1)).toMatchObject({ from: '2026-11-24' });
  });

  it('that brings nothing is none that failed', async () => {
    const { batches } = await harvest('arxiv-oai:cs?from=2026-12-01', { address: address() });
    expect(batches).toEqual([{ rows: [], position: '{"from":"2026-11-24"}' }]);
  });

  it('whose days are over asks for nothing', async () => {
    const spec = 'arxiv-oai:cs?from=2026-11-01&until=2026-11-20';
    const { position } = await harvest(spec, { address: address() });
    const before = service.asked.length;
    expect((await harvest(spec, { address: address(), position })).rows).toEqual([]);
    expect(service.asked).toHaveLength(before);
  });

  it('whose token has expired goes on from the last day it saw', async () => {
    await restart({ papers: madePapers(25), expiredTokens: new Set([20]) });
    const notices: string[] = [];
    const { rows } = await harvest('arxiv-oai:cs', {
      address: address(),
      onNotice: (notice) => notices.push(notice),
      batches: 4,
    });
    expect(new Set(idsOf(rows)).size).toBe(25);
    expect(questions()[3]).toMatchObject({ from: '2026-11-16', metadataPrefix: 'arXivRaw' });
    expect(notices).toEqual(['The harvest of arxiv-oai:cs has expired; it goes on from 2026-11-16.']);
  });

  it('whose days fall on the way begins anew when its token has expired', async () => {
    const papers = madePapers(25).map((paper, at) => ({
      ...paper,
      stamp: at === 3 ? '2026-11-30' : paper.stamp,
    }));
    await restart({ papers, expiredTokens: new Set([20]) });
    const { rows } = await harvest('arxiv-oai:cs?from=2026-10-01', { address: address(), batches: 4 });
    expect(questions()[3]).toMatchObject({ from: '2026-10-01' });
    expect(idsOf(rows).slice(20)).toEqual(idsOf(rows).slice(0, 20));
  });

  it('is refused in the words of arXiv', async () => {
    service.trouble({ replace: '<OAI-PMH><error code="badArgument">no such set</error></OAI-PMH>' });
    await expect(harvest('arxiv-oai:cs', { address: address() })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'arxiv-oai:cs is refused: no such set',
    });
  });

  it('waits three seconds between two pages', async () => {
    const { fakeClock } = await import('./set-up.ts');
    const clock = fakeClock();
    await harvest('arxiv-oai:cs', { address: address(), clock });
    expect(clock.slept).toEqual([3_000, 3_000]);
  });
});

it.each(['', 'CS', 'a b', 'cs?from=soon', 'cs?format=oai_dc', 'cs?set=math'])(
  'refuses arxiv-oai:%s before asking',
  async (target) => {
    const source = await openSource('arxiv-oai');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
