/**
 * Cursors: where a reader stands in a list, as an opaque text that needs no state in the server. What stays the same
 * while papers come and go is the papers themselves and not their scores, which hang on how many papers there are and
 * how many hold a word. So a cursor names the papers that were listed, in a byte or two each, and the last docId there
 * was: a later page is what the list holds now, without those that were listed and those that came since. See
 * docs/decisions/cursors.md.
 */
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DocId } from '../engine/ranking.ts';
import { AppError } from '../fault/app-error.ts';

export interface Position {
  /** Hits listed so far. */
  readonly count: number;
  /** Papers with higher docIds came after the first page. */
  readonly lastDocId: DocId;
  /** The day that recency is counted from, as `dayNumber` gives it. */
  readonly today: number;
  /** The papers listed, and those folded into them. */
  readonly listed: ReadonlySet<DocId>;
}

/** Changes when cursors of before can no longer be read. */
const FORMAT = 1;
const QUESTION_BYTES = 6;
const SEAL_BYTES = 4;
const HEAD_BYTES = 1 + QUESTION_BYTES;
/** A base64url text of a cursor of 10,000 papers of a million, with room to spare. */
const MAX_LENGTH = 40_000;

/** `question` is whatever must be the same on every page. */
export function encodeCursor(question: unknown, { count, lastDocId, today, listed }: Position): string {
  const bytes = [FORMAT, ...digestOf(question)];
  for (const number of [count, lastDocId, today]) pushNumber(bytes, number);
  let before = 0;
  for (const docId of [...listed].sort((a, b) => a - b)) {
    pushNumber(bytes, docId - before);
    before = docId;
  }
  const body = Buffer.from(bytes);
  const seal = Buffer.alloc(SEAL_BYTES);
  seal.writeUInt32LE(crc32(body));
  return Buffer.concat([seal, body]).toString('base64url');
}

/** INPUT_INVALID for a cursor that is damaged, and for one of another question. */
export function decodeCursor(question: unknown, cursor: string): Position {
  const bytes = cursor.length > MAX_LENGTH ? Buffer.alloc(0) : Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(SEAL_BYTES);
  const isWhole =
    body.length >= HEAD_BYTES &&
    bytes.readUInt32LE(0) === crc32(body) &&
    body[0] === FORMAT &&
    bytes.toString('base64url') === cursor;
  if (!isWhole) throw refused('is damaged, or not one of ours');
  if (!digestOf(question).equals(body.subarray(1, HEAD_BYTES))) {
    throw refused('belongs to another question: everything but the limit must be as it was');
  }
  const [count = 0, lastDocId = 0, today = 0, ...steps] = numbersIn(body.subarray(HEAD_BYTES));
  let docId = 0;
  const listed = new Set<DocId>();
  for (const step of steps) {
    docId += step;
    listed.add(docId);
  }
  return { count, lastDocId, today, listed };
}

function refused(rule: string): AppError {
  const message = `cursor ${rule}`;
  return new AppError('INPUT_INVALID', {
    message,
    remedy: 'Leave out the cursor to begin anew, and take `next` of each answer as it stands.',
    issues: [{ message, pointer: 'cursor' }],
  });
}

function digestOf(question: unknown): Buffer {
  return Buffer.from(hash('sha256', JSON.stringify(question), 'hex').slice(0, 2 * QUESTION_BYTES), 'hex');
}

/** Seven bits a byte, the lowest first; the high bit says that more follow. */
function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

function numbersIn(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let number = 0;
  let unit = 1;
  for (const byte of bytes) {
    number += (byte & 127) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    numbers.push(number);
    number = 0;
    unit = 1;
  }
  return numbers;
}
