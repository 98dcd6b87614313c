import { describe, expect, it } from 'vitest';
import { startTestServer } from './test-server.ts';

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { readonly message: string; readonly pointer: string }[];
}

async function refusalOf(path: string): Promise<Refusal> {
  const { ask, searcher } = await startTestServer();
  const response = await ask(path);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(searcher.searches).toEqual([]);
  const problem = (await response.json()) as Refusal;
  expect(problem.status).toBe(response.status);
  return problem;
}

async function bodyRefusalOf(body: unknown, path = '/api/v1/search'): Promise<Refusal> {
  const { post, searcher } = await startTestServer();
  const response = await post(path, body);
  expect(searcher.searches).toEqual([]);
  return (await response.json()) as Refusal;
}

describe('a query string', () => {
  it.each([
    ['limit=0', 'limit must be at least 1, not 0'],
    ['limit=101', 'limit must be at most 100, not 101'],
    ['limit=ten', 'limit must be a whole number, not "ten"'],
    ['limit=1.5', 'limit must be a whole number, not "1.5"'],
    ['limit=1e1', 'limit must be a whole number, not "1e1"'],
    ['limit=99999999999999999999', 'limit must be at most 9007199254740991, not 100000000000000000000'],
    ['diversity=2', 'diversity must be at most 1, not 2'],
    ['diversity=-.5', 'diversity must be at least 0, not -0.5'],
    ['diversity=much', 'diversity must be a number from 0 to 1, not "much"'],
    ['passage=best', 'passage must be one of words, semantic, not "best"'],
    ['explain=yes', 'explain must be true or false, not "yes"'],
    ['offset=-1', 'offset must be at least 0, not -1'],
    ['offset=10001', 'offset must be at most 10000, not 10001'],
    ['offset=9999&limit=2', 'offset is too deep: offset and limit together reach at most 10000'],
    ['mode=lexical', 'mode must be one of hybrid, semantic, keyword, not "lexical"'],
    ['from=2017-13', 'from must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD'],
    ['to=2023-02-29', 'to must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD'],
    ['from=2020&to=2019', 'from must not be after to'],
    ['limt=5', '"limt" is not known here (did you mean limit?)'],
    ['categories=cs', '"categories" is not known here (did you mean category?)'],
    ['limit=5&limit=6', 'limit is given 2 times'],
    ['limit[]=5', '"limit[]" is not known here (did you mean limit?)'],
    ['author=%00', 'author[0] must not hold NUL characters or halves of characters'],
    ['venue=%ff', 'venue is not valid percent-encoded UTF-8'],
    ['venue=100%', 'venue is not valid percent-encoded UTF-8'],
    ['%zz=1', '%zz is not valid percent-encoded UTF-8'],
  ])('refuses %s', async (parameters, message) => {
    const problem = await refusalOf(`/api/v1/search?q=a&${parameters}`);
    expect(problem).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
    expect(problem.errors.map((issue) => issue.message)).toContain(message);
    expect(problem.detail).toContain(message);
  });

  it.each(['', '?q=', '?q=%20%09', '?limit=5'])('says that the question is empty: %s', async (query) => {
    const problem = await refusalOf(`/api/v1/search${query}`);
    expect(problem).toMatchObject({ status: 400, code: 'QUERY_EMPTY', errors: [{ pointer: 'q' }] });
  });

  it('refuses a second question', async () => {
    const problem = await refusalOf('/api/v1/search?q=a&q=b');
    expect(problem.errors).toEqual([{ message: 'q is given 2 times', pointer: 'q' }]);
  });

  it.each(['q[a]=1', 'q[]=1', '__proto__=1', 'constructor=1', 'q.toString=1'])(
    'gives no meaning to %s',
    async (parameter) => {
      const problem = await refusalOf(`/api/v1/search?q=a&${parameter}`);
      expect(problem.code).toBe('INPUT_INVALID');
      expect(problem.errors[0]?.pointer).toBe(parameter.split('=')[0]);
    },
  );

  it('refuses a question of 4,001 characters', async () => {
    const problem = await refusalOf(`/api/v1/search?q=${'a'.repeat(4_001)}`);
    expect(problem).toMatchObject({ status: 400, code: 'INPUT_INVALID', errors: [{ pointer: 'q' }] });
    expect(problem.detail.length).toBeLessThan(300);
  });

  it('names everything that is wrong at once', async () => {
    const problem = await refusalOf('/api/v1/search?limit=0&offset=x&mode=best&form=2020&q=%00');
    expect(problem.errors.map((issue) => issue.pointer).sort()).toEqual([
      'form',
      'limit',
      'mode',
      'offset',
      'q',
    ]);
  });

  it('does not repeat thousands of problems', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `x${index}=1`).join('&');
    const problem = await refusalOf(`/api/v1/search?q=a&${many}`);
    expect(problem.errors).toHaveLength(20);
    expect(problem.detail).toContain('and 2980 more');
  });

  it('lists the names there are when none is near', async () => {
    const problem = await refusalOf('/api/v1/search?q=a&zzzzzz=1');
    expect(problem.detail).toContain('there are q, mode, limit, offset, from, to, category, author, venue');
  });

  it.each(['/api/v1/status?x=1', '/api/v1?x=1'])(
    'refuses parameters where none are taken: %s',
    async (path) => {
      expect((await refusalOf(path)).detail).toContain('takes no parameters');
    },
  );
});

describe('a JSON body', () => {
  it.each([
    [{ q: 5 }, '/q', 'q must be a text, not 5'],
    [{ q: ['a'] }, '/q', 'q must be a text, not a list'],
    [{ q: { a: 1 } }, '/q', 'q must be a text, not an object'],
    [{ q: 'a', limit: '5' }, '/limit', 'limit must be a whole number, not "5"'],
    [{ q: 'a', limit: 2.5 }, '/limit', 'limit must be a whole number, not 2.5'],
    [{ q: 'a', limit: null }, '/limit', 'limit must be a whole number, not null'],
    [{ q: 'a', category: ['cs', 5] }, '/category/1', 'category[1] must be a text, not 5'],
    [{ q: 'a', category: { a: 1 } }, '/category/0', 'category[0] must be a text, not an object'],
    [{ q: 'a', category: Array(51).fill('cs') }, '/category', 'category must have at most 50 values, not 51'],
    [{ q: 'a', author: [''] }, '/author/0', 'author[0] is empty'],
    [{ q: 'a', 'a/b~c': 1 }, '/a~1b~0c', '"a/b~c" is not known here'],
    [{ q: 'a', query: 1 }, '/query', '"query" is not known here'],
    [{ q: 'a\u0000b' }, '/q', 'q must not hold NUL characters or halves of characters'],
    ['{"q":"\\ud800"}', '/q', 'q must not hold NUL characters or halves of characters'],
    ['{"q":"a","__proto__":{"limit":1}}', '/__proto__', '"__proto__" is not known here'],
    ['{"q":"a","constructor":{"prototype":{}}}', '/constructor', '"constructor" is not known here'],
  ])('refuses %j', async (body, pointer, message) => {
    const problem = await bodyRefusalOf(body);
    expect(problem).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
    expect(problem.errors).toHaveLength(1);
    expect(problem.errors[0]?.pointer).toBe(pointer);
    expect(problem.errors[0]?.message).toContain(message);
  });

  it.each([{}, { q: '' }, { q: ' \n' }, { limit: 3 }])(
    'says that the question is empty: %j',
    async (body) => {
      expect(await bodyRefusalOf(body)).toMatchObject({ code: 'QUERY_EMPTY', errors: [{ pointer: '/q' }] });
    },
  );

  it.each(['{', '[]', '"q"', 'null', '5', '{"q":"a"} {}', "{'q':'a'}"])(
    'is refused when it is not a JSON object: %s',
    async (body) => {
      expect(await bodyRefusalOf(body)).toMatchObject({ status: 400, code: 'BODY_INVALID' });
    },
  );

  it('is refused as another type', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1/search', { method: 'POST', body: 'q=a' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'BODY_INVALID',
      detail: 'There is no body of type application/json.',
    });
  });

  it('is refused when there is none', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1/search', { method: 'POST' });
    expect(await response.json()).toMatchObject({
      code: 'BODY_INVALID',
      detail: 'There is no body of type application/json.',
    });
  });

  it.each([
    ['compressed', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, '{"q":"a"}'],
    ['in another charset', { 'content-type': 'application/json; charset=latin1' }, '{"q":"a"}'],
    [
      'in UTF-16',
      { 'content-type': 'application/json; charset=utf-16le' },
      Buffer.from('{"q":"a"}', 'utf16le'),
    ],
    ['in broken UTF-8', { 'content-type': 'application/json' }, Buffer.from('{"q":"\xff"}', 'latin1')],
  ])('is refused when it is %s', async (_, headers, body) => {
    const { ask, searcher } = await startTestServer();
    const response = await ask('/api/v1/search', { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'BODY_INVALID' });
    expect(searcher.searches).toEqual([]);
  });

  it('leaves no room for parameters beside it', async () => {
    const { post } = await startTestServer();
    const response = await post('/api/v1/search?limit=3', { q: 'a' });
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: 'limit' }] });
  });

  it('is refused above the limit, and read below it', async () => {
    const { post } = await startTestServer({}, { bodyLimitBytes: 1_000 });
    const response = await post('/api/v1/search', { q: 'a'.repeat(1_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      code: 'BODY_TOO_LARGE',
      detail: expect.stringContaining('1000'),
    });
    expect((await post('/api/v1/search', { q: 'a'.repeat(900) })).status).toBe(200);
  });
});
