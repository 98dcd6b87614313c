/** What a server and the process that writes for it say to each other. Each request has an id; bodies come in pieces. */
import type { BodyFormat, RowAnswer } from '../api/writing-desk.ts';
import type { Settings } from '../config/settings.ts';
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import type { FaultCode } from '../fault/codes.ts';
import type { AddReport } from '../indexer/add-report.ts';

export type ToWriter =
  /** Comes first, and once. */
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'add'; readonly id: string; readonly format: BodyFormat }
  /** Answered by `taken` when there is room for the next. */
  | { readonly kind: 'piece'; readonly id: string; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly id: string }
  /** The body broke off. */
  | { readonly kind: 'broken'; readonly id: string }
  | { readonly kind: 'remove'; readonly id: string; readonly ids: readonly string[] }
  | { readonly kind: 'stop' };

export type FromWriter =
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'rows'; readonly id: string; readonly rows: readonly RowAnswer[] }
  | { readonly kind: 'stored'; readonly id: string; readonly report: AddReport }
  | { readonly kind: 'removed'; readonly id: string }
  | {
      readonly kind: 'progress';
      readonly ids: readonly string[];
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'embedded'; readonly ids: readonly string[] }
  | { readonly kind: 'failed'; readonly ids: readonly string[]; readonly fault: SentFault };

/** An AppError on its way between processes. */
export interface SentFault {
  readonly code: FaultCode;
  readonly message: string;
  readonly remedy: string;
  readonly issues: readonly FaultIssue[];
}

export function sentFault(error: unknown): SentFault {
  const known =
    error instanceof AppError
      ? error
      : new AppError('INTERNAL', { message: error instanceof Error ? (error.stack ?? '') : String(error) });
  const { code, message, remedy, issues } = known;
  return { code, message, remedy, issues };
}

export function asFault({ code, ...details }: SentFault): AppError {
  return new AppError(code, details);
}
