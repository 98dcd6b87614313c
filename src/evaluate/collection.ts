/**
 * A judged collection: papers, queries, and which papers are right for which query. Read from a folder in the
 * project's own form (`papers.jsonl`, `queries.jsonl`, `qrels.tsv`) or in BEIR's (`corpus.jsonl`, `queries.jsonl`,
 * `qrels/test.tsv`), plain or gzip. A row that cannot be read is fatal: a score over what is left would be a lie.
 */
import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../fault/app-error.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import { type Judgments, readJudgments } from './read-judgments.ts';
import { readJudgedPapers } from './read-papers.ts';
import { type JudgedQuery, readQueries } from './read-queries.ts';

export interface JudgedCollection {
  /** The name of the folder. */
  readonly name: string;
  readonly papers: readonly Paper[];
  /** Those that have judgments, in the order of their file. */
  readonly queries: readonly JudgedQuery[];
  /** Only of papers that a ranking may hold: the query's own is left out. */
  readonly judgments: Judgments;
  /** What a reader of the scores should know of the files, one line each. */
  readonly notes: readonly string[];
}

const PAPERS = ['papers.jsonl', 'papers.jsonl.gz', 'corpus.jsonl', 'corpus.jsonl.gz'];
const QUERIES = ['queries.jsonl', 'queries.jsonl.gz'];
const JUDGMENTS = ['qrels.tsv', 'qrels.tsv.gz', join('qrels', 'test.tsv'), join('qrels', 'test.tsv.gz')];
const ROW_REMEDY = 'Correct the row; a score over the other rows would not be one of this collection.';

/**
 * SOURCE_UNREADABLE where a file is missing; ROW_INVALID with file and line for a row that is not what it should be;
 * INPUT_INVALID where no query has a judgment.
 */
export async function readCollection(folder: string): Promise<JudgedCollection> {
  const name = basename(resolve(folder));
  const [papersPath, queriesPath, judgmentsPath] = (await Promise.all(
    [PAPERS, QUERIES, JUDGMENTS].map((names) => firstOf(folder, names)),
  )) as [string, string, string];
  try {
    const papers = await readJudgedPapers(papersPath);
    const queries = await readQueries(queriesPath);
    const judgments = await readJudgments(judgmentsPath);
    return joined(name, { papers, queries, judgments });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ROW_INVALID') throw error;
    throw new AppError('ROW_INVALID', { message: error.message, remedy: ROW_REMEDY }, { cause: error });
  }
}

async function firstOf(folder: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new AppError('SOURCE_UNREADABLE', {
    message: `${folder} is no judged collection: it has none of ${names.join(', ')}`,
    remedy: 'docs/usage.md says what the files of a judged collection are.',
  });
}

type Files = Pick<JudgedCollection, 'papers' | 'queries' | 'judgments'>;

function joined(name: string, { papers, queries, judgments }: Files): JudgedCollection {
  const own = new Map(queries.map(({ id, doc }) => [id, doc]));
  const fitting = new Map<string, ReadonlyMap<PaperId, number>>();
  for (const [query, grades] of judgments) {
    const others = new Map([...grades].filter(([id]) => id !== own.get(query)));
    if (own.has(query) && others.size > 0) fitting.set(query, others);
  }
  const judged = queries.filter(({ id }) => fitting.has(id));
  if (judged.length === 0) {
    throw new AppError('INPUT_INVALID', {
      message: `no query of ${name} has a judgment`,
      remedy: 'The first column of the judgments must hold the ids of the queries.',
    });
  }
  const notes = notesOn({ papers, queries, judgments }, judged.length, fitting);
  return { name, papers, queries: judged, judgments: fitting, notes };
}

function notesOn({ papers, queries, judgments }: Files, judged: number, fitting: Judgments): string[] {
  const known = new Set(papers.map(({ id }) => id));
  const asked = new Set(queries.map(({ id }) => id));
  const grades = [...fitting.values()];
  const unknownPapers = grades.reduce(
    (sum, of) => sum + [...of.keys()].filter((id) => !known.has(id)).length,
    0,
  );
  const counts: readonly (readonly [number, string])[] = [
    [queries.length - judged, 'queries without judgments, left out'],
    [
      [...judgments.keys()].filter((id) => !asked.has(id)).length,
      'judged queries that are not among the queries',
    ],
    [unknownPapers, 'judgments of papers that are not in the collection, counted as not found'],
    [
      grades.filter((of) => ![...of.values()].some((grade) => grade > 0)).length,
      'queries without a relevant paper, counted as 0',
    ],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${what}: ${count}`);
}
