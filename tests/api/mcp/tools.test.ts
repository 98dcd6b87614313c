/** The tools, as the SDK's own client sees them over HTTP. */
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv-provider.js';
import type { JsonSchemaType } from '@modelcontextprotocol/sdk/validation/types.js';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import type { SearchAnswer } from '../../../src/search/answer.ts';
import { startTestServer } from '../test-server.ts';
import { connect, startMcpHouse } from './mcp-house.ts';

const NAMES = ['search_papers', 'related_papers', 'get_paper', 'export_citations', 'search', 'fetch'];
const GOOD: Readonly<Record<string, object>> = {
  search_papers: { query: 'x', limit: 25, from: '2019', category: ['cs.CL'], has: ['code'], sort: 'date' },
  related_papers: { papers: ['x'], not: ['y'] },
  get_paper: { id: 'x' },
  export_citations: { ids: ['x'], format: 'text', style: 'apa' },
  search: { query: 'x' },
  fetch: { id: 'x' },
};
const QUESTIONS = [
  'why do deep networks need skip connections',
  'how do black holes lose information',
  'protein structure from sequence',
  'attention',
  'author:hinton',
  'randomised trials of vaccines in large populations',
  'the cost of sorting',
  'language models',
];

const idsIn = (text: string) => JSON.parse(text).hits.map(({ id }: Paper) => id);

describe('tools/list', () => {
  it('lists six tools that only read and refuse what they do not know', async () => {
    const { client } = await startMcpHouse([]);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(NAMES);
    for (const { name, annotations, inputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      const isValid = new AjvJsonSchemaValidator().getValidator(inputSchema as JsonSchemaType);
      expect(isValid({ ...GOOD[name] })).toMatchObject({ valid: true });
      expect(isValid({ ...GOOD[name], surprise: 1 })).toMatchObject({ valid: false });
    }
    expect(countTokens(JSON.stringify(tools))).toBeLessThan(1_800);
  });
});

describe('search_papers', () => {
  it('answers five hits in under 1,000 tokens', async () => {
    const { call } = await startMcpHouse();
    for (const query of QUESTIONS) {
      const { text } = await call('search_papers', { query });
      expect(idsIn(text)).toHaveLength(5);
      expect(countTokens(text)).toBeLessThan(1_000);
    }
  });

  it.each([
    [
      'prose',
      'Nomenclature is reconsidered by interdisciplinary consortia and ',
      'Maximiliane von Hohenlohe-',
    ],
    [
      'formulas',
      'of $\\mathcal{H}_{\\alpha}^{(2)} \\otimes \\xi_{i,j}$ at 3.1415\\% ',
      'O\'Brien-Ng\\"{u}yen ',
    ],
    ['Chinese', '我们重新审视命名法并且提出新的方法', '欧阳修远'],
    ['Russian', 'мы рассматриваем номенклатуру и предлагаем новый метод ', 'Достоевский-'],
  ])('does so where all papers are long %s', async (_what, words, name) => {
    const subjects = ['astronomers', 'butterflies', 'cathedrals', 'dinosaurs', 'earthquakes', 'fermentation'];
    const long = subjects.map(
      (subject, at): Paper => ({
        id: `10.1234/journal.of.long.names.${at}`,
        title: `Nomenclature, ${subject}: ${words.repeat(40)}`,
        abstract: `Nomenclature ${`${words}${subject} `.repeat(60)}.`,
        authors: Array.from({ length: 300 }, (_, person) => `${subject} ${person} ${name.repeat(20)}`),
        venue: `Proceedings ${words.repeat(10)}`,
        categories: ['physics.comp-ph'],
        published: '2020-01-01',
      }),
    );
    const { call } = await startMcpHouse(long);
    const { text } = await call('search_papers', { query: 'nomenclature' });
    expect(idsIn(text)).toHaveLength(5);
    expect(countTokens(text)).toBeLessThan(1_000);
  });

  it('answers in the order of the native API, page by page', async () => {
    const { server, call } = await startMcpHouse();
    for (const query of QUESTIONS) {
      const native = await server.ask(`/api/v1/search?limit=10&q=${encodeURIComponent(query)}`);
      const { hits } = (await native.json()) as SearchAnswer;
      const first = (await call('search_papers', { query })).text;
      const { next: cursor } = JSON.parse(first);
      const second = cursor && (await call('search_papers', { query, cursor })).text;
      const ids = [...idsIn(first), ...(second ? idsIn(second) : [])];
      expect(ids).toEqual(hits.map(({ paper }) => paper.id));
    }
  });

  it('narrows and sorts', async () => {
    const { call } = await startMcpHouse();
    const { text } = await call('search_papers', {
      ...{ query: 'networks', from: '2015', to: '2016', category: 'cs.CV', sort: 'oldest', limit: 25 },
    });
    const { hits } = JSON.parse(text) as { hits: { published: string }[] };
    const dates = hits.map(({ published }) => published);
    expect(dates.length).toBeGreaterThan(1);
    expect(dates).toEqual([...dates].sort());
    expect(dates.every((date) => /^201[56]/.test(date))).toBe(true);
  });

  it('takes null for what is left out, as some models write it', async () => {
    const { call } = await startMcpHouse();
    const { isError } = await call('search_papers', { query: 'networks', limit: null, category: null });
    expect(isError).toBe(false);
  });
});

describe('related_papers', () => {
  it('answers as the native API does, from ids, from a text, and away from others', async () => {
    const { server, call } = await startMcpHouse();
    const given = { papers: ['1706.03762'], not: ['1512.03385'], text: 'translation' };
    const { text } = await call('related_papers', given);
    const body = { positive: ['1706.03762'], negative: ['1512.03385'], text: ['translation'], limit: 5 };
    const { hits } = (await (await server.post('/api/v1/related', body)).json()) as SearchAnswer;
    expect(idsIn(text)).toEqual(hits.map(({ paper }) => paper.id));
    expect(idsIn(text)).not.toContain('1706.03762');
  });
});

describe('get_paper and export_citations', () => {
  it('tell everything of one paper, by any of its names', async () => {
    const { call } = await startMcpHouse();
    const { text } = await call('get_paper', { id: 'https://arxiv.org/abs/1706.03762v5' });
    const { abstract, ...paper } = JSON.parse(text);
    expect(paper).toMatchObject({
      ...{ id: '1706.03762', title: 'Attention Is All You Need', url: 'https://arxiv.org/abs/1706.03762' },
    });
    expect(paper.authors).toHaveLength(8);
    expect(abstract).toMatch(/^<quoted>Introduces the Transformer.+<\/quoted>$/);
  });

  it('write the references that the API writes', async () => {
    const { server, call } = await startMcpHouse();
    const ids = ['1706.03762', '1512.03385'];
    for (const manner of [{}, { format: 'ris' }, { format: 'text', style: 'vancouver' }]) {
      const { text } = await call('export_citations', { ids, ...manner });
      expect(text).toBe(await (await server.post('/api/v1/cite', { ids, ...manner })).text());
    }
  });
});

describe('search and fetch, for connectors', () => {
  it('answer ids, titles and addresses and nothing else', async () => {
    const { server, call } = await startMcpHouse();
    const { text } = await call('search', { query: 'attention' });
    const { results, ...others } = JSON.parse(text);
    expect(others).toEqual({});
    const native = await server.ask('/api/v1/search?q=attention');
    const { hits } = (await native.json()) as SearchAnswer;
    expect(results.map(({ id }: Paper) => id)).toEqual(hits.map(({ paper }) => paper.id));
    for (const result of results) {
      expect(Object.keys(result)).toEqual(['id', 'title', 'url']);
      expect(result.url).toMatch(/^https?:\/\/\S+$/);
      const fetched = JSON.parse((await call('fetch', { id: result.id })).text);
      expect(Object.keys(fetched)).toEqual(['id', 'title', 'text', 'url', 'metadata']);
      expect(fetched).toMatchObject(result);
      for (const value of Object.values(fetched.metadata)) expect(typeof value).toBe('string');
    }
  });

  it('give every paper an address, whatever it is named by', async () => {
    const bare = { abstract: '', authors: [], categories: [] };
    const { call } = await startMcpHouse([
      { ...bare, id: 'hep-th/9711200', title: 'Alpha one' },
      { ...bare, id: 'title:abc', title: 'Alpha two' },
      { ...bare, id: 'title:d/e', title: 'Alpha three', doi: '10.1000/(x)<y>' },
      { ...bare, id: 'P19-1001', title: 'Alpha four' },
      { ...bare, id: 'pmid:123', title: 'Alpha five' },
      { ...bare, id: 'x', title: 'Alpha six', url: 'https://example.org/x' },
    ]);
    const { results } = JSON.parse((await call('search', { query: 'alpha' })).text);
    expect(new Set(results.map(({ url }: { url: string }) => url))).toEqual(
      new Set([
        'https://arxiv.org/abs/hep-th/9711200',
        'paper://title:abc',
        'https://doi.org/10.1000/(x)%3Cy%3E',
        'https://aclanthology.org/P19-1001/',
        'https://pubmed.ncbi.nlm.nih.gov/123/',
        'https://example.org/x',
      ]),
    );
  });
});

describe('wrong arguments', () => {
  it.each([
    ['search_papers', {}, /query is missing/],
    ['search_papers', { query: ' ' }, /query is empty/],
    ['search_papers', { query: 'x', limt: 3 }, /"limt" is not known here \(did you mean limit\?\)/],
    ['search_papers', { query: 'x', limit: '3' }, /limit must be a whole number, not "3"/],
    ['search_papers', { query: 'x', limit: 26 }, /limit must be at most 25, not 26/],
    ['search_papers', { query: 'x', from: '2020', to: '2019' }, /from must not be after to/],
    ['search_papers', { query: 'x', cursor: 'nonsense' }, /cursor/],
    ['related_papers', {}, /needs papers or text/],
    ['related_papers', { papers: ['nope', '1706.03762', 'neither'] }, /"nope".+"neither"/],
    ['get_paper', { id: 'nope' }, /PAPER_NOT_FOUND.+"nope"/],
    ['export_citations', { ids: [] }, /ids must have at least 1 values/],
    ['export_citations', { ids: ['1706.03762'], style: 'apa' }, /A style goes with text and markdown/],
    ['fetch', { id: 'nope' }, /PAPER_NOT_FOUND/],
    ['search', { query: 'x', limit: 3 }, /"limit" is not known here/],
  ])('of %s: %j', async (name, given, message) => {
    const { call } = await startMcpHouse([
      { id: '1706.03762', title: 'Attention', abstract: '', authors: [], categories: [] },
    ]);
    const answer = await call(name, given);
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(message);
    expect(answer.text).toMatch(/\nWhat to do: \S/);
  });

  it('of a tool that is not there', async () => {
    const { call } = await startMcpHouse([]);
    await expect(call('searchpapers')).rejects.toThrow('did you mean search_papers?');
  });
});

describe('faults of the server', () => {
  it('keep to themselves what they would tell of the machine', async () => {
    const server = await startTestServer();
    server.searcher.answer = () => Promise.reject(new Error('/home/me/secret'));
    const { call } = await connect(server);
    const { isError, text } = await call('search_papers', { query: 'x' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^INTERNAL: /);
    expect(text).not.toContain('secret');
    expect(JSON.stringify(server.log())).toContain('secret');
  });

  it('say that the server is not ready', async () => {
    const readiness = { ready: false, reason: 'The model is loading.' };
    const { call } = await connect(await startTestServer({ readiness }));
    const { text } = await call('search_papers', { query: 'x' });
    expect(text).toMatch(/^SERVER_NOT_READY: The model is loading\./);
  });
});

describe('papers as resources', () => {
  it('are read by their address', async () => {
    const { client } = await startMcpHouse();
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(['paper://{+id}']);
    expect((await client.listResources()).resources).toEqual([]);
    for (const uri of ['paper://hep-th/9711200', 'paper://hep-th%2F9711200']) {
      const [content] = (await client.readResource({ uri })).contents;
      expect(content).toMatchObject({ uri: 'paper://hep-th/9711200', mimeType: 'application/json' });
      expect(JSON.parse((content as { text: string }).text).id).toBe('hep-th/9711200');
    }
  });

  it.each([
    ['paper://nope', -32_002],
    ['paper://', -32_602],
    ['paper://%zz', -32_602],
    ['file:///etc/passwd', -32_602],
  ])('are refused for %s', async (uri, code) => {
    const { client } = await startMcpHouse([]);
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code });
  });
});
