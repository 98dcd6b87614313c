/**
 * The one error type that crosses rooms. Anything else that is thrown is a defect of ours and is
 * shown as INTERNAL.
 */
import { FAULTS, type FaultCode } from './codes.ts';

/** One thing wrong with an input. `pointer` is a JSON pointer, a parameter name or a `file:line`. */
export interface FaultIssue {
  readonly message: string;
  readonly pointer: string;
}

export interface FaultDetails {
  /** What happened, in one sentence that names the thing and the place. */
  readonly message?: string;
  /** Overrides the table's remedy where the caller knows a better one. */
  readonly remedy?: string;
  readonly issues?: readonly FaultIssue[];
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: FaultCode;
  readonly title: string;
  readonly remedy: string;
  readonly issues: readonly FaultIssue[];

  constructor(code: FaultCode, details: FaultDetails = {}, options: { cause?: unknown } = {}) {
    super(details.message ?? FAULTS[code].title, options);
    this.code = code;
    this.title = FAULTS[code].title;
    this.remedy = details.remedy ?? FAULTS[code].remedy;
    this.issues = details.issues ?? [];
  }
}

/** True for an AppError, optionally one of the given codes. */
export function isAppError(error: unknown, ...codes: readonly FaultCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}
