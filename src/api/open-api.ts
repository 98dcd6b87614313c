/**
 * The description of the API (OpenAPI 3.1), made from the routes and from the schemas that validate what they take, so
 * that there is nothing beside the code that could say something else.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import * as bodies from './answer-schemas.ts';
import { toProblem } from './problem.ts';
import type { Route } from './route.ts';

export type Schema = Readonly<Record<string, unknown>>;

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Schema>>;
}

/** The parts that many answers share, by the names they have in the description. */
const SHARED = {
  Paper: bodies.paperBody,
  Hit: bodies.hitBody,
  SearchAnswer: bodies.searchBody,
  AnySearchAnswer: bodies.anySearchBody,
  CslItems: bodies.cslBody,
  Problem: bodies.problemBody,
};

const INTRODUCTION = `Search for research papers, on your own machine. Everything is in UTF-8; errors are problem
documents with a \`code\` and a \`remedy\`. Papers come in several forms: name one with \`format\` or in the \`Accept\`
header. The [guide](/docs/api.md) says more.`;

const PAPER_ID =
  'An arXiv id, a DOI, an ACL id or the address of any of them. Slashes may stand as they are.';

/** The groups of addresses, the first that fits. */
const TAGS: readonly (readonly [RegExp, string])[] = [
  [/\/library/, 'Library'],
  [/\/(?:search|suggest|related|facets)/, 'Questions'],
  [/\/(?:papers|cite)/, 'Papers'],
  [/\/(?:recommend|daily|trending|calendar|alerts)/, 'What is new'],
  [/./, 'Service'],
];

/** Routes that do not say what they answer are left out. */
export function describeApi(routes: readonly Route[]): OpenApi {
  const described = routes.filter(({ answers }) => answers !== undefined);
  const names = nameAnswers(described);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of described) {
    paths[route.address] = { ...paths[route.address], [route.method]: operation(route, names) };
  }
  return {
    openapi: '3.1.1',
    ...{ info: { title: 'Pharos', version: version(), description: INTRODUCTION }, servers: [{ url: '/' }] },
    tags: TAGS.map(([, name]) => ({ name })),
    paths,
    components: { schemas: schemasOf(names), responses: RESPONSES },
  } as OpenApi;
}

const RESPONSES = {
  Problem: problem(
    'What was wrong, and what to do about it.',
    new AppError('INPUT_INVALID', {
      message: 'limit must be at most 100.',
      issues: [{ message: 'limit must be at most 100', pointer: 'limit' }],
    }),
  ),
  Failure: problem('The server cannot answer now.', new AppError('SERVER_BUSY')),
  Unchanged: { description: 'The answer is still the one of the ETag in If-None-Match.' },
};

function problem(description: string, error: AppError) {
  const schema = { $ref: '#/components/schemas/Problem' };
  return {
    description,
    content: { 'application/problem+json': { schema, example: toProblem(error, 'a1b2c3d4') } },
  };
}

type AnswerNames = z.core.$ZodRegistry<{ id: string }>;

/** An answer that several routes share has the name of the first. */
function nameAnswers(routes: readonly Route[]): AnswerNames {
  const names: AnswerNames = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SHARED)) names.add(schema, { id });
  for (const route of routes) {
    for (const schema of Object.values(route.answers ?? {})) {
      const isNamed = names.has(schema) || schema instanceof z.ZodString;
      if (!isNamed) names.add(schema, { id: `${capital(operationId(route))}Answer` });
    }
  }
  return names;
}

function schemasOf(names: AnswerNames): Record<string, Schema> {
  const { schemas } = z.toJSONSchema(names, { uri: refTo, io: 'output' });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function operation(route: Route, names: AnswerNames): Operation {
  const { method, address, summary, example } = route;
  const path = address.includes('{id}') ? [idParameter(address, example?.id)] : [];
  const hasBody = method === 'post' || method === 'put';
  const responses = {
    [String(route.status ?? 200)]: { description: 'The answer.', content: contentOf(route, names) },
    ...(method === 'get' && { '304': { $ref: '#/components/responses/Unchanged' } }),
    '4XX': { $ref: '#/components/responses/Problem' },
    '5XX': { $ref: '#/components/responses/Failure' },
  };
  const parameters = [...path, ...(hasBody ? [] : queryParameters(route))];
  return {
    operationId: operationId(route),
    ...{ summary, tags: [tagOf(address)] },
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: requestBody(route) }),
    responses,
  };
}

interface Content {
  readonly schema: Schema;
  readonly example?: unknown;
}

function contentOf({ answers = {}, example }: Route, names: AnswerNames): Record<string, Content> {
  const entries = Object.entries(answers).map(([type, answer]) => {
    const name = names.get(answer)?.id;
    const schema = name === undefined ? { type: 'string' } : { $ref: refTo(name) };
    const shown = example?.answers?.[type];
    return [type, { schema, ...(shown !== undefined && { example: shown }) }] as const;
  });
  return Object.fromEntries(entries);
}

function idParameter(address: string, example: string | undefined) {
  // A dot alone is a step in a path, and never gets here.
  const schema = { type: 'string', minLength: 1, pattern: '[^./\\s]' };
  const description = address.includes('/papers/') ? PAPER_ID : 'Its name.';
  const place = { name: 'id', in: 'path', required: true };
  return { ...place, description, schema, ...(example !== undefined && { example }) };
}

function queryParameters({ input, example }: Route) {
  const { properties = {}, required = [] } = inputSchema(input);
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Schema;
    const value = example?.input?.[name];
    return {
      ...{ name, in: 'query', description, required: required.includes(name) },
      // Forms send what was left empty.
      ...(!required.includes(name) && { allowEmptyValue: true }),
      ...{ schema: rest, ...(value !== undefined && { example: value }) },
    };
  });
}

function requestBody({ input, bodies, example }: Route) {
  if (bodies) {
    const content = Object.entries(bodies).map(([type, body]) => {
      const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input' });
      return [type, { schema, ...(example?.body !== undefined && { example: example.body }) }];
    });
    return { required: true, content: Object.fromEntries(content) };
  }
  const { $schema: _, ...schema } = inputSchema(input);
  const content = { schema, ...(example?.input && { example: example.input }) };
  return { required: true, content: { 'application/json': content } };
}

function inputSchema(input: z.ZodObject) {
  return z.toJSONSchema(input, { io: 'input' });
}

/** `get /api/v1/papers/{id}/cite` is `getPapersIdCite`. */
function operationId({ method, address }: Route): string {
  const words = address.replace('/api/v1', '').match(/\w+/g) ?? ['addresses'];
  return method + words.map(capital).join('');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function tagOf(address: string): string {
  return TAGS.find(([pattern]) => pattern.test(address))?.[1] ?? '';
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
