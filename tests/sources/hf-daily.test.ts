import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/registry.ts';
import { harvest, idsOf } from './set-up.ts';
import { madePapers, type StandIn, startServices } from './stand-in-services.ts';

let service: StandIn;

beforeEach(async () => {
  service = await startServices({ papers: madePapers(230) });
});
afterEach(() => service.close());

function run(
  spec: string,
  options: { readonly since?: string; readonly position?: string | undefined } = {},
) {
  return harvest(spec, { address: `${service.url}/api/daily_papers`, ...options });
}

function questions(): Record<string, string>[] {
  return service.asked.map((path) => Object.fromEntries(new URL(path, service.url).searchParams));
}

describe('daily papers', () => {
  it('keep votes, comments, code and keywords as what they are', async () => {
    const { rows } = await run('hf-daily:2026-11-20');
    expect(rows.at(-1)).toMatchObject({
      paper: {
        id: '2401.00000',
        abstract: 'We study thing 0 with é and prove that it is 0.',
        published: '2024-01-02',
        upvotes: 5,
        comments: 2,
        code: 'https://github.com/someone/something',
        keywords: ['things', 'numbers'],
      },
    });
    expect(JSON.stringify(rows)).not.toContain('What a machine says');
  });

  it.each([
    ['2026-11-20', { date: '2026-11-20' }],
    ['2026-W47', { week: '2026-W47' }],
    ['2026-11', { month: '2026-11' }],
  ])('of %s are asked for page by page', async (target, question) => {
    expect(idsOf((await run(`hf-daily:${target}`)).rows)).toHaveLength(230);
    expect(questions()).toEqual(['0', '1', '2'].map((p) => ({ ...question, limit: '100', p })));
  });

  it('that have not changed are not sent again', async () => {
    const { position } = await run('hf-daily:2026-11-20');
    const again = await run('hf-daily:2026-11-20', { position });
    expect(again.rows).toEqual([]);
    expect(service.asked).toHaveLength(4);
    expect(service.headers.at(-1)?.['if-none-match']).toBeTruthy();
    expect(again.position).toBe(position);
  });

  it('that are the latest are one page at first, and then those down to the day that is known', async () => {
    const { rows, position } = await run('hf-daily:latest');
    expect(rows).toHaveLength(100);
    expect(JSON.parse(position ?? '')).toEqual({ known: '2026-11-20' });
    expect((await run('hf-daily:latest', { position: '{"known":"2026-11-09"}' })).rows).toHaveLength(200);
    expect((await run('hf-daily:latest', { since: '2026-11' })).rows).toHaveLength(230);
  });

  it('without their authors, or with hidden ones, are papers all the same', async () => {
    const item = (id: string, authors: unknown) => ({ paper: { id, title: 'T', summary: 'S', authors } });
    const items = [
      item('2401.00001', undefined),
      item('2401.00002', [{ name: 'A', hidden: true }, { name: 'B' }]),
      null,
      'x',
    ];
    service.trouble({ replace: JSON.stringify(items) });
    const { rows } = await run('hf-daily:2026-11-20');
    expect(rows.map((row) => ('paper' in row ? row.paper.authors : 'fault'))).toEqual([
      [],
      ['B'],
      'fault',
      'fault',
    ]);
  });

  it('that are no list are a failure of the source', async () => {
    service.trouble({ replace: '{"error":"no"}' });
    await expect(run('hf-daily:2026-11-20')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('that it refuses are a failure of the source', async () => {
    service.trouble({ status: 400 });
    await expect(run('hf-daily:2026-11-20')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/answers 400$/),
    });
  });
});

it.each(['', '2026', '2026-W60', '2026-13-01', 'yesterday', 'latest?x=1'])(
  'refuses hf-daily:%s before asking',
  async (target) => {
    const source = await openSource('hf-daily');
    expect(() => source.check(target)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);
