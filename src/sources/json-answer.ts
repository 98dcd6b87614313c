/**
 * JSON of a service: read with care, for nothing in it need be what it should be. Where a service refuses a question
 * in words, its words are passed on.
 */
import { AppError } from '../fault/app-error.ts';
import type { AskOptions, PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import type { SourceDescription } from './source.ts';
import { badTarget } from './target.ts';

export type JsonNode = Readonly<Record<string, unknown>>;

/** For `ask`: statuses with which a question is refused, which `readAnswered` reads. */
export const READ_REFUSALS: Pick<AskOptions, 'alsoFine'> = { alsoFine: [400, 401, 403, 404] };

const LONGEST_WORDS = 300;

/** Throws a TransientFault for what is not whole JSON: it may have been cut off, or be the page of a proxy. */
export function readJson({ address, text }: PoliteAnswer): unknown {
  try {
    return JSON.parse(text().text);
  } catch (cause) {
    throw new TransientFault(`${withoutQuery(address)} does not answer with whole JSON`, { cause });
  }
}

export interface Answered {
  readonly value: unknown;
  readonly isDamaged: boolean;
}

/**
 * The JSON of an answer to a question. Throws INPUT_INVALID with the words of the service for a question that it does
 * not understand (400), SOURCE_FAILED where it wants a key or another one or has nothing at the address, and as
 * `readJson` does.
 */
export function readAnswered(
  answer: PoliteAnswer,
  {
    target,
    description,
    key,
  }: { readonly target: string; readonly description: SourceDescription; readonly key: string | undefined },
): Answered {
  const { status } = answer;
  if (status === 400) throw badTarget(target, description, `is refused: ${wordsOf(answer) ?? 'bad request'}`);
  if (status >= 400) throw refused(answer, description.name, key !== undefined);
  return { value: readJson(answer), isDamaged: answer.text().isDamaged };
}

function refused(answer: PoliteAnswer, name: string, isKeyed: boolean): AppError {
  const words = wordsOf(answer);
  const message = `${withoutQuery(answer.address)} answers ${answer.status}${words === undefined ? '' : `: ${words}`}`;
  if (answer.status === 404) return new AppError('SOURCE_FAILED', { message });
  const remedy = isKeyed
    ? `Look whether the key of ${name} is right: PHAROS_SOURCE_KEYS.`
    : `Give a key: PHAROS_SOURCE_KEYS=${name}=KEY. docs/sources.md says where there are some.`;
  return new AppError('SOURCE_FAILED', { message, remedy });
}

/** What a service says in JSON of why it refuses, in one line; undefined where it says nothing. */
export function wordsOf({ text }: PoliteAnswer): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text().text);
  } catch {
    // A page for people, or nothing: the status says enough.
    return undefined;
  }
  const { message, error } = nodeOf(value);
  const words = [message, error, nodeOf(listOf(message)[0]).message].find((part) => textOf(part));
  return textOf(words)?.replace(/\s+/g, ' ').slice(0, LONGEST_WORDS);
}

export function refusedList({ address }: PoliteAnswer): AppError {
  return new AppError('SOURCE_FAILED', {
    message: `${withoutQuery(address)} does not answer with a list of papers`,
  });
}

/** The value if it is an object; else one without members. */
export function nodeOf(value: unknown): JsonNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonNode) : {};
}

/** The value if it is text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value if it is a list; one of nothing for null, one of one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function wholeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function withoutQuery(address: string): string {
  return address.replace(/\?.*$/s, '');
}
