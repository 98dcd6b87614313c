/** How an error is told on the command line: one line, what else was wrong, and what to do about it. */
import { AppError } from '../fault/app-error.ts';
import { asDiskFull } from '../indexer/disk-full.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';

export interface Failure {
  readonly exitCode: ExitCode;
  /** Complete lines, the last line feed included. */
  readonly text: string;
}

export interface FailureOptions {
  /** Adds the stack trace and the causes. */
  readonly debug: boolean;
}

export function describeFailure(error: unknown, { debug }: FailureOptions): Failure {
  const fault = asAppError(error);
  const lines = [`pharos: ${oneLine(fault.message)}`];
  // With a single issue the message is that issue.
  if (fault.issues.length > 1) lines.push(...fault.issues.map(({ message }) => `  ${message}`));
  lines.push(`hint: ${oneLine(fault.remedy)}`);
  if (debug) lines.push(...traces(error));
  return { exitCode: exitCodeOf(fault.code), text: `${lines.join('\n')}\n` };
}

function asAppError(error: unknown): AppError {
  const known = asDiskFull(error);
  if (known instanceof AppError) return known;
  const message = known instanceof Error ? `${known.name}: ${known.message}` : String(known);
  return new AppError('INTERNAL', { message: `something went wrong: ${message}` }, { cause: error });
}

function oneLine(sentence: string): string {
  return sentence.replace(/\s+/g, ' ').trim();
}

function traces(error: unknown): string[] {
  const lines: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    lines.push(`${lines.length === 0 ? '' : 'caused by '}${cause.stack ?? cause.message}`);
  }
  return lines;
}
