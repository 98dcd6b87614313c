import { describe, expect, it } from 'vitest';
import { completeAlert } from '../../src/alerts/alert-request.ts';
import { nextRunMs } from '../../src/alerts/schedule.ts';
import { AppError } from '../../src/fault/app-error.ts';

const TO = ['mail:me@example.org'];

function faultOf(request: Parameters<typeof completeAlert>[0]): AppError {
  try {
    completeAlert(request);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('completeAlert', () => {
  it('completes what is left out, and names the alert after its question', () => {
    expect(
      completeAlert({ question: 'Why do Gödel’s proofs work, and where do they not?', targets: TO }),
    ).toEqual({
      ...{ id: 'why-do-godel-s-proofs-work-and-where-do', mode: 'hybrid', filter: {}, every: 'day' },
      question: 'Why do Gödel’s proofs work, and where do they not?',
      ...{ minSimilarity: 0.4, targets: TO, limit: 25, backfill: 0 },
    });
    expect(completeAlert({ question: '图神经网络', targets: TO }).id).toBe('alert');
  });

  it('says everything that is wrong at once', () => {
    const fault = faultOf({
      ...{ question: 'q', id: 'Not/This', minSimilarity: 2, every: 'sometimes', limit: 0, backfill: 1.5 },
      targets: ['carrier-pigeon:home'],
    });
    expect(fault.issues.map(({ pointer }) => pointer).toSorted()).toEqual(
      ['backfill', 'every', 'id', 'limit', 'minSimilarity', 'to'].toSorted(),
    );
  });

  it.each([
    ...[
      'mail:',
      'mail:nobody',
      'mail:a@b@c',
      'mail:a@b.c, d@e.f',
      'mail:a@b.c\r\nBcc: x@y.z',
      'mail:A <a@b.c>',
    ],
    ...['webhook:ftp://example.org', 'webhook:example.org', 'webhook:https://user:pw@example.org/'],
    ...['file:news.jsonl', 'file:', 'news.jsonl', ''],
  ])('refuses to write to %j', (target) => {
    expect(faultOf({ question: 'q', targets: [target] })).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each(['* * * *', '* * * * * *', '99 * * * *', '0 0 30 2 *', 'DAY', ''])(
    'knows no schedule %j',
    (every) => {
      expect(faultOf({ question: 'q', targets: TO, every }).issues).toMatchObject([{ pointer: 'every' }]);
    },
  );

  it('wants a question and somebody to tell', () => {
    expect(faultOf({ question: ' ?! ', targets: TO }).code).toBe('QUERY_EMPTY');
    expect(faultOf({ question: 'q', targets: [] }).issues).toMatchObject([{ pointer: 'to' }]);
  });
});

describe('nextRunMs', () => {
  const at = (text: string) => new Date(text).getTime();

  it.each([
    ['hour', '2026-11-25T03:00:00', '2026-11-25T04:00:00'],
    ['hour', '2026-11-25T03:59:59', '2026-11-25T04:00:00'],
    ['day', '2026-11-25T03:00:00', '2026-11-26T00:00:00'],
    ['week', '2026-11-25T03:00:00', '2026-11-30T00:00:00'],
    ['0 7 * * 1-5', '2026-11-27T07:00:00', '2026-11-30T07:00:00'],
  ])('%s after %s is %s', (every, after, next) => {
    expect(nextRunMs(every, at(after))).toBe(at(next));
  });
});
