/** The arxiv package of Python, unmodified, over the papers of the sample. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { SearchAnswer } from '../../../src/search/answer.ts';
import { samplePapers, startHouseOf } from '../../api/sample-server.ts';
import { FEED_PYTHON, runPython, WITHOUT_PYTHON } from '../../feeds/run-python.ts';

const SCRIPT = resolve(import.meta.dirname, '../../../scripts/arxiv-client.py');
const SAMPLE = await samplePapers();
const NAME = FEED_PYTHON ? '' : ` (skipped: ${WITHOUT_PYTHON})`;

interface Result {
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
}

type Outcome = readonly Result[] | { readonly error: string; readonly status: number };

it.skipIf(!FEED_PYTHON)(`the Python client finds, pages, sorts and filters${NAME}`, async () => {
  const { url, ask } = await startHouseOf(SAMPLE);
  const searches = [
    { query: 'dark matter', max_results: null, page_size: 90 },
    { query: 'au:vaswani AND ti:"attention is all you need"' },
    { query: 'cat:cs.CL OR cat:hep-th', max_results: null, page_size: 25, sort_by: 'submittedDate' },
    { query: 'cat:cs.CL AND submittedDate:[201701010000 TO 201812312359]', sort_order: 'ascending' },
    { id_list: ['hep-th/9711200v1', '1706.03762', '9999.99999'] },
    { id_list: ['10.1103/physrev.47.777'] },
    { query: 'no:such thing zzzz', max_results: 3 },
    { query: 'ti:(a' },
    { id_list: ['abc'] },
  ];
  const lines = (await runPython([SCRIPT, url], JSON.stringify(searches))).trim().split('\n');
  const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
  const results = (at: number): readonly Result[] => {
    const outcome = outcomes[at];
    expect(Array.isArray(outcome)).toBe(true);
    return outcome as readonly Result[];
  };
  const native = (await (
    await ask('/api/v1/search?q=dark+matter&limit=100&fold=false')
  ).json()) as SearchAnswer;
  expect(results(0)).toHaveLength(native.total);
  expect(
    results(0)
      .slice(0, 100)
      .map(({ title }) => title),
  ).toEqual(native.hits.map(({ paper }) => paper.title));
  const [attention] = SAMPLE.filter(({ id }) => id === '1706.03762');
  expect(results(1)).toEqual([
    {
      id: '1706.03762v1',
      title: 'Attention Is All You Need',
      summary: attention?.abstract,
      authors: attention?.authors,
      published: '2017-06-12T00:00:00+00:00',
      updated: '2017-06-12T00:00:00+00:00',
      primary: 'cs.CL',
      categories: attention?.categories,
      doi: attention?.doi ?? null,
      comment: null,
      journal: null,
      pdf: 'https://arxiv.org/pdf/1706.03762v1',
    },
  ]);
  const either = SAMPLE.filter(
    ({ categories }) => categories.includes('cs.CL') || categories.includes('hep-th'),
  );
  expect(results(2)).toHaveLength(either.length);
  const dates = results(2).map(({ published }) => published);
  expect(dates).toEqual(dates.toSorted().toReversed());
  expect(results(3).map(({ published }) => published.slice(0, 4))).toEqual(['2017', '2017', '2018']);
  expect(results(4).map(({ id }) => id)).toEqual(['hep-th/9711200v1', '1706.03762v1']);
  expect(results(5).map(({ id }) => id)).toEqual(['https://doi.org/10.1103/physrev.47.777']);
  expect(results(6).length).toBeLessThanOrEqual(3);
  expect(outcomes.slice(7)).toEqual([
    { error: 'HTTPError', status: 400 },
    { error: 'HTTPError', status: 400 },
  ]);
});

it.skipIf(!FEED_PYTHON)(`the example of the document prints what it says${NAME}`, async () => {
  const { url } = await startHouseOf(SAMPLE);
  const document = await readFile('docs/clients.md', 'utf8');
  const [, program = '', printed = ''] =
    /```python\n(import arxiv[\s\S]*?)```\s*```text\n([\s\S]*?)```/.exec(document) ?? [];
  expect(await runPython(['-c', program.replaceAll('http://127.0.0.1:7433', url)])).toBe(printed);
});
