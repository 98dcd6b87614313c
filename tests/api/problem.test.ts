import { describe, expect, it } from 'vitest';
import { asAppError } from '../../src/api/as-app-error.ts';
import { isConfidential, toProblem } from '../../src/api/problem.ts';
import { AppError } from '../../src/fault/app-error.ts';
import { FAULTS, type FaultCode } from '../../src/fault/codes.ts';

const CODES = Object.keys(FAULTS) as FaultCode[];

describe('a problem', () => {
  it('is what RFC 9457 and the clients of other services read', () => {
    const issues = [{ message: 'limit must be at most 100, not 101', pointer: 'limit' }];
    const error = new AppError('INPUT_INVALID', { message: 'Too many.', issues, remedy: 'Ask for fewer.' });
    expect(toProblem(error, 'r-1')).toEqual({
      type: 'urn:pharos:error:INPUT_INVALID',
      title: FAULTS.INPUT_INVALID.title,
      status: 400,
      detail: 'Too many.',
      code: 'INPUT_INVALID',
      error: 'Too many.',
      message: 'Too many.',
      errors: issues,
      remedy: 'Ask for fewer.',
      requestId: 'r-1',
    });
  });

  it.each(CODES)('has an error status for %s', (code) => {
    const { status } = toProblem(new AppError(code), 'r');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it.each(CODES.filter(isConfidential))('tells nothing of the machine for %s', (code) => {
    const secret = '/home/ada/index';
    const issues = [{ message: secret, pointer: `${secret}:1` }];
    const error = new AppError(
      code,
      { message: secret, remedy: secret, issues },
      { cause: new Error(secret) },
    );
    expect(JSON.stringify(toProblem(error, 'r'))).not.toContain(secret);
  });

  it('tells why the server is not ready', () => {
    const error = new AppError('SERVER_NOT_READY', { message: 'The model is loading.' });
    expect(toProblem(error, 'r')).toMatchObject({ status: 503, detail: 'The model is loading.' });
  });
});

describe('an error of unknown origin', () => {
  it.each([new TypeError('x is not a function'), 'a string', undefined, { type: 'entity.parse.failed' }])(
    'is INTERNAL: %s',
    (thrown) => {
      const error = asAppError(thrown);
      expect(error.code).toBe('INTERNAL');
      expect(error.cause).toBe(thrown);
    },
  );
});
