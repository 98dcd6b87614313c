/** A program that asks a server and one that has the index itself get the same. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClosableSearch, openSearch } from '../../src/cli/opening.ts';
import type { PaperSearch } from '../../src/client/paper-search.ts';
import { PharosClient } from '../../src/client/pharos-client.ts';
import type { RelatedInput, SearchInput } from '../../src/client/requests.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { openPharos } from '../../src/library/open-pharos.ts';
import type { Pharos } from '../../src/library/pharos.ts';
import { quietIo } from '../../src/library/quiet-io.ts';
import { startTestServer } from '../api/test-server.ts';

const index = mkdtempSync(join(tmpdir(), 'pharos-same-'));
let library: Pharos;
let search: ClosableSearch;

beforeAll(async () => {
  library = await openPharos({ index, model: 'hashing', create: true });
  await library.addFiles(['data/sample.jsonl']);
  const { settings } = resolveSettings({ flags: { index } });
  search = await openSearch({ io: quietIo(), settings });
}, 60_000);

afterAll(async () => {
  await search.close();
  await library.close();
  rmSync(index, { recursive: true, force: true });
});

/** Asks the library, and a client of a server that lives as long as the test. */
async function bothOf<T>(ask: (papers: PaperSearch) => Promise<T>): Promise<readonly [T, T]> {
  const { url } = await startTestServer({ engine: search.reader, searcher: search.searcher });
  const client = new PharosClient({ url });
  return [withoutTime(await ask(library)), withoutTime(await ask(client))];
}

function withoutTime<T>(answer: T): T {
  const isAnswer = typeof answer === 'object' && answer !== null && 'tookMs' in answer;
  return isAnswer ? { ...answer, tookMs: 0 } : answer;
}

const QUESTIONS: readonly SearchInput[] = [
  { q: 'how do transformers attend', limit: 5, explain: true },
  { q: 'author:hinton year:2006..2015', facets: ['year', 'category'], facetLimit: 2 },
  {
    q: 'black holes',
    from: '1970',
    to: '1999',
    category: ['hep-th', 'gr-qc'],
    mode: 'keyword',
    sort: 'date',
  },
  { q: 'netwroks that lern', diversity: 0.4, fold: false, has: ['doi'] },
];

it.each(QUESTIONS)('for the question $q', async (question) => {
  const [here, there] = await bothOf((papers) => papers.search(question));
  expect(here.hits.length).toBeGreaterThan(0);
  expect(here).toEqual(there);
});

const RELATIONS: readonly RelatedInput[] = [
  { positive: ['1706.03762'], limit: 4 },
  { text: 'Deep networks with skip connections', negative: ['arXiv:1706.03762v2', { text: 'translation' }] },
];

it.each(RELATIONS)('for related work %#', async (relation) => {
  const [here, there] = await bothOf((papers) => papers.related(relation));
  expect(here.hits.length).toBeGreaterThan(0);
  expect(here).toEqual(there);
});

it('for whole lists, suggestions, papers, and what is refused', async () => {
  const everyId = async (papers: PaperSearch) => {
    const ids = [];
    for await (const { paper } of papers.searchAll({ q: 'learning', limit: 20 })) ids.push(paper.id);
    return ids;
  };
  const [all, same] = await bothOf(everyId);
  expect(all.length).toBeGreaterThan(40);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(same);

  const [suggested, alike] = await bothOf((papers) => papers.suggest({ q: 'hint', limit: 4 }));
  expect(suggested.suggestions.length).toBeGreaterThan(0);
  expect(suggested).toEqual(alike);

  const [paper, copy] = await bothOf((papers) => papers.get('10.1007/BF02345020'));
  expect(paper?.title).toMatch(/black holes/i);
  expect(paper).toEqual(copy);

  const refused = (papers: PaperSearch) =>
    papers.related({ positive: ['2401.99999'] }).catch(({ code, issues }) => [code, issues.length]);
  expect(await bothOf(refused)).toEqual(Array(2).fill(['PAPER_NOT_FOUND', 1]));
  const wrong = (papers: PaperSearch) =>
    papers.search({ q: 'x', limit: 0, from: 'then' }).catch(({ code, issues }) => [code, issues]);
  const [here, there] = await bothOf(wrong);
  expect(here).toEqual(there);
});
