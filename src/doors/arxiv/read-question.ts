/**
 * An arXiv query as a question to the one search. Plain words are a question like any other, by meaning and by words;
 * fields and operators say which papers may be in the answer at all, and the words among them in which order.
 */
import { bothFilters, type Filter, NO_FILTER } from '../../engine/filter.ts';
import { oneLine } from '../../paper/normalize-text.ts';
import { type ArxivNode, type ArxivTerm, parseArxivQuery } from './parse-query.ts';
import { eitherFilter, termFilter } from './term-filter.ts';
import type { ArxivField } from './tokens.ts';

export interface ArxivQuestion {
  /** In the query language of Pharos; empty where everything that passes the filter is the answer. */
  readonly query: string;
  readonly filter: Filter;
}

const TEXT_FIELDS: ReadonlySet<ArxivField> = new Set(['ti', 'abs', 'all']);
/** What would mean something to the query language of Pharos: quotation marks, fields, exclusions. */
const MEANINGFUL = /["“”„‟«»＂:]|(?<!\S)-+/gu;

/** INPUT_INVALID for a query that cannot be read. */
export function readArxivQuestion(text: string): ArxivQuestion {
  const tree = parseArxivQuery(text);
  if (tree === undefined) return { query: text, filter: NO_FILTER };
  if (isQuestion(tree)) return { query: tree.text, filter: NO_FILTER };
  const asked = questionAmong(tree);
  if (asked !== undefined) return { query: asked.question.text, filter: allOf(asked.rest) };
  const filter = filterOf(tree);
  // A paper that passes without holding any of the words would be lost among those that do.
  const words = needsWords(tree) ? searchedTerms(tree).map((term) => term.text) : [];
  return { query: oneLine(words.join(' ').replace(MEANINGFUL, ' ')), filter };
}

function isQuestion(node: ArxivNode): node is ArxivTerm {
  return (
    node.kind === 'term' &&
    node.field === 'all' &&
    !node.isPhrase &&
    node.range === undefined &&
    !hasOpenWord(node)
  );
}

/** `all:graph neural networks AND cat:cs.LG` is a question asked of some papers, if nothing else in it is text. */
function questionAmong(tree: ArxivNode): { question: ArxivTerm; rest: readonly ArxivNode[] } | undefined {
  if (tree.kind !== 'and' || searchedTerms(tree).length !== 1) return undefined;
  const question = tree.nodes.find(isQuestion);
  return question?.text.includes(' ')
    ? { question, rest: tree.nodes.filter((node) => node !== question) }
    : undefined;
}

/** Words that are only begun pass the filter and rank nothing. */
function hasOpenWord({ text }: ArxivTerm): boolean {
  return text.includes('*');
}

function allOf(nodes: readonly ArxivNode[]): Filter {
  return nodes.map(filterOf).reduce(bothFilters, NO_FILTER);
}

function filterOf(node: ArxivNode): Filter {
  if (node.kind === 'term') return termFilter(node);
  if (node.kind === 'not') return { not: [filterOf(node.node)] };
  return node.kind === 'and' ? allOf(node.nodes) : eitherFilter(node.nodes.map(filterOf));
}

/** The parts that are looked for, without those that are excluded. */
function searchedTerms(node: ArxivNode): ArxivTerm[] {
  if (node.kind === 'not') return [];
  if (node.kind !== 'term') return node.nodes.flatMap(searchedTerms);
  return TEXT_FIELDS.has(node.field) && !hasOpenWord(node) ? [node] : [];
}

/** Whether every paper that passes holds one of the words that are looked for. */
function needsWords(node: ArxivNode): boolean {
  if (node.kind === 'not') return false;
  if (node.kind === 'term') return TEXT_FIELDS.has(node.field) && !hasOpenWord(node);
  return node.kind === 'and' ? node.nodes.some(needsWords) : node.nodes.every(needsWords);
}
