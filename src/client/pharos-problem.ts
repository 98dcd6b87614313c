/** What an answer that is none becomes: one error, to be told apart by its code. */
import type { FaultIssue } from '../fault/app-error.ts';
import type { FaultCode } from '../fault/codes.ts';

/**
 * A code of docs/errors.md, or one of the client's own: UNREACHABLE where there was no answer, ANSWER_UNREADABLE where
 * it is not one of Pharos, such as the page of a proxy. A later Pharos may know codes that this one does not.
 */
export type ProblemCode = FaultCode | 'UNREACHABLE' | 'ANSWER_UNREADABLE' | (string & {});

export interface ProblemDetails {
  readonly code: ProblemCode;
  readonly message: string;
  readonly status?: number | undefined;
  readonly title?: string | undefined;
  readonly remedy?: string | undefined;
  readonly issues?: readonly FaultIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

export class PharosProblem extends Error {
  override readonly name = 'PharosProblem';
  /** Decide by this one; texts may change. */
  readonly code: ProblemCode;
  /** Of HTTP; undefined where there was no answer. */
  readonly status: number | undefined;
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Everything that is wrong with the input, each with its place. */
  readonly issues: readonly FaultIssue[];
  /** Under which the log of the server tells more. */
  readonly requestId: string | undefined;
  /** When to ask again, where the server said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(details: ProblemDetails, options: { readonly cause?: unknown } = {}) {
    super(details.message, options);
    this.code = details.code;
    this.status = details.status;
    this.title = details.title ?? details.message;
    this.remedy = details.remedy ?? '';
    this.issues = details.issues ?? [];
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
