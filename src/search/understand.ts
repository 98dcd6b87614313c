/**
 * What a question means in this index: the language read, the papers and people it names found. A pasted title is
 * no program: where the question is the title of a paper, quotation marks, hyphens and colons included, it is taken
 * as it stands.
 */
import type { EngineReader } from '../engine/engine.ts';
import { bothFilters, type Filter, filterKey, matchesFilter, NO_FILTER } from '../engine/filter.ts';
import type { Paper } from '../paper/paper.ts';
import { fold } from '../text/fold.ts';
import { authorHits } from './author-hits.ts';
import { type ExactHit, exactHits } from './exact-hits.ts';
import { findNamed } from './find-named.ts';
import type { Note } from './note.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import { type ReadQuestion, readQuestion } from './read-question.ts';
import { resolveIds } from './resolve-ids.ts';

export interface Understanding {
  /** True where there is neither a word nor a restriction in the question. */
  readonly isEmpty: boolean;
  /** What to search by; empty where the question only restricts. */
  readonly text: string;
  /** That of the request and that of the question. */
  readonly filter: Filter;
  /** They come first. */
  readonly exact: readonly ExactHit[];
  /** Where the question is an id or address of a paper that is there, nothing else is meant. */
  readonly isAnsweredByName: boolean;
  /** The papers of `related:` and of `-related:`. */
  readonly near: readonly Paper[];
  readonly far: readonly Paper[];
  readonly notes: readonly Note[];
}

type Lookup = Pick<EngineReader, 'get' | 'lookup' | 'papers' | 'newest'>;

export async function understand(
  engine: Lookup,
  question: string,
  requested: Filter,
): Promise<Understanding> {
  const parsed = parseQuery(question);
  const named = await exactHits(engine, parsed.names, requested);
  const read = readAmong(parsed, named);
  const filter = bothFilters(requested, await resolveIds(engine, read.filter));
  const found = await withPapers(engine, read);
  return {
    ...found,
    isEmpty: read.isPlain && found.text === '',
    filter,
    exact: await exactAmong(engine, found.text, { read, named, filter }),
    isAnsweredByName: parsed.isIdentifier && named.some(({ as }) => as !== 'title'),
  };
}

function readAmong({ text, isIdentifier }: ParsedQuery, named: readonly ExactHit[]): ReadQuestion {
  const read = isIdentifier ? plainly(text) : readQuestion(text);
  return !read.isPlain && named.some(({ as, paper }) => as === 'title' && isWrittenAlike(paper.title, text))
    ? plainly(text)
    : read;
}

function plainly(text: string): ReadQuestion {
  return { text, filter: NO_FILTER, near: [], far: [], notes: [], isPlain: true };
}

/** Whether the language would read the title as it reads the question. Both name the same paper already. */
function isWrittenAlike(title: string, question: string): boolean {
  const [a, b] = [readQuestion(fold(title)), readQuestion(fold(question))];
  const related = ({ near, far }: ReadQuestion) => JSON.stringify([near, far]);
  return filterKey(a.filter) === filterKey(b.filter) && related(a) === related(b);
}

/** The papers of `related:`; the names that are not in the index are searched as text. */
async function withPapers(
  engine: Lookup,
  { text, near, far, notes }: ReadQuestion,
): Promise<Pick<Understanding, 'text' | 'near' | 'far' | 'notes'>> {
  const [nearby, away] = [await findNamed(engine, near), await findNamed(engine, far)];
  const unknown = [...nearby.missing, ...away.missing];
  return {
    text: parseQuery([text, ...nearby.missing].join(' ')).text,
    near: nearby.papers,
    far: away.papers,
    notes: [
      ...notes,
      ...unknown.map((name): Note => ({ code: 'PAPER_UNKNOWN', message: `There is no paper ${name} here.` })),
    ],
  };
}

interface Found {
  readonly read: ReadQuestion;
  /** What the whole question names. */
  readonly named: readonly ExactHit[];
  readonly filter: Filter;
}

/** What the question names as a whole, then what its text names, then the papers of the person it names. */
async function exactAmong(engine: Lookup, text: string, { read, named, filter }: Found): Promise<ExactHit[]> {
  const hits = named.filter(({ paper }) => matchesFilter(paper, filter));
  if (text === '' || read.near.length > 0) return hits;
  if (!read.isPlain) hits.push(...(await exactHits(engine, parseQuery(text).names, filter)));
  // A quoted name is a phrase, which must be in the text of the paper.
  if (!hasTexts(read.filter)) hits.push(...(await authorHits(engine, text, filter)));
  const seen = new Set<number>();
  return hits.filter(({ docId }) => !seen.has(docId) && seen.add(docId));
}

function hasTexts({ texts = [], all = [] }: Filter): boolean {
  return texts.length > 0 || all.some(hasTexts);
}
