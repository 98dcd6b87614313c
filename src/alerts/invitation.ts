/**
 * A search, or the list of what is read now, that somebody wants to be told of by mail, before the owner of the address has said yes. Nothing of it is
 * kept: the link in the mail that asks carries it, signed, so that whoever types other people's addresses into a
 * form leaves no trace and makes no alert.
 */
import { hash } from 'node:crypto';
import type { Filter } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import type { Mode } from '../search/request.ts';
import type { ListName } from './alert.ts';
import { type AlertRequest, completeAlert } from './alert-request.ts';
import { readSignedToken, signedToken } from './signed-token.ts';

export interface Invitation {
  readonly address: string;
  /** Empty where a list is followed. */
  readonly question: string;
  readonly list?: ListName;
  readonly mode: Mode;
  readonly filter: Filter;
  readonly every: 'day' | 'week';
}

interface Signing {
  readonly key: string;
  readonly nowMs: number;
}

const PURPOSE = 'invitation';
const PATIENCE_MS = 7 * 86_400_000;
/** As JSON, in UTF-16 units: longer links break in mails. */
const MAX_LENGTH = 1_200;
const DIGEST_LENGTH = 12;

/** The alert that a yes makes. INPUT_INVALID and QUERY_EMPTY as `completeAlert`, and for a search too long for a link. */
export function alertOf(invitation: Invitation): AlertRequest & { readonly id: string } {
  const content = JSON.stringify(invitation);
  if (content.length > MAX_LENGTH) {
    const message = 'The search is too long to be followed by mail';
    throw new AppError('INPUT_INVALID', {
      message,
      remedy: 'Shorten it, or follow its feed.',
      issues: [{ message, pointer: 'q' }],
    });
  }
  const { address, question, list, mode, filter, every } = invitation;
  const request = {
    ...{ question, mode, filter, every, targets: [`mail:${address}`], isByForm: true },
    ...(list !== undefined && { list }),
  };
  // The same search for the same address is the same alert, however often it is asked for.
  const id = `${completeAlert(request).id}-${hash('sha256', content, 'hex').slice(0, DIGEST_LENGTH)}`;
  return { ...request, id };
}

export function invitationToken(invitation: Invitation, { key, nowMs }: Signing): string {
  return signedToken(PURPOSE, { invitation, untilMs: nowMs + PATIENCE_MS }, key);
}

/** Undefined for what was not signed with this key, or more than seven days ago. */
export function readInvitation(token: string, { key, nowMs }: Signing): Invitation | undefined {
  const content = readSignedToken(PURPOSE, token, key);
  if (content === undefined) return undefined;
  const { invitation, untilMs } = content as { invitation: Invitation; untilMs: number };
  return nowMs < untilMs ? invitation : undefined;
}
