/** What huggingface_hub 2.4 reads, rule by rule; the client itself is run by tests/doors/python-clients.test.ts. */
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../../engine/embedded/temporary-index.ts';
import { closeHouse, startHouse } from '../house.ts';

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

type Item = Record<string, unknown> & { readonly paper: Record<string, unknown> };

async function list(path: string): Promise<Item[]> {
  const { json } = await startHouse();
  return (await json(path)) as unknown as Item[];
}

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

describe('GET /api/papers/search', () => {
  it('answers with an array of as many items as were asked for', async () => {
    for (const limit of [1, 2, 10, 150]) {
      expect(await list(`/api/papers/search?q=neural+networks&limit=${limit}`)).toHaveLength(limit);
    }
    expect(await list('/api/papers/search?q=neural+networks')).toHaveLength(100);
  });

  it('lists the newest where there is no question', async () => {
    expect(idsOf(await list('/api/papers/search?limit=2'))).toEqual(['2601.10904', '2511.00003']);
  });

  it('puts what the client takes from the top on top, and never the authors', async () => {
    const [item] = await list('/api/papers/search?q=Votes+for+lighthouses&limit=1');
    expect(item).toMatchObject({
      id: '2511.00001',
      title: 'Votes for lighthouses',
      publishedAt: '2025-11-03T00:00:00.000Z',
      upvotes: 42,
      numComments: 3,
      githubRepo: 'https://github.com/example/lamp',
      ai_keywords: ['lamps', 'votes'],
      paper: {
        id: '2511.00001',
        title: 'Votes for lighthouses',
        publishedAt: '2025-11-03T00:00:00.000Z',
        upvotes: 42,
        authors: [
          { name: 'Ada Fox', hidden: false },
          { name: 'Bo Hare', hidden: false },
        ],
      },
      rank: 1,
      match: { mode: 'hybrid', exact: 'title' },
    });
    expect(item).not.toHaveProperty('authors');
    expect(item?.score).toBeTypeOf('number');
  });

  it('keeps a count of zero on top, and leaves out what nobody counted', async () => {
    const [zero] = await list('/api/papers/search?q=Votes+for+nobody&limit=1');
    expect(zero).toMatchObject({ upvotes: 0, numComments: 0, paper: { upvotes: 0 } });
    const [lecture] = await list('/api/papers/search?q=A+lecture+without+a+date&limit=1');
    expect(lecture).toMatchObject({ id: 'lecture-1' });
    for (const name of ['upvotes', 'numComments', 'publishedAt', 'githubRepo']) {
      expect(lecture).not.toHaveProperty(name);
      expect(lecture?.paper).not.toHaveProperty(name);
    }
  });

  it.each(['limit=0', 'limit=1001', 'limit=ten', 'limit=2.5', 'limit=1&limit=2', 'lmit=3'])(
    'refuses %s with 400 and words',
    async (parameters) => {
      const { ask } = await startHouse();
      const answer = await ask(`/api/papers/search?q=a&${parameters}`);
      expect(answer.status).toBe(400);
      const problem = (await answer.json()) as Record<string, unknown>;
      expect(problem.error).toMatch(/li?mit/);
      expect(problem.errors).toMatchObject([{ message: expect.stringMatching(/li?mit/) }]);
    },
  );

  it('writes no token of a caller into the log', async () => {
    const { ask, log } = await startHouse();
    await ask('/api/papers/search?q=votes&limit=1', { headers: { authorization: 'Bearer hf_secret' } });
    await expect.poll(() => log().length).toBeGreaterThan(0);
    expect(JSON.stringify(log())).not.toContain('hf_secret');
  });
});

describe('GET /api/papers/{id}', () => {
  it.each(['2511.00001', '2511.00001v2', 'arXiv:2511.00001'])('is flat: %s', async (id) => {
    const { json } = await startHouse();
    expect(await json(`/api/papers/${id}`)).toMatchObject({
      id: '2511.00001',
      title: 'Votes for lighthouses',
      authors: [{ name: 'Ada Fox' }, { name: 'Bo Hare' }],
      publishedAt: '2025-11-03T00:00:00.000Z',
      submittedOnDailyAt: '2025-11-03T00:00:00.000Z',
      upvotes: 42,
      numComments: 3,
      linkedModels: [],
      numTotalModels: 0,
    });
  });

  it.each(['hep-th/9711200', '10.1098/rspa.1927.0118'])('takes an id with a slash: %s', async (id) => {
    const { json } = await startHouse();
    expect(await json(`/api/papers/${id}`)).toMatchObject({ id });
    const markdown = await (await startHouse()).ask(`/papers/${id}.md`);
    expect(markdown.status).toBe(200);
    expect(await markdown.text()).toContain(`- Id: ${id}\n`);
  });

  it.each(['/api/papers/2401.99999', '/papers/2401.99999.md', '/papers/.md', '/api/arxiv/2401.99999/repos'])(
    'answers 404 in words: %s',
    async (path) => {
      const { ask } = await startHouse();
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: expect.any(String), message: expect.any(String) });
    },
  );

  it('knows of nothing that was made from a paper', async () => {
    const { json } = await startHouse();
    expect(await json('/api/arxiv/hep-th/9711200/repos')).toEqual({ models: [], datasets: [], spaces: [] });
  });
});

describe('GET /papers/{id}.md', () => {
  it('is Markdown in UTF-8 without tags of others', async () => {
    const { ask } = await startHouse();
    const answer = await ask('/papers/2511.00001.md');
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(await answer.text()).toBe(
      [
        '# Votes for lighthouses',
        'Ada Fox, Bo Hare',
        [
          '- Id: 2511.00001',
          '- Published: 2025-11-03',
          '- Categories: cs.CL',
          '- Code: https://github.com/example/lamp',
        ].join('\n'),
        '## Abstract',
        'A lamp that everybody likes. It has Q&A systems and a \\<b>tag\\</b>, p<0.05.',
        'Keywords: lamps, votes\n',
      ].join('\n\n'),
    );
  });

  it('says who wrote a summary', async () => {
    const { ask } = await startHouse();
    expect(await (await ask('/papers/1706.03762.md')).text()).toContain('## Summary (by Pharos)');
  });
});

describe('GET /api/daily_papers', () => {
  it.each([
    ['date=2025-11-03', ['2511.00001']],
    ['week=2025-W45', ['2511.00002', '2511.00001']],
    ['week=2025-W46', ['2511.00003']],
    ['month=2025-11', ['2511.00003', '2511.00002', '2511.00001']],
    ['month=2025-11&sort=trending', ['2511.00001', '2511.00003', '2511.00002']],
    ['month=2025-11&sort=trending&limit=1&p=1', ['2511.00003']],
    ['month=2025-11&week=2025-W46', ['2511.00003']],
    ['month=2025-11&date=2024-01-01', []],
    ['month=2025-01', ['2501.12948']],
    ['date=2025-11-03&p=100', []],
    ['p=1&limit=2', ['2511.00002', '2511.00001']],
    ['sort=trending&limit=2', ['2511.00001', '2511.00003']],
    ['submitter=akhaliq', []],
  ])('lists %s', async (parameters, ids) => {
    expect(idsOf(await list(`/api/daily_papers?${parameters}`))).toEqual(ids);
  });

  it('gives 50 of the newest unless asked otherwise, and exactly as many as asked for', async () => {
    expect(await list('/api/daily_papers')).toHaveLength(50);
    expect(await list('/api/daily_papers?limit=10')).toHaveLength(10);
  });

  it.each([
    'date=2025-13-40',
    'date=today',
    'week=2025-W54',
    'month=2025-13',
    'limit=101',
    'p=-1',
    'sort=votes',
  ])('refuses %s', async (parameters) => {
    const { ask } = await startHouse();
    expect((await ask(`/api/daily_papers?${parameters}`)).status).toBe(400);
  });
});
