/**
 * What `related:ID words` looks for: the neighbourhood of papers and the words, half and half, away from the papers
 * of `-related:`. The words weigh as much as the telling words of all the papers together.
 */
import type { Embedder } from '../embed/embedder.ts';
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { Paper } from '../paper/paper.ts';
import { type Example, exampleVectors } from './examples.ts';
import { queryTerms } from './query-terms.ts';
import type { Mode } from './request.ts';
import type { Aim } from './retrieve.ts';
import { rocchio } from './rocchio.ts';
import { tellingTerms } from './telling-terms.ts';

export interface NearQuestion {
  readonly mode: Mode;
  /** Also where passages are chosen by meaning. */
  readonly needsVector: boolean;
  /** May be empty where there are papers to be near to. */
  readonly text: string;
  readonly near: readonly Paper[];
  readonly far: readonly Paper[];
}

export interface NearParts {
  readonly engine: Pick<EngineReader, 'vectors' | 'statistics'>;
  readonly embedder: Embedder;
  readonly embed: (text: string) => Promise<Float32Array>;
  readonly signal: AbortSignal | undefined;
}

export async function nearAim(parts: NearParts, question: NearQuestion): Promise<Aim> {
  const { mode, needsVector, text, near, far } = question;
  const terms = await nearTerms(parts.engine, text, { near, far });
  if (!needsVector) return { mode, terms };
  const [wanted, unwanted] = [near.map(toExample), far.map(toExample)];
  const known = await exampleVectors(parts, [...wanted, ...unwanted]);
  const words = text === '' ? [] : [await parts.embed(text)];
  // The papers together are one half, whatever their number.
  const papers = near.length > 0 ? [rocchio(known.slice(0, near.length), [])] : [];
  return { mode, terms, vector: rocchio([...papers, ...words], known.slice(near.length)) };
}

async function nearTerms(
  engine: NearParts['engine'],
  text: string,
  { near, far }: Pick<NearQuestion, 'near' | 'far'>,
): Promise<WeightedTerm[]> {
  const words = queryTerms(text);
  if (near.length === 0) return words;
  const telling = await tellingTerms(engine, {
    positives: near.map(embeddedText),
    negatives: far.map(embeddedText),
  });
  const weight = await weigher(engine, [...words, ...telling]);
  const factor = words.length > 0 ? weight(telling) / weight(words) : 1;
  const joined = new Map(words.map((word) => [word.term, word.weight * (factor > 0 ? factor : 1)]));
  for (const { term, weight: own } of telling) joined.set(term, (joined.get(term) ?? 0) + own);
  return [...joined].map(([term, own]) => ({ term, weight: own }));
}

/** What terms weigh together, the rare ones more. */
async function weigher(
  engine: NearParts['engine'],
  terms: readonly WeightedTerm[],
): Promise<(some: readonly WeightedTerm[]) => number> {
  const names = terms.map(({ term }) => term);
  const { papers, documentFrequencies } = await engine.statistics(names);
  const rarity = new Map(
    names.map((term, at) => [term, inverseDocumentFrequency(documentFrequencies[at] ?? 0, papers)]),
  );
  return (some) => some.reduce((sum, { term, weight }) => sum + weight * (rarity.get(term) ?? 0), 0);
}

function toExample(paper: Paper): Example {
  return { id: paper.id, text: embeddedText(paper) };
}
