/** An alert as it is asked for, checked and completed. All problems are said at once. */
import { type Filter, NO_FILTER } from '../engine/filter.ts';
import { AppError, type FaultIssue, isAppError } from '../fault/app-error.ts';
import { MAX_LIMIT, MAX_QUERY_LENGTH, MODES, type Mode } from '../search/request.ts';
import { fold } from '../text/fold.ts';
import {
  type AlertDefinition,
  DEFAULT_LIMIT,
  DEFAULT_MIN_SIMILARITY,
  LISTS,
  type ListName,
  MAX_BACKFILL,
} from './alert.ts';
import { requireSchedule } from './schedule.ts';
import { parseTarget } from './target.ts';

export interface AlertRequest {
  /** Made of the question where none is given. */
  readonly id?: string;
  /** Left out where a list is followed. */
  readonly question?: string;
  readonly list?: ListName;
  readonly mode?: Mode;
  readonly filter?: Filter;
  readonly minSimilarity?: number;
  readonly every?: string;
  readonly targets: readonly string[];
  readonly limit?: number;
  readonly backfill?: number;
  readonly isByForm?: boolean;
}

interface ListRequest {
  readonly list: ListName | undefined;
  readonly question: string;
  readonly backfill: number;
}

const MAX_TARGETS = 20;
const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
const NAME_LENGTH = 40;

/** QUERY_EMPTY for neither list nor a question with a word, INPUT_INVALID with one issue a problem. */
export function completeAlert(request: AlertRequest): AlertDefinition & { readonly backfill: number } {
  const {
    question = '',
    list,
    isByForm,
    mode = 'hybrid',
    filter = NO_FILTER,
    every = 'day',
    targets,
  } = request;
  const { minSimilarity = DEFAULT_MIN_SIMILARITY, limit = DEFAULT_LIMIT, backfill = 0 } = request;
  if (list === undefined && !/[\p{L}\p{N}]/u.test(question)) throw new AppError('QUERY_EMPTY');
  const id = request.id ?? nameFor(list ?? question);
  const issues = [
    ...listIssues({ list, question, backfill }),
    ...problem(NAME.test(id), 'id', 'must be of lower-case letters, digits and hyphens, at most 60'),
    ...problem(
      question.length <= MAX_QUERY_LENGTH,
      'question',
      `is longer than ${MAX_QUERY_LENGTH} characters`,
    ),
    ...problem(MODES.includes(mode), 'mode', `must be one of ${MODES.join(', ')}`),
    ...problem(minSimilarity >= -1 && minSimilarity <= 1, 'minSimilarity', 'must be a number from -1 to 1'),
    ...wholeNumber('limit', limit, { least: 1, most: MAX_LIMIT }),
    ...wholeNumber('backfill', backfill, { least: 0, most: MAX_BACKFILL }),
    ...problem(targets.length > 0, 'to', 'is missing: mail:ADDRESS, webhook:URL or file:PATH'),
    ...problem(targets.length <= MAX_TARGETS, 'to', `has more than ${MAX_TARGETS} values`),
    ...issuesOf(() => requireSchedule(every)),
    ...targets.flatMap((target) => issuesOf(() => parseTarget(target))),
  ];
  if (issues.length > 0) throw invalid(issues);
  return {
    id,
    question,
    ...(list !== undefined && { list }),
    ...(isByForm && { isByForm }),
    mode,
    filter,
    minSimilarity,
    every,
    targets: [...new Set(targets)],
    limit,
    backfill,
  };
}

/** A list asks nothing, and its first message holds what is on it already. */
function listIssues({ list, question, backfill }: ListRequest): FaultIssue[] {
  if (list === undefined) return [];
  return [
    ...problem(LISTS.includes(list), 'list', `must be one of ${LISTS.join(', ')}`),
    ...problem(question === '', 'question', 'goes with no list; narrow the list by filters'),
    ...problem(backfill === 0, 'backfill', 'goes with no list; its first message holds what is on it'),
  ];
}

/** `why-does-dropout-work`: whole words, as many as make a short name. */
function nameFor(question: string): string {
  let name = '';
  for (const word of fold(question).match(/[a-z0-9]+/g) ?? []) {
    if (name.length + word.length >= NAME_LENGTH) break;
    name += name === '' ? word : `-${word}`;
  }
  return name === '' ? 'alert' : name;
}

function problem(isFine: boolean, pointer: string, message: string): FaultIssue[] {
  return isFine ? [] : [{ pointer, message: `${pointer} ${message}` }];
}

function wholeNumber(
  pointer: string,
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
): FaultIssue[] {
  const isFine = Number.isInteger(value) && value >= least && value <= most;
  return problem(isFine, pointer, `must be a whole number from ${least} to ${most}`);
}

function issuesOf(check: () => unknown): readonly FaultIssue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isAppError(error, 'INPUT_INVALID')) return error.issues;
    throw error;
  }
}

function invalid(issues: readonly FaultIssue[]): AppError {
  return new AppError('INPUT_INVALID', { message: issues.map(({ message }) => message).join('; '), issues });
}
