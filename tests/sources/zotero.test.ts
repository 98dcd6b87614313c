import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, type StandInPaper, startServices } from './stand-in-services.ts';

let service: StandIn;

async function restart(papers: readonly StandInPaper[]): Promise<void> {
  await service?.close();
  service = await startServices({ papers });
}

beforeEach(() => restart(madePapers(230)));
afterEach(() => service.close());

function run(spec: string, position?: string) {
  return harvest(spec, { address: `${service.url}/zotero`, position });
}

describe('a running Zotero', () => {
  it('gives its items as papers, with their tags', async () => {
    const { rows, batches } = await run('zotero:');
    expect(batches.map((batch) => [batch.rows.length, batch.total])).toEqual([
      [100, 230],
      [100, 230],
      [30, 230],
    ]);
    expect(rows[3]).toMatchObject({
      place: { file: 'zotero:', line: 4 },
      paper: {
        id: '2401.00003',
        title: 'Paper 3 on the theory of <things> & numbers',
        abstract: 'We study thing 3 with é and prove that it is 21.',
        authors: ['Ada Author3', 'Björn Müller'],
        published: '2024-01-02',
        tags: ['to read', 'trees'],
      },
    });
    expect(service.headers[0]?.['zotero-api-version']).toBe('3');
  });

  it('gives the next time what changed since', async () => {
    const { position } = await run('zotero:');
    await restart([...madePapers(230), ...madePapers(2, { id: '2611.00001', stamp: '2026-11-30' })]);
    const { rows } = await run('zotero:', position);
    expect(idsOf(rows)).toEqual(['2611.00001', '2611.00001']);
    expect(service.asked[0]).toContain('since=20261120');
  });

  it('gives the items of a collection', async () => {
    expect((await run('zotero:collection=ABCD2345')).rows).toHaveLength(230);
    expect(service.asked[0]).toMatch(/^\/zotero\/collections\/ABCD2345\/items\/top\?/);
    await expect(run('zotero:collection=ZZZZ9999')).rejects.toMatchObject({
      message: expect.stringContaining('no such collection'),
    });
  });

  it('with nothing in it gives nothing', async () => {
    await restart([]);
    expect((await run('zotero:')).batches).toEqual([{ rows: [], position: '{"known":0}', total: 0 }]);
  });

  it.each([
    ['is not there', { address: 'http://127.0.0.1:1/api/users/0' }],
    ['allows nobody', {}],
  ])('that %s fails with what to do about it', async (_, other) => {
    service.trouble({ status: 403, body: 'Local API is not enabled' });
    await expect(harvest('zotero:', { address: `${service.url}/zotero`, ...other })).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      remedy: expect.stringContaining('allow other applications'),
    });
  });

  it('gives no papers for attachments, notes and what is none at all', async () => {
    service.trouble({
      replace: JSON.stringify([
        null,
        7,
        { data: { itemType: 'attachment', title: 'PDF' } },
        { data: { itemType: 'book', title: 'A book' } },
        { data: { itemType: 'book' } },
      ]),
    });
    const { rows } = await run('zotero:');
    expect(rows.slice(0, 4).map((row) => ('paper' in row ? row.paper.title : 'fault'))).toEqual([
      'fault',
      'fault',
      'A book',
      'fault',
    ]);
  });
});

it.each(['collection=', 'collection=abcd2345', 'ABCD2345', 'collection=ABCD2345/../x'])(
  'refuses zotero:%s before asking',
  async (target) => {
    const source = await openSource('zotero');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
