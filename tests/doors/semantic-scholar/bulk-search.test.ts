import { expect, it } from 'vitest';
import { HashingEmbedder } from '../../../src/embed/hashing-embedder.ts';
import { ExactEngine } from '../../../src/engine/exact/exact-engine.ts';
import { Searcher } from '../../../src/search/searcher.ts';
import { startTestServer } from '../../api/test-server.ts';
import { makePaper } from '../../engine/fixtures.ts';
import type { Answer } from '../house.ts';

const PAPERS = Array.from({ length: 2_300 }, (_, at) =>
  makePaper({
    id: `p${String(at).padStart(4, '0')}`,
    title: at % 2 === 0 ? 'Even lamps' : 'Odd lamps',
    published: `${1900 + (at % 100)}-03-04`,
  }),
);
const BULK = '/graph/v1/paper/search/bulk';

async function startMany() {
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  await engine.upsert(PAPERS.map((paper) => ({ paper })));
  const { ask } = await startTestServer({ engine, searcher: new Searcher({ engine, embedder }) });
  const page = async (parameters: string) => (await (await ask(`${BULK}?${parameters}`)).json()) as Answer;
  return { engine, page, ask };
}

it.each(['', 'sort=paperId:desc', 'sort=publicationDate', 'sort=publicationDate:desc', 'query=even+lamps'])(
  'gives a thousand at a time, and all in the end: %s',
  async (parameters) => {
    const { page } = await startMany();
    const sizes: number[] = [];
    const ids: unknown[] = [];
    let token: unknown;
    do {
      const found = await page(`${parameters}${token === undefined ? '' : `&token=${token}`}`);
      sizes.push(found.data.length);
      ids.push(...found.data.map(({ paperId }) => paperId));
      token = found.token;
      expect(found.total).toBe(parameters.startsWith('query') ? 1_150 : 2_300);
    } while (token !== undefined);
    expect(sizes).toEqual(parameters.startsWith('query') ? [1_000, 150] : [1_000, 1_000, 300]);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

it('loses and repeats nothing by id while papers come and go', async () => {
  const { engine, page } = await startMany();
  const first = await page('');
  await engine.remove(['p0000', 'p0999']);
  await engine.upsert([{ paper: makePaper({ id: 'p0000-a' }) }]);
  const second = await page(`token=${first.token}`);
  expect([first.data.at(-1)?.paperId, second.data[0]?.paperId]).toEqual(['p0999', 'p1000']);
});

it('refuses the token of another search', async () => {
  const { page, ask } = await startMany();
  const { token } = await page('query=lamps');
  for (const other of ['query=odd', 'query=lamps&sort=publicationDate', 'query=lamps&year=1950']) {
    expect((await ask(`${BULK}?${other}&token=${token}`)).status).toBe(400);
  }
  expect((await ask(`${BULK}?query=lamps&fields=year&token=${token}`)).status).toBe(200);
});
