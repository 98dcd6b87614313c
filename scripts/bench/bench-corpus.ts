/**
 * The corpus of the benchmarks: the 100,000 arXiv papers of ../shared with their vectors, whole, cut, or multiplied.
 * A million papers are made from them: every copy gets a noisy vector and a text in which one word in six comes
 * from another paper, so that lists are ten times longer and neighbours differ. Results say so.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IndexedPaper } from '../../src/engine/engine.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { decodeFloat16 } from '../../src/vector/float16.ts';

const SHARED = resolve(import.meta.dirname, '../../../shared');
export const BASE_SIZE = 100_000;
export const DIMENSIONS = 384;
const ROW_BYTES = 2 * DIMENSIONS;
const NOISE = 0.35;
const FOREIGN_WORD_IN = 6;

export interface BenchCorpus {
  readonly size: number;
  /** SHA-256 of the corpus file, as its vectors' sidecar names it. */
  readonly sha256: string;
  readonly isPerturbed: boolean;
  papers(): Generator<IndexedPaper>;
}

/** `size` up to 100,000 takes the first so many papers; beyond, perturbed copies follow. */
export function openBenchCorpus(size: number): BenchCorpus {
  const sidecar = JSON.parse(readFileSync(resolve(SHARED, 'vectors/arxiv-100k.json'), 'utf8'));
  return {
    size,
    sha256: sidecar.corpus.sha256,
    isPerturbed: size > BASE_SIZE,
    papers: () => corpusPapers(size),
  };
}

/** The 997 questions of the load tests. */
export function benchQuestions(): string[] {
  return linesOf('queries/questions-997.jsonl.gz').map((line) => (JSON.parse(line) as { text: string }).text);
}

function* corpusPapers(size: number): Generator<IndexedPaper> {
  const papers = linesOf('corpora/arxiv-100k.jsonl.gz').map((line) => normalizePaper(JSON.parse(line)));
  const vectors = readFileSync(resolve(SHARED, 'vectors/arxiv-100k.f16'));
  const random = mulberry32(7);
  for (let number = 0; number < size; number++) {
    const at = number % BASE_SIZE;
    const paper = papers[at] as Paper;
    const vector = decodeFloat16(vectors.subarray(at * ROW_BYTES, (at + 1) * ROW_BYTES));
    if (number < BASE_SIZE) {
      yield { paper, vector };
      continue;
    }
    const donor = papers[Math.floor(random() * BASE_SIZE)] as Paper;
    yield { paper: perturbed(paper, { donor, number, random }), vector: noisy(vector, random) };
  }
}

function perturbed(
  { doi: _doi, ...paper }: Paper,
  { donor, number, random }: { donor: Paper; number: number; random: () => number },
): Paper {
  const foreign = donor.abstract.split(' ');
  const mix = (text: string) =>
    text
      .split(' ')
      .map((word) =>
        random() * FOREIGN_WORD_IN < 1 ? (foreign[Math.floor(random() * foreign.length)] ?? word) : word,
      )
      .join(' ');
  return { ...paper, id: `${paper.id}~${number}`, title: mix(paper.title), abstract: mix(paper.abstract) };
}

function noisy(vector: Float32Array, random: () => number): Float32Array {
  // The sum of three uniform numbers is near enough to a normal one; its deviation is 1/2.
  const scale = (2 * NOISE) / Math.sqrt(DIMENSIONS);
  const moved = vector.map((component) => component + scale * (random() + random() + random() - 1.5));
  const length = Math.hypot(...moved);
  return moved.map((component) => component / length);
}

function linesOf(name: string): string[] {
  return gunzipSync(readFileSync(resolve(SHARED, name)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
}

/** A small reproducible generator of numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
