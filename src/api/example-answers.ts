/**
 * Examples of what lists answer, made of the example papers by the functions that make real answers. What only one
 * route answers has its example there.
 */
import { writeReferences } from '../citations/cite-papers.ts';
import type { TimedList } from '../discover/lists.ts';
import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import { sparseHit } from './sparse.ts';
import { toAnswerBody } from './wire.ts';

/** By media type, as a route's `answers`. */
export type ExampleAnswers = Readonly<Record<string, unknown>>;

/** Marked where a passage holds it, in both example papers. */
const MARKED = 'Transformer';
/** A cosine as the first hit of a good question has it. */
const SIMILARITY = 0.62;
const CURSOR = 'gk0PPgHYqvZ1bWIBXuhbKQE';

/** A list in JSON, and its papers as references. */
export function listExamples(body: unknown, papers: readonly Paper[]): ExampleAnswers {
  return { 'application/json': body, ...citeExamples(papers) };
}

export function citeExamples(papers: readonly Paper[]): ExampleAnswers {
  return {
    'application/x-bibtex': writeReferences(papers, { format: 'bibtex' }),
    'application/x-research-info-systems': writeReferences(papers, { format: 'ris' }),
    'application/vnd.citationstyles.csl+json': JSON.parse(writeReferences(papers, { format: 'csl' })),
  };
}

/** What the papers, the best first, are to a question; with `fields` as one who names them gets it. */
export function searchExamples(
  query: string,
  papers: readonly Paper[],
  { fields }: { readonly fields?: readonly string[] } = {},
): ExampleAnswers {
  const whole = toAnswerBody(exampleSearch(query, papers));
  return listExamples({ ...whole, hits: whole.hits.map((hit) => sparseHit(hit, fields)) }, papers);
}

function exampleSearch(query: string, papers: readonly Paper[]): SearchAnswer {
  const head = { query, mode: 'hybrid', sort: 'relevance', total: 30 } as const;
  return { ...head, hits: papers.map(exampleHit), notes: [], next: CURSOR, tookMs: 11.4 };
}

export function exampleHit(paper: Paper, at: number): Hit {
  const rank = at + 1;
  const [text = ''] = paper.abstract.split(/(?<=\.) /);
  const start = text.indexOf(MARKED);
  return {
    ...{ rank, score: 1 / rank, confidence: 0.71 / rank, paper },
    match: {
      ...{ lexicalRank: rank, semanticRank: rank, similarity: SIMILARITY / rank, coverage: 0.6, exact: null },
      passage: { text, highlights: start < 0 ? [] : [[start, start + MARKED.length]] },
    },
    others: [],
  };
}

/** The papers of some days, the newest first, where no votes are known. */
export function dayListExamples(from: string, to: string, papers: readonly Paper[]): ExampleAnswers {
  const hits = papers.map((paper, at) => ({ rank: at + 1, score: null, paper }));
  const list: TimedList = { from, to, total: papers.length, basis: 'date', hits, tookMs: 3.4 };
  return listExamples(list, papers);
}
