import { describe, expect, it } from 'vitest';
import { routesOf } from '../../src/api/create-app.ts';
import { EXAMPLE_PAPERS } from '../../src/api/example-papers.ts';
import { describeApi, type OpenApi } from '../../src/api/open-api.ts';
import { searchRoutes } from '../../src/api/search-routes.ts';
import { addressesRoute } from '../../src/api/service-routes.ts';
import { Contract } from './contract.ts';
import { samplePapers, startHouseOf } from './sample-server.ts';
import { startTestServer } from './test-server.ts';

async function description(): Promise<OpenApi> {
  const { ask } = await startTestServer();
  return (await (await ask('/openapi.json')).json()) as OpenApi;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly example: unknown } } };
}

function operationsOf({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ address, method, operation })),
  );
}

function requestOf(
  { address, method }: { readonly address: string; readonly method: string },
  { parameters = [], requestBody }: Described,
): [string, RequestInit] {
  const [id] = parameters.filter((parameter) => parameter.in === 'path');
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.example !== undefined)
    .flatMap(({ name, example }) =>
      [example].flat().map((value) => `${name}=${encodeURIComponent(String(value))}`),
    );
  const path = `${address.replace('{id}', encodeURIComponent(String(id?.example)))}?${query.join('&')}`;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(requestBody?.content['application/json'].example);
  return [path, { method: method.toUpperCase(), ...(requestBody && { headers, body }) }];
}

describe('/openapi.json', () => {
  it('describes every address of the API with its parameters', async () => {
    const { ask } = await startTestServer();
    const { addresses } = (await (await ask('/api/v1')).json()) as {
      addresses: { method: string; address: string; parameters: string[] }[];
    };
    const contract = new Contract(await description());
    for (const { method, address, parameters } of addresses) {
      if (!address.startsWith('/api/v1')) continue;
      const operation = contract.operationOf(method, address) as Described | undefined;
      expect(operation, `${method} ${address} says what it answers`).toBeDefined();
      const named = operation?.parameters
        ?.filter(({ in: place }) => place === 'query')
        .map(({ name }) => name);
      if (!['POST', 'PUT'].includes(method)) expect(named ?? []).toEqual(parameters);
      else expect(operation?.requestBody).toBeDefined();
    }
  });

  it('points nowhere in vain, and names nothing twice', async () => {
    const whole = await description();
    const refs = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of new Set(refs)) {
      const target = ref
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], whole);
      expect(target, ref).toBeDefined();
    }
    const ids = operationsOf(whole).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives examples that a server with the sample answers as it says', async () => {
    const { ask } = await startHouseOf(await samplePapers());
    const operations = operationsOf(await description());
    expect(operations.length).toBeGreaterThan(12);
    for (const { address, method, operation } of operations) {
      const [path, init] = requestOf({ address, method }, operation as Described);
      // Every answer is held to the description by `ask`.
      // There is no job of that id, and no map.
      const isMissing = /\/jobs\/\{id\}|\/map(?:\/points)?$/.test(address);
      const good = Object.keys(operation.responses).find((status) => status.startsWith('2'));
      expect((await ask(path, init)).status, path).toBe(isMissing ? 404 : Number(good));
    }
  });

  it('says what each parameter may be, as the server checks it', async () => {
    const [get] = operationsOf(describeApi(searchRoutes));
    const { parameters = [] } = (get?.operation ?? {}) as Described;
    expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({
      ...{ in: 'query', required: false, description: 'How many hits.' },
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
    expect(parameters.find(({ name }) => name === 'q')).toMatchObject({
      ...{ required: true, example: 'how do transformers attend' },
    });
  });
});

describe('the examples of answers', () => {
  type Parts = Parameters<typeof routesOf>[0];

  interface Shown {
    readonly schema: object;
    readonly example?: unknown;
  }

  interface Answers {
    readonly content?: Readonly<Record<string, Shown>>;
  }

  /** Whatever has a shape that its type alone does not show. Lines of JSON are a text. */
  const isShaped = (type: string) => /json$|event-stream$|bibtex$/.test(type) && !/ndjson$/.test(type);
  const shapedIn = ({ content = {} }: Answers) => Object.entries(content).filter(([type]) => isShaped(type));
  /** All that a server may have; the compiler asks for what is new. */
  const parts = { alerts: {}, desk: {}, shelves: {} } satisfies Record<keyof Parts, object>;
  const routes = routesOf(parts as unknown as Parts);
  const everyRoute = describeApi([addressesRoute(routes), ...routes]);
  const answers = operationsOf(everyRoute).flatMap(({ address, method, operation }) =>
    Object.values(operation.responses).flatMap((response) =>
      shapedIn(response as Answers).map(([type, shown]) => ({ name: `${method} ${address} ${type}`, shown })),
    ),
  );

  const contract = new Contract(everyRoute);
  /** Those whose request names fields. */
  const SPARSE = /^(?:post \/api\/v1\/search|get \/api\/v1\/papers) /;

  it.each(answers)('are of the schema, and whole: $name', ({ name, shown: { schema, example } }) => {
    expect(example).toBeDefined();
    contract.validate(schema, example);
    const [, component = ''] = /schemas\/(.+)"/.exec(JSON.stringify(schema)) ?? [];
    const { anyOf: [whole] = [] } = (everyRoute.components.schemas[component] ?? {}) as { anyOf?: object[] };
    if (whole && !SPARSE.test(name)) contract.validate(whole, example);
  });

  it('are of every route, and of problems', () => {
    const shaped = operationsOf(everyRoute).filter(({ address }) => address !== '/api/v1/map/points');
    for (const { method, address } of shaped) {
      expect(
        answers.some(({ name }) => name.startsWith(`${method} ${address} `)),
        address,
      ).toBe(true);
    }
    const { responses } = everyRoute.components as unknown as { responses: Record<string, Answers> };
    const problems = Object.values(responses).flatMap(shapedIn);
    expect(problems.length).toBe(2);
    for (const [, { schema, example }] of problems) contract.validate(schema, example);
  });

  it('are of papers of the sample', async () => {
    const sample = await samplePapers();
    for (const paper of EXAMPLE_PAPERS) expect(sample).toContainEqual(paper);
  });
});

describe('a contract', () => {
  it('is broken by an answer that says too much or too little', async () => {
    const contract = new Contract(await description());
    const check = (body: unknown, path = '/api/v1/papers/x') =>
      contract.check('GET', path, Response.json(body));
    const paper = { id: 'x', title: 'X', abstract: '', authors: [], categories: [] };
    await check(paper);
    await expect(check({ ...paper, secret: 1 })).rejects.toThrow();
    await expect(check({ title: 'X' })).rejects.toThrow();
    await expect(check([], '/api/v1/search?q=a')).rejects.toThrow();
    await expect(contract.check('GET', '/api/v1/search?q=a', new Response('<p>'))).rejects.toThrow();
  });
});

describe('what there is to read', () => {
  it('is a page that loads nothing from elsewhere', async () => {
    const { ask } = await startTestServer();
    const page = await ask('/docs/api');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const text = await page.text();
    const addresses = [...text.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)].map(
      ([, address = '']) => address,
    );
    expect(addresses).toContain('/docs/api/reference.js');
    for (const address of addresses) {
      expect(address).toMatch(/^\//);
      expect((await ask(address)).status, address).toBe(200);
    }
  });

  it('is a guide for language models, whose links lead somewhere', async () => {
    const { ask } = await startTestServer();
    const guide = await (await ask('/llms.txt')).text();
    expect(guide).toMatch(/^# Pharos\n\n> /);
    const links = [...guide.matchAll(/\]\((\/[^)]+)\)/g)].map(([, link = '']) => link);
    expect(links).toContain('/docs/query-language.md');
    for (const link of links.filter((link) => /\.(?:md|json)$/.test(link))) {
      expect((await ask(link)).status, link).toBe(200);
    }
  });

  it.each([
    '/docs/nothing.md',
    '/docs/..%2Fpackage.json',
    '/docs/%2e%2e%2fREADME.md',
    '/docs/quality.json',
    '/docs/',
  ])('is not %s', async (path) => {
    const { ask } = await startTestServer();
    expect((await ask(path)).status).toBe(404);
  });
});
