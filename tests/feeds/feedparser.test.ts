/** Feeds of the server, read by the feedparser package of Python. */
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Paper } from '../../src/paper/paper.ts';
import { startHouseOf } from '../api/sample-server.ts';
import { FEED_PYTHON, runPython, WITHOUT_PYTHON } from './run-python.ts';

const SCRIPT = resolve(import.meta.dirname, '../../scripts/parse-feeds.py');
const NAME = FEED_PYTHON ? '' : ` (skipped: ${WITHOUT_PYTHON})`;

const PAPERS: readonly Paper[] = [
  {
    id: '2401.00001',
    title: 'Hostile </title><script>alert(1)</script> & "theory" ]]>',
    abstract: 'A theory of 1 < 2 & <b>more</b>.\u{B}\u{FFFE}',
    authors: ['Łukasz Kaiser', '<i>B</i>'],
    published: '2024-01-31',
    categories: ['cs.LG', 'a & b'],
  },
  { id: '10.1000/x', title: 'Theory', abstract: '', authors: [], published: '1999', categories: [] },
  { id: 'title:x', title: 'Theory of nothing', abstract: '', authors: [], categories: [] },
];

it.skipIf(!FEED_PYTHON)(`feedparser finds nothing wrong and reads what was meant${NAME}`, async () => {
  const { url } = await startHouseOf(PAPERS);
  const addresses = [
    'feeds/search.atom?q=theory',
    'feeds/search.rss?q=theory',
    'api/query?search_query=theory',
  ];
  const lines = (await runPython([SCRIPT, ...addresses.map((address) => `${url}/${address}`)]))
    .trim()
    .split('\n');
  const feeds = lines.map((line) => JSON.parse(line));
  expect(feeds.map(({ version, bozo, problem }) => [version, bozo, problem])).toEqual([
    ['atom10', false, ''],
    ['rss20', false, ''],
    ['atom10', false, ''],
  ]);
  const [atom, rss, arxiv] = feeds;
  expect([atom.again, rss.again]).toEqual([304, 304]);
  expect(atom.title).toBe('Pharos: theory');
  expect(atom.updated).toBe('2024-01-31T00:00:00Z');
  expect(atom.entries[0]).toEqual({
    id: 'https://arxiv.org/abs/2401.00001',
    title: PAPERS[0]?.title,
    summary: 'A theory of 1 < 2 & <b>more</b>.\u{FFFD}\u{FFFD}',
    link: 'https://arxiv.org/abs/2401.00001',
    published: '2024-01-31T00:00:00Z',
    authors: ['Łukasz Kaiser', '<i>B</i>'],
    tags: ['cs.LG', 'a & b'],
  });
  // The description of an item is HTML.
  expect(rss.entries[0].summary).toBe('A theory of 1 &lt; 2 &amp; &lt;b&gt;more&lt;/b&gt;.\u{FFFD}\u{FFFD}');
  expect(rss.entries[0].title).toBe(PAPERS[0]?.title);
  const ids = ['https://arxiv.org/abs/2401.00001', 'https://doi.org/10.1000/x', 'urn:pharos:paper:title%3Ax'];
  expect(atom.entries.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(rss.entries.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(arxiv.entries).toHaveLength(3);
});
