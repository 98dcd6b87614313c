/**
 * The query language of bulk searches, which is that of Elasticsearch's `simple_query_string`: words that must all be
 * there, `+` and, `|` or, `-` not, `"phrases"`, `begun*`, `misspelt~2`, `"near each other"~3`, `(` and `)`. It is read
 * from left to right, so `a | b c` is `(a | b) c`. Any string can be read: what has no meaning is passed over.
 */
import type { Filter } from '../../engine/filter.ts';
import type { TextTest } from '../../engine/text-test.ts';
import { AppError } from '../../fault/app-error.ts';
import { phraseWords } from '../../text/phrase.ts';

const TOKEN = /\s+|(?<mark>[()|+]|-(?=\S))|"(?<phrase>[^"]*)"(?:~(?<apart>\d*))?|(?<word>[^\s()|+"]+)|"/gu;
const WORD = /^(?<body>.*?)(?:(?<star>\*+)|~(?<edits>\d*))?$/su;
/** What the parts of one query may cost together; every part costs a look-up, some a slow one (decisions/doors.md). */
const MOST_COSTS = 100;
const COSTS = { words: 1, phrase: 2, prefix: 2, near: 4, shortPrefix: 10, fuzzy: 20 } as const;
/** Half the papers hold a word that begins with any one letter. */
const SHORT_PREFIX = 2;
const DEFAULT_DISTANCE = 2;
/** More letters make any word of any other. */
const MOST_EDITS = 2;
/** Further apart than an abstract is long. */
const MOST_APART = 1_000;

type Token =
  | { readonly kind: '(' | ')' | '|' | '+' | '-' }
  | { readonly kind: 'part'; readonly test: TextTest | undefined };

interface Group {
  parts: Filter[];
  /** Whether one of the parts is enough; of one part alone it says nothing. */
  isAny: boolean;
  /** What was said since the last part. */
  isOr: boolean;
  isNot: boolean;
}

/** Undefined where no part of the query says anything. INPUT_INVALID for one that costs too much. */
export function readBulkQuery(query: string): Filter | undefined {
  const tokens = [...query.matchAll(TOKEN)].flatMap(tokenOf);
  const costs = tokens.reduce((sum, token) => sum + costOf(token), 0);
  if (costs > MOST_COSTS) {
    const message =
      `query asks for too much at once (${costs} of ${MOST_COSTS}): a word or a - counts 1, a phrase or a word that begins so 2, ` +
      'words near each other 4, a word that begins with one or two letters 10, a misspelt word 20';
    throw new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: 'query' }] });
  }
  const open: Group[] = [newGroup()];
  for (const token of tokens) take(token, open);
  while (open.length > 1) close(open);
  return open[0] && filterOf(open[0]);
}

/** `open` are the groups that are not closed yet, the innermost last. A bracket that closes nothing is none. */
function take(token: Token, open: Group[]): void {
  const group = open.at(-1);
  if (group === undefined) return;
  if (token.kind === 'part') add(group, token.test && { texts: [token.test] });
  else if (token.kind === '(') open.push(newGroup());
  else if (token.kind === ')') close(open);
  else if (token.kind === '|') group.isOr = true;
  else if (token.kind === '+') group.isOr = false;
  else group.isNot = !group.isNot;
}

function costOf(token: Token): number {
  // Each may open a filter within a filter.
  if (token.kind === '-') return COSTS.words;
  if (token.kind !== 'part' || token.test === undefined) return 0;
  const { as, text } = token.test;
  return as === 'prefix' && text.length <= SHORT_PREFIX ? COSTS.shortPrefix : COSTS[as];
}

function newGroup(): Group {
  return { parts: [], isAny: false, isOr: false, isNot: false };
}

function close(open: Group[]): void {
  if (open.length === 1) return;
  const inner = open.pop();
  const outer = open.at(-1);
  if (inner && outer) add(outer, filterOf(inner));
}

/** What says nothing takes its sign with it. */
function add(group: Group, filter: Filter | undefined): void {
  const { isNot, isOr, isAny } = group;
  Object.assign(group, { isNot: false, isOr: false });
  if (filter === undefined) return;
  // Where the sign changes, what stands to the left becomes one part.
  const left = group.parts.length > 1 && isOr !== isAny ? filterOf(group) : undefined;
  if (left) group.parts = [left];
  group.isAny = isOr;
  group.parts.push(isNot ? { not: [filter] } : filter);
}

/** One of several is what is not neither. */
function filterOf({ parts, isAny }: Group): Filter | undefined {
  if (parts.length < 2) return parts[0];
  return isAny ? { not: [{ not: parts }] } : { all: parts };
}

function tokenOf({ groups = {} }: RegExpMatchArray): Token[] {
  const { mark, phrase, apart, word } = groups;
  if (mark === '(' || mark === ')' || mark === '|' || mark === '+' || mark === '-') return [{ kind: mark }];
  if (phrase !== undefined) return [{ kind: 'part', test: readPhrase(phrase, apart) }];
  return word === undefined ? [] : [{ kind: 'part', test: readWord(word) }];
}

function readPhrase(text: string, apart: string | undefined): TextTest | undefined {
  if (phraseWords(text).length === 0) return undefined;
  if (apart === undefined) return { as: 'phrase', text };
  return { as: 'near', text, within: Math.min(MOST_APART, distance(apart)) };
}

/** Several words in one, `pre-training`, are a phrase. */
function readWord(word: string): TextTest | undefined {
  const { body = '', star, edits } = WORD.exec(word)?.groups ?? {};
  const words = phraseWords(body).length;
  if (words === 0) return undefined;
  if (star !== undefined) return { as: 'prefix', text: body };
  if (words > 1) return { as: 'phrase', text: body };
  if (edits === undefined) return { as: 'words', text: body };
  return { as: 'fuzzy', text: body, within: Math.min(MOST_EDITS, distance(edits)) };
}

function distance(digits: string): number {
  return digits === '' ? DEFAULT_DISTANCE : Number(digits);
}
