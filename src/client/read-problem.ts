/** From a response that is not what was asked for to a problem: that of the server where it sent one. */
import type { FaultIssue } from '../fault/app-error.ts';
import { PharosProblem } from './pharos-problem.ts';

const SHOWN_LENGTH = 200;

type Fields = Readonly<Record<string, unknown>>;

/** `text` is the body of the response. */
export function readProblem(response: Response, text: string): PharosProblem {
  const body = objectIn(text);
  const retryAfterSeconds = secondsOf(response.headers.get('Retry-After'));
  const { status } = response;
  if (typeof body?.code !== 'string') return unreadable(response, text, retryAfterSeconds);
  return new PharosProblem({
    ...{ code: body.code, status, retryAfterSeconds },
    message: textOf(body.detail) ?? `The server answered ${status}`,
    title: textOf(body.title),
    remedy: textOf(body.remedy),
    issues: issuesOf(body.errors),
    requestId: textOf(body.requestId) ?? response.headers.get('X-Request-Id') ?? undefined,
  });
}

/** For an answer that should be JSON and is not, or an error that no Pharos writes. */
export function unreadable(response: Response, text: string, retryAfterSeconds?: number): PharosProblem {
  const shown = text.replace(/\s+/g, ' ').trim().slice(0, SHOWN_LENGTH);
  const { status, url } = response;
  return new PharosProblem({
    ...{ code: 'ANSWER_UNREADABLE', status, retryAfterSeconds },
    message: `${url} answered ${status} with what no Pharos writes${shown === '' ? '' : `: ${shown}`}`,
    remedy: 'Check that the address is that of a Pharos, and what the proxy before it does.',
  });
}

function objectIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    // Not a problem document; the caller says so.
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function issuesOf(value: unknown): FaultIssue[] {
  return Array.isArray(value)
    ? value.flatMap((issue: Partial<FaultIssue> | null) =>
        typeof issue?.message === 'string'
          ? [{ message: issue.message, pointer: textOf(issue.pointer) ?? '' }]
          : [],
      )
    : [];
}

/** Pharos sends whole seconds; a proxy may send a date, which is passed over. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
