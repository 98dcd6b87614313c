/**
 * The only place where an error code becomes an HTTP status. An answer is an RFC 9457 problem with `error`,
 * `message` and `errors` beside it, because the clients of other services read those names.
 */
import type { AppError, FaultIssue } from '../fault/app-error.ts';
import { FAULTS, type FaultCode } from '../fault/codes.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const STATUS: Record<FaultCode, number> = {
  ALERT_NOT_FOUND: 404,
  ALERTS_BUSY: 503,
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  CROSS_SITE: 403,
  DELIVERY_FAILED: 502,
  DISK_FULL: 507,
  FORMAT_UNKNOWN: 500,
  HOST_NOT_ALLOWED: 403,
  INDEX_DAMAGED: 500,
  INDEX_INCOMPATIBLE: 500,
  INDEX_LOCKED: 503,
  INDEX_MISSING: 503,
  INPUT_INVALID: 400,
  INTERNAL: 500,
  INTERRUPTED: 503,
  JOB_NOT_FOUND: 404,
  KEY_NOT_FOUND: 404,
  KEY_REQUIRED: 401,
  KEY_UNKNOWN: 401,
  LIBRARY_DAMAGED: 500,
  LOCAL_ONLY: 403,
  MAP_UNAVAILABLE: 404,
  METHOD_NOT_ALLOWED: 405,
  MODEL_FAILED: 500,
  MODEL_FETCH_FAILED: 503,
  MODEL_MISSING: 503,
  PAPER_NOT_FOUND: 404,
  QUERY_EMPTY: 400,
  RATE_LIMITED: 429,
  ROUTE_NOT_FOUND: 404,
  ROW_INVALID: 500,
  SCOPE_TOO_SMALL: 403,
  SEARCH_NOT_FOUND: 404,
  SERVER_BUSY: 503,
  SERVER_FAILED: 502,
  SERVER_NOT_READY: 503,
  SETTINGS_INVALID: 500,
  SOURCE_FAILED: 502,
  SOURCE_UNREADABLE: 500,
  TIMEOUT: 503,
  VECTORS_MISMATCH: 500,
};

/** Faults of the server whose message was written for callers. The others may name files of the machine. */
const SPOKEN: ReadonlySet<FaultCode> = new Set(['SERVER_BUSY', 'SERVER_NOT_READY', 'TIMEOUT']);

export interface Problem {
  /** A name, not an address: `urn:pharos:error:` and the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: FaultCode;
  /** The same as `detail`. */
  readonly error: string;
  /** The same as `detail`. */
  readonly message: string;
  readonly errors: readonly FaultIssue[];
  readonly remedy: string;
  readonly requestId: string;
}

/** True where the cause is the server's own, so that only the log may tell it in full. */
export function isConfidential(code: FaultCode): boolean {
  return STATUS[code] >= 500 && !SPOKEN.has(code);
}

/** Of a confidential fault nothing is told but what the table says. */
export function toProblem(error: AppError, requestId: string): Problem {
  const { code, title } = error;
  const confidential = isConfidential(code);
  const detail = confidential ? title : error.message;
  return {
    type: `urn:pharos:error:${code}`,
    title,
    status: STATUS[code],
    detail,
    code,
    error: detail,
    message: detail,
    errors: confidential ? [] : error.issues,
    remedy: confidential ? FAULTS[code].remedy : error.remedy,
    requestId,
  };
}
