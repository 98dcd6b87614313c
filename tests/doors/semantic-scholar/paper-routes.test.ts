/** Papers and recommendations as semanticscholar 0.12 asks for them; the client itself is run by client.test.ts. */
import { afterAll, describe, expect, it } from 'vitest';
import { PAPER_FIELDS } from '../../../src/doors/semantic-scholar/field-names.ts';
import { AppError } from '../../../src/fault/app-error.ts';
import type { FaultCode } from '../../../src/fault/codes.ts';
import { startTestServer } from '../../api/test-server.ts';
import { removeFolders } from '../../engine/embedded/temporary-index.ts';
import { type Answer, closeHouse, PAPERS, startHouse } from '../house.ts';
import { answer, GRAPH, refusal } from './ask.ts';

const RECOMMENDED = '/recommendations/v1/papers';

afterAll(async () => {
  await closeHouse();
  await removeFolders();
});

describe('GET /graph/v1/paper/{id}', () => {
  it.each([
    ['1706.03762', '1706.03762'],
    ['ARXIV:1706.03762v3', '1706.03762'],
    ['arxiv:hep-th/9711200', 'hep-th/9711200'],
    ['hep-th/9711200', 'hep-th/9711200'],
    ['10.1098/rspa.1927.0118', '10.1098/rspa.1927.0118'],
    ['DOI:10.1098/RSPA.1927.0118', '10.1098/rspa.1927.0118'],
    ['DOI:10.48550/arXiv.1706.03762', '1706.03762'],
    ['ACL:W12-3903', 'W12-3903'],
    ['PMID:19872477', 'pmid:19872477'],
    ['CorpusId:lecture-1', 'lecture-1'],
    ['URL:https://arxiv.org/abs/1706.03762v1', '1706.03762'],
    ['URL:https://aclanthology.org/W12-3903/', 'W12-3903'],
    ['URL:https://www.biorxiv.org/content/10.1098/rspa.1927.0118v2.full', '10.1098/rspa.1927.0118'],
    ['lecture-1', 'lecture-1'],
  ])('finds %s', async (reference, paperId) => {
    const title = PAPERS.find(({ id }) => id === paperId)?.title;
    expect(await answer(`${GRAPH}/${reference}`)).toEqual({ paperId, title });
  });

  it.each([
    '649def34f8be52c8b66281af98ae884c09aef38b',
    'CorpusId:215416146',
    'MAG:112218234',
    'PMCID:2323736',
  ])('says that there is no %s', async (reference) => {
    expect(await refusal(`${GRAPH}/${reference}`)).toEqual([404, `Paper with id ${reference} not found`]);
  });

  it('gives all that is known, and null for what is not', async () => {
    expect(await answer(`${GRAPH}/W12-3903?fields=${PAPER_FIELDS.join(',')}`)).toEqual({
      paperId: 'W12-3903',
      corpusId: null,
      externalIds: { ACL: 'W12-3903' },
      url: null,
      title: 'Anthologies of ladders',
      abstract: 'Ladders and outflow.',
      venue: 'Workshop on Ladders',
      publicationVenue: {
        ...{ id: null, name: 'Workshop on Ladders', type: null, alternate_names: [], url: null },
      },
      year: 2012,
      referenceCount: null,
      citationCount: null,
      influentialCitationCount: null,
      isOpenAccess: true,
      openAccessPdf: {
        ...{ url: 'https://aclanthology.org/W12-3903.pdf', status: null, license: null, disclaimer: null },
      },
      fieldsOfStudy: null,
      s2FieldsOfStudy: [],
      publicationTypes: null,
      publicationDate: null,
      journal: null,
      citationStyles: { bibtex: expect.stringMatching(/^@\w+\{yak2012[\s\S]*Workshop on Ladders/) },
      authors: ['Cem Yak', 'Dee Emu', 'Eva Gnu'].map((name) => ({ authorId: null, name })),
      citations: [],
      references: [],
      embedding: null,
      tldr: null,
      textAvailability: 'abstract',
    });
  });

  it('gives a date only where the day is known', async () => {
    const dateOf = async (id: string) =>
      (await answer(`${GRAPH}/${id}?fields=publicationDate,year`)) as object;
    expect(await dateOf('2511.00001')).toMatchObject({ publicationDate: '2025-11-03', year: 2025 });
    expect(await dateOf('lecture-2')).toMatchObject({ publicationDate: null, year: 2025 });
    expect(await dateOf('lecture-1')).toMatchObject({ publicationDate: null, year: null });
  });

  it('takes parts of fields', async () => {
    const fields = 'authors.hIndex,authors.affiliations,citations.authors.name,embedding.specter_v2';
    expect(await answer(`${GRAPH}/2511.00002?fields=${fields}`)).toEqual({
      ...{ paperId: '2511.00002', authors: [], citations: [], embedding: null },
    });
    const { authors } = await answer(`${GRAPH}/2511.00001?fields=${fields}`);
    expect(authors).toContainEqual({ authorId: null, name: 'Ada Fox', hIndex: null, affiliations: [] });
  });

  it('tells citations, references and authors from ids', async () => {
    expect(await answer(`${GRAPH}/hep-th/9711200/citations?fields=title,contexts`)).toEqual({
      offset: 0,
      data: [],
    });
    expect(await answer(`${GRAPH}/10.1098/rspa.1927.0118/references?offset=3`)).toEqual({
      offset: 3,
      data: [],
    });
    expect(await answer(`${GRAPH}/ACL:W12-3903/authors?limit=2&fields=name,affiliations`)).toEqual({
      offset: 0,
      next: 2,
      data: ['Cem Yak', 'Dee Emu'].map((name) => ({ authorId: null, name, affiliations: [] })),
    });
    expect((await refusal(`${GRAPH}/2401.99999/citations`))[0]).toBe(404);
  });
});

describe('POST /graph/v1/paper/batch', () => {
  it('keeps the order, with null for what is unknown', async () => {
    const { post } = await startHouse();
    const ids = ['ARXIV:2511.00002', 'CorpusId:1', 'lecture-1', 'arxiv:2511.00002'];
    const answered = await post(`${GRAPH}/batch?fields=externalIds`, { ids });
    const lamp = {
      paperId: '2511.00002',
      externalIds: { ArXiv: '2511.00002', DOI: '10.48550/arXiv.2511.00002' },
    };
    expect(await answered.json()).toEqual([lamp, null, { paperId: 'lecture-1', externalIds: {} }, lamp]);
  });

  it.each([
    [{ ids: [] }, 'ids must have at least 1'],
    [{ ids: Array(501).fill('a') }, 'ids must have at most 500'],
    [{ ids: 'a', more: 1 }, '"more" is not known here'],
    [[], 'The body must be a JSON object'],
  ])('refuses %j', async (body, words) => {
    const { post } = await startHouse();
    const answered = await post(`${GRAPH}/batch`, body);
    expect(answered.status).toBe(400);
    expect(await answered.json()).toMatchObject({ error: expect.stringContaining(words) });
  });
});

describe('recommendations', () => {
  it('are the work around a paper, as many as are asked for', async () => {
    const { json } = await startHouse();
    const asked = `${RECOMMENDED}/forpaper/ARXIV:1706.03762?from=recent&fields=title&limit=120`;
    const { recommendedPapers } = await json(asked);
    expect(recommendedPapers).toHaveLength(120);
    expect((recommendedPapers as Answer[]).map(({ paperId }) => paperId)).not.toContain('1706.03762');
  });

  it('are the work around lists too, with a slash at the end or without', async () => {
    const { post } = await startHouse();
    const body = {
      positivePaperIds: ['1706.03762', 'ARXIV:1810.04805'],
      negativePaperIds: ['hep-th/9711200'],
    };
    const first = await (await post(`${RECOMMENDED}/?limit=5`, body)).json();
    expect((first as Answer).recommendedPapers).toHaveLength(5);
    expect(await (await post(`${RECOMMENDED}?limit=5`, body)).json()).toEqual(first);
    const none = { positivePaperIds: ['1706.03762'], negativePaperIds: null };
    expect((await post(`${RECOMMENDED}/`, none)).status).toBe(200);
  });

  it('say which papers are not there', async () => {
    const { post } = await startHouse();
    const asked = await post(RECOMMENDED, { positivePaperIds: ['1706.03762', 'x'], negativePaperIds: ['y'] });
    expect([asked.status, await asked.json()]).toEqual([
      404,
      expect.objectContaining({ error: 'Input papers not found: x, y' }),
    ]);
    expect((await refusal(`${RECOMMENDED}/forpaper/x`))[0]).toBe(404);
    expect((await refusal(`${RECOMMENDED}/forpaper/1706.03762?from=old`))[0]).toBe(400);
    expect((await refusal(`${RECOMMENDED}/forpaper/1706.03762?limit=501`))[0]).toBe(400);
  });
});

describe('the statuses of this door', () => {
  it.each<[FaultCode, number]>([
    ['TIMEOUT', 504],
    ['INDEX_MISSING', 504],
    ['INTERNAL', 500],
    ['INPUT_INVALID', 400],
  ])('are those that its clients raise errors for: %s', async (code, status) => {
    const { ask, searcher } = await startTestServer();
    searcher.answer = async () => {
      throw new AppError(code);
    };
    const response = await ask(`${GRAPH}/search?query=a`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      status,
      error: expect.any(String),
      message: expect.any(String),
    });
  });

  it('have none for a method that an address does not take', async () => {
    const { ask } = await startTestServer();
    expect((await ask(`${GRAPH}/batch`)).status).toBe(400);
    expect((await ask(`${GRAPH}/search`, { method: 'DELETE' })).status).toBe(400);
  });
});
