import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startTestServer } from './test-server.ts';

const PARAMETERS = [
  'q',
  'mode',
  'limit',
  'offset',
  'from',
  'to',
  'category',
  'author',
  'venue',
  'text',
  'positive',
];
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PARAMETERS) },
  fc.string({ unit: 'binary' }),
);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer().map(String),
  fc.constantFrom('hybrid', '2017', '2017-02-30', '1e3', 'null', '[]'),
);
/** What may stand in the first line of a request without being escaped, and much that should have been. */
const target = fc.string({ unit: fc.constantFrom(...'abq=&?%/.:;[]+#%2F%00%ff\\"<>{}|^`~é') });

describe('whatever is sent', () => {
  it('is answered or refused: query strings', async () => {
    const { ask } = await startTestServer();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 6 }), async (pairs) => {
        const { status } = await ask(`/api/v1/search?${new URLSearchParams(pairs)}`);
        expect([200, 400]).toContain(status);
      }),
    );
  });

  it('is answered or refused: bodies', async () => {
    const { post } = await startTestServer();
    const path = fc.constantFrom('/api/v1/search', '/api/v1/related');
    const body = fc.dictionary(name, fc.oneof(value, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.oneof(
          fc.string(),
          fc.json(),
          body.map((json) => JSON.stringify(json)),
        ),
        async (to, text) => {
          const response = await post(to, text);
          expect([200, 400, 404]).toContain(response.status);
        },
      ),
    );
  });

  it('is answered or refused: addresses', async () => {
    const { raw, log } = await startTestServer();
    const place = fc.constantFrom('/', '/api/v1/search?', '/api/v1/papers/', '/api/v1/papers/a/related?');
    await fc.assert(
      fc.asyncProperty(place, target, async (start, rest) => {
        const answer = await raw(
          `GET ${start}${rest} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        );
        expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404|405) /);
      }),
    );
    expect(log().filter(({ msg }) => msg === 'request failed')).toEqual([]);
  });
});
