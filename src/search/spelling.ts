/**
 * What was probably meant by the words of a question that no paper holds. Every spelling one slip away is stemmed
 * and looked up among the words of the index, so nothing is kept for it in memory and any engine will do; see
 * docs/decisions/spelling.md. What was typed is looked for all the same.
 */
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { NO_FILTER } from '../engine/filter.ts';
import { analyze, terms } from '../text/analyze.ts';
import { fold } from '../text/fold.ts';
import { type Respelling, respellings } from '../text/one-edit.ts';
import { TermFinder } from '../text/term-finder.ts';
import type { Token } from '../text/token.ts';
import type { Correction } from './answer.ts';

export interface Corrections {
  /** In the order of the question; empty where every word is known. */
  readonly didYouMean: readonly Correction[];
  /** To be looked for beside the words that were typed. */
  readonly terms: readonly WeightedTerm[];
}

type Dictionary = Pick<EngineReader, 'statistics' | 'lexical' | 'papers'>;

interface Candidate {
  readonly term: string;
  /** Likelihood of the slip times the number of papers that hold the term, for the likeliest spelling. */
  readonly plausibility: number;
  /** The spellings that have this term, with their likelihoods; some of them may be no words. */
  readonly spellings: ReadonlyMap<string, number>;
}

export const NO_CORRECTIONS: Corrections = { didYouMean: [], terms: [] };
/** In letters: nearly every string of four letters is one slip away from some word. */
const SHORTEST_WORD = 5;
const LONGEST_WORD = 30;
/** A question with more unknown words is in another language, or not in one; each costs a millisecond. */
const MOST_WORDS = 4;
const MOST_MEANT = 3;
/** Terms whose papers are asked; the others are less plausible from the start. */
const MOST_CONSIDERED = 5;
/** What is less plausible beside the best by this factor is not worth a mention. */
const WORTH_MENTIONING = 0.05;
/** All that a word may have meant counts together as much as this share of a word that was typed. */
const MEANT_WEIGHT = 0.8;
/** Papers that are asked how they write a term. */
const WITNESSES = 10;
/** For a spelling that no witness uses. */
const HARDLY_EVER = 0.1;
const PLAIN = /^[a-z]+$/;
const INNER_CAPITAL = /.\p{Lu}/u;
/** What stands next to words of formulas, addresses, paths, quotations, and names with digits. */
const NO_PROSE_BEFORE = /[\\${}_^@/.\d"“<&=]$/u;
const NO_PROSE_AFTER = /^(?:[\\${}_^@/\d"”+#=&]|[.:]\S)/u;

/** `text` is the question in one line. Known words, short ones, names with capitals inside and formulas stay. */
export async function corrections(engine: Dictionary, text: string): Promise<Corrections> {
  const words = await unknownWords(engine, text);
  if (words.length === 0) return NO_CORRECTIONS;
  const found = await Promise.all(words.map((word) => meantBy(engine, word)));
  return {
    didYouMean: found.flatMap(({ didYouMean }) => didYouMean),
    terms: found.flatMap((one) => one.terms),
  };
}

/** The terms that were typed with those that were meant; of a term that is both, what was typed counts. */
export function withCorrections(
  typed: readonly WeightedTerm[],
  { terms: meant }: Corrections,
): readonly WeightedTerm[] {
  if (meant.length === 0) return typed;
  const merged = new Map(meant.map(({ term, weight }) => [term, weight]));
  for (const { term, weight } of typed) merged.set(term, weight);
  return Array.from(merged, ([term, weight]) => ({ term, weight }));
}

async function unknownWords(engine: Dictionary, text: string): Promise<string[]> {
  const tokens = analyze(text);
  const { papers, documentFrequencies } = await engine.statistics(tokens.map(({ term }) => term));
  if (papers === 0) return [];
  const known = tokens.filter((_, at) => (documentFrequencies[at] ?? 0) > 0);
  const isKnown = ({ start, end }: Token) => known.some((other) => other.start <= start && other.end >= end);
  const words = tokens
    .filter((token) => !isKnown(token) && isProse(text, token))
    .map(({ start, end }) => text.slice(start, end));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether a token is a plain word in running text, long enough to be recognised when it is misspelt. */
function isProse(text: string, { start, end }: Token): boolean {
  const word = text.slice(start, end);
  const plain = fold(word);
  return (
    plain.length >= SHORTEST_WORD &&
    plain.length <= LONGEST_WORD &&
    PLAIN.test(plain) &&
    !INNER_CAPITAL.test(word) &&
    !NO_PROSE_BEFORE.test(text.slice(0, start)) &&
    !NO_PROSE_AFTER.test(text.slice(end))
  );
}

async function meantBy(engine: Dictionary, typed: string): Promise<Corrections> {
  const candidates = await candidatesFor(engine, respellings(fold(typed)));
  const heard = await Promise.all(candidates.map((candidate) => withWitnesses(engine, candidate)));
  heard.sort((a, b) => b.plausibility - a.plausibility || (a.term < b.term ? -1 : 1));
  const bar = WORTH_MENTIONING * (heard[0]?.plausibility ?? 0);
  const meant = heard.slice(0, MOST_MEANT).filter(({ plausibility }) => plausibility >= bar);
  if (meant.length === 0) return NO_CORRECTIONS;
  const sum = meant.reduce((total, { plausibility }) => total + plausibility, 0);
  return {
    didYouMean: [{ typed, meant: [...new Set(meant.map(({ word }) => word))] }],
    terms: meant.map(({ term, plausibility }) => ({ term, weight: (MEANT_WEIGHT * plausibility) / sum })),
  };
}

/** The terms that one of the spellings has, the most plausible first. */
async function candidatesFor(engine: Dictionary, spellings: readonly Respelling[]): Promise<Candidate[]> {
  const termOfEach = spellings.map(({ word }) => terms(word)[0] ?? '');
  const { papers, documentFrequencies } = await engine.statistics(termOfEach);
  const fewest = fewestHolders(papers);
  const byTerm = new Map<string, { plausibility: number; spellings: Map<string, number> }>();
  spellings.forEach(({ word, likelihood }, at) => {
    const holders = documentFrequencies[at] ?? 0;
    if (holders < fewest) return;
    const term = termOfEach[at] ?? '';
    const entry = byTerm.get(term) ?? { plausibility: 0, spellings: new Map<string, number>() };
    entry.plausibility = Math.max(entry.plausibility, likelihood * holders);
    entry.spellings.set(word, likelihood);
    byTerm.set(term, entry);
  });
  return Array.from(byTerm, ([term, entry]) => ({ term, ...entry }))
    .sort((a, b) => b.plausibility - a.plausibility || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_CONSIDERED);
}

/** A word that one paper in a hundred thousand holds is mostly misspelt itself: 1 paper, from 10,000 on 2, 3 ... */
function fewestHolders(papers: number): number {
  return Math.max(1, Math.floor(Math.log10(papers)) - 2);
}

/**
 * How papers write the term decides what is shown and how plausible it is. Stems are no words, and not everything
 * that has the stem of a word is one: `workes` has that of `work`, and whoever typed it meant `workers`.
 */
async function withWitnesses(engine: Dictionary, { term, plausibility, spellings }: Candidate) {
  const uses = await usesOf(engine, term);
  const [word = term, ofWord = 0] =
    [...uses].filter(([written]) => spellings.has(written)).sort(([, a], [, b]) => b - a)[0] ??
    [...uses].sort(([, a], [, b]) => b - a)[0] ??
    [];
  const all = [...uses.values()].reduce((sum, count) => sum + count, 0);
  const share = ((spellings.has(word) ? ofWord : 0) + HARDLY_EVER) / (all + HARDLY_EVER);
  return { term, word, plausibility: plausibility * share };
}

/** How often a few papers that hold the term write it in which way, folded. */
async function usesOf(engine: Dictionary, term: string): Promise<ReadonlyMap<string, number>> {
  const { docIds } = await engine.lexical([{ term, weight: 1 }], { filter: NO_FILTER, limit: WITNESSES });
  const finder = new TermFinder([term]);
  const uses = new Map<string, number>();
  for (const paper of await engine.papers([...docIds])) {
    const text = paper ? [paper.title, paper.abstract, ...paper.authors, paper.venue].join('\n') : '';
    for (const { start, end } of finder.find(text)) {
      const word = fold(text.slice(start, end));
      uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  }
  return uses;
}
