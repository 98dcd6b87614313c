/** A question is answered alike at every door: the same papers in the same order as by the native API. */
import { afterAll, expect, it } from 'vitest';
import { removeFolders } from '../engine/embedded/temporary-index.ts';
import { closeHouse, startHouse } from './house.ts';

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

const QUESTIONS = [
  'why do deep networks need skip connections',
  'Attention is all you need',
  '1706.03762',
  'author:hawking black holes',
  '"black holes" -hawking',
  'year:2014..2016 category:cs.LG optimisation',
  'netwroks that learn',
  'related:1706.03762 speech',
  'Alan Turing',
  'Q&A systems',
];

/** Bodies of any door: lists of things that hold a paper's id. */
type Listed = readonly Record<string, unknown>[];

it.each(QUESTIONS)('asked %s', async (question) => {
  const { json } = await startHouse();
  const q = encodeURIComponent(question);
  const native = await json(`/api/v1/search?q=${q}&limit=60`);
  const ids = (native.hits as { paper: { id: string } }[]).map(({ paper }) => paper.id);
  expect(ids.length).toBeGreaterThan(0);
  const huggingFace = (await json(`/api/papers/search?q=${q}&limit=60`)) as unknown as Listed;
  expect(huggingFace.map(({ id }) => id)).toEqual(ids);
  const found = await json(`/graph/v1/paper/search?query=${q}&limit=60`);
  expect(found.data.map(({ paperId }) => paperId)).toEqual(ids);
  expect(found.total).toBe(native.total);
  const pages = await Promise.all(
    [0, 25, 50].map((offset) => json(`/graph/v1/paper/search?query=${q}&limit=25&offset=${offset}`)),
  );
  expect(pages.flatMap(({ data }) => data.map(({ paperId }) => paperId)).slice(0, 60)).toEqual(ids);
  const snippets = await json(`/graph/v1/snippet/search?query=${q}&limit=60`);
  expect(snippets.data.map(({ paper }) => (paper as { corpusId: string }).corpusId)).toEqual(ids);
});

it.each(['1706.03762', 'hep-th/9711200', '10.1098/rspa.1927.0118'])('related to %s', async (id) => {
  const { json, post } = await startHouse();
  const native = await json(`/api/v1/papers/${id}/related?limit=40`);
  const ids = (native.hits as { paper: { id: string } }[]).map(({ paper }) => paper.id);
  const { recommendedPapers } = await json(`/recommendations/v1/papers/forpaper/${id}?limit=40`);
  expect((recommendedPapers as Listed).map(({ paperId }) => paperId)).toEqual(ids);
  const lists = { positivePaperIds: [id, '2511.00001'], negativePaperIds: ['1810.04805'] };
  const both = { positive: lists.positivePaperIds, negative: lists.negativePaperIds, limit: 40 };
  const related = (await (await post('/api/v1/related', both)).json()) as {
    hits: { paper: { id: string } }[];
  };
  const answered = await post('/recommendations/v1/papers/?limit=40', lists);
  const recommended = ((await answered.json()) as { recommendedPapers: Listed }).recommendedPapers;
  expect(recommended.map(({ paperId }) => paperId)).toEqual(related.hits.map(({ paper }) => paper.id));
});
