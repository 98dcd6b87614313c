import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { describeFailure } from '../../src/cli/failure.ts';
import { AppError } from '../../src/fault/app-error.ts';

describe('describeFailure', () => {
  it('is one line and a hint', () => {
    const error = new AppError('INDEX_MISSING', { message: 'there is no index in x' });
    expect(describeFailure(error, { debug: false })).toEqual({
      exitCode: EXIT.FAILED,
      text: 'pharos: there is no index in x\nhint: Add papers first: `pharos add FILE`.\n',
    });
  });

  it('lists several issues, and not a single one twice', () => {
    const one = { pointer: 'a', message: 'a is wrong' };
    const single = new AppError('SETTINGS_INVALID', { message: 'a is wrong', issues: [one] });
    expect(describeFailure(single, { debug: false }).text.match(/a is wrong/g)).toHaveLength(1);
    const several = new AppError('SETTINGS_INVALID', {
      message: '2 settings',
      issues: [one, { ...one, message: 'b' }],
    });
    expect(describeFailure(several, { debug: false }).text).toContain(
      'pharos: 2 settings\n  a is wrong\n  b\nhint: ',
    );
  });

  it('shows the trace and the causes only for --debug', () => {
    const error = new AppError('MODEL_FAILED', {}, { cause: new Error('the weights are torn') });
    expect(describeFailure(error, { debug: false }).text).not.toContain('    at ');
    const { text } = describeFailure(error, { debug: true });
    expect(text).toContain('    at ');
    expect(text).toContain('caused by Error: the weights are torn');
  });

  it('calls an error nobody foresaw INTERNAL', () => {
    const failure = describeFailure(new TypeError('x is undefined'), { debug: false });
    expect(failure.exitCode).toBe(EXIT.FAILED);
    expect(failure.text).toContain('something went wrong: TypeError: x is undefined');
    expect(failure.text).toContain('--debug');
  });

  it('recognises a full disk behind other errors', () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const { text } = describeFailure(new Error('could not write', { cause: full }), { debug: false });
    expect(text).toContain('pharos: The disk is full: no space left on device');
  });
});
