/** Holds answers to the description that the server gives of itself. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { OpenApi } from '../../src/api/open-api.ts';

const ORIGIN = 'https://pharos.test/openapi.json';
const PROBLEM = 'application/problem+json';

/** Beside a format there is always a pattern that says the same. */
const FORMATS = { 'date-time': true as const };

interface Content {
  readonly [type: string]: { readonly schema: object };
}

const PROBLEMS: Content = { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } };

export class Contract {
  readonly #description: OpenApi;
  readonly #ajv = new Ajv2020({ strict: true, allErrors: true, keywords: ['components'], formats: FORMATS });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(description: OpenApi) {
    this.#description = description;
    this.#ajv.addSchema(
      { $id: ORIGIN, components: description.components } as object,
      undefined,
      true,
      false,
    );
  }

  /** Undefined where the description has no such address and method. */
  operationOf(method: string, path: string) {
    const { pathname } = new URL(path, ORIGIN);
    const addresses = Object.keys(this.#description.paths).sort((a, b) => specificity(b) - specificity(a));
    const address = addresses.find((known) => patternOf(known).test(pathname));
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    return address === undefined ? undefined : this.#description.paths[address]?.[name];
  }

  /** Fails the test where the answer is none that was promised. The response can be read afterwards. */
  async check(method: string, path: string, response: Response): Promise<void> {
    if (method === 'OPTIONS' || response.status === 304 || response.status === 204) return;
    const operation = this.operationOf(method, path);
    const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? '';
    const isProblem = response.status >= 400;
    // A door has its own form of problem.
    if (operation === undefined && !(isProblem && type === PROBLEM)) return;
    const good = operation?.responses[String(response.status)] ?? operation?.responses['200'];
    const content: Content = isProblem ? PROBLEMS : (good?.content as Content);
    expect(Object.keys(content), `${method} ${path}`).toContain(type);
    // Events go on for as long as somebody reads them.
    if (method !== 'HEAD' && type !== 'text/event-stream')
      this.validate(content[type]?.schema ?? {}, await contentOf(type, response.clone()));
  }

  /** Fails the test where the value is not as a schema of the description has it. */
  validate(schema: object, value: unknown): void {
    const key = JSON.stringify(schema);
    const whole = JSON.parse(key.replaceAll('"#/components', `"${ORIGIN}#/components`));
    const validate = this.#validators.get(key) ?? this.#ajv.compile(whole);
    this.#validators.set(key, validate);
    validate(value);
    expect(validate.errors ?? [], JSON.stringify(value).slice(0, 300)).toEqual([]);
  }
}

/** Lines of JSON are a text. */
function contentOf(type: string, response: Response): Promise<unknown> {
  return /json$/.test(type) && !/ndjson$/.test(type) ? response.json() : response.text();
}

function specificity(address: string): number {
  return address.replaceAll('{id}', '').length + (address.includes('{id}') ? 0 : 1_000);
}

function patternOf(address: string): RegExp {
  return new RegExp(`^${address.replaceAll('.', '\\.').replace('{id}', '.+')}/?$`);
}
