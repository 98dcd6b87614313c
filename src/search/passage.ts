/**
 * The sentence of an abstract that says most of what was asked, with the words marked. Chosen by the weights of
 * the distinct terms in it; a sentence longer than a reader's glance is cut to the stretch that holds most.
 */

import { cutAfter, cutBefore } from '../text/clusters.ts';
import { sentences, type TextRange } from '../text/sentences.ts';
import { TermFinder } from '../text/term-finder.ts';
import type { Token } from '../text/token.ts';
import type { Passage } from './answer.ts';
import { bestWindow, MAX_PASSAGE_LENGTH } from './passage-window.ts';

const ELLIPSIS = '…';
/** In UTF-16 units. What is further down is a book, and no place to look for two lines. */
const MAX_SEARCHED_LENGTH = 10_000;

export interface WeighedSentence {
  readonly range: TextRange;
  readonly text: string;
  readonly weight: number;
}

/** A sentence, and which of the tokens stand in it. */
interface Choice {
  readonly sentence: TextRange;
  readonly within: readonly [from: number, to: number];
}

export class PassageFinder {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #terms: TermFinder;

  /** How much it is worth to show each term. */
  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
    this.#terms = new TermFinder(weights.keys());
  }

  /** The places of the terms in the part of an abstract that passages are taken from. */
  places(abstract: string): Token[] {
    return this.#terms.find(searchedPart(abstract));
  }

  /**
   * The first sentence, unmarked, where none of the terms occurs; null where there is no text. `tokens` are the
   * `places` of this abstract, where they are known already.
   */
  best(abstract: string, tokens: readonly Token[] = this.places(abstract)): Passage | null {
    const head = searchedPart(abstract);
    const ranges = sentences(head);
    const [first] = ranges;
    if (first === undefined) return null;
    if (tokens.length === 0) return this.#passage(head, first, []);
    const { sentence, within } = this.#bestSentence(ranges, tokens) ?? { sentence: first, within: [0, 0] };
    return this.#passage(head, sentence, tokens.slice(...within));
  }

  /** The sentences that may be shown, in their order, with what the distinct terms in each are worth. */
  weighed(abstract: string): WeighedSentence[] {
    const head = searchedPart(abstract);
    const tokens = this.places(abstract);
    let next = 0;
    return sentences(head).map((range) => {
      const from = next;
      while (next < tokens.length && (tokens[next]?.start ?? 0) < range.end) next += 1;
      return { range, text: head.slice(range.start, range.end), weight: this.#weightOf(tokens, from, next) };
    });
  }

  /** One of the sentences of `weighed`, with the terms in it marked. */
  show(abstract: string, { start, end }: TextRange): Passage {
    const head = searchedPart(abstract);
    const tokens = this.places(abstract).filter((token) => token.start >= start && token.start < end);
    return this.#passage(head, { start, end }, tokens);
  }

  #bestSentence(ranges: readonly TextRange[], tokens: readonly Token[]): Choice | undefined {
    let best: Choice | undefined;
    let bestWeight = 0;
    let next = 0;
    for (const sentence of ranges) {
      const from = next;
      while (next < tokens.length && (tokens[next]?.start ?? 0) < sentence.end) next += 1;
      const weight = this.#weightOf(tokens, from, next);
      if (weight <= bestWeight) continue;
      best = { sentence, within: [from, next] };
      bestWeight = weight;
    }
    return best;
  }

  /** Of the tokens from one place up to another; each term counts once, however often it is said. */
  #weightOf(tokens: readonly Token[], from: number, to: number): number {
    let weight = 0;
    for (let at = from; at < to; at += 1) {
      const term = tokens[at]?.term ?? '';
      let earlier = from;
      while (tokens[earlier]?.term !== term) earlier += 1;
      if (earlier === at) weight += this.#weights.get(term) ?? 0;
    }
    return weight;
  }

  #passage(text: string, sentence: TextRange, tokens: readonly Token[]): Passage {
    const isLong = sentence.end - sentence.start > MAX_PASSAGE_LENGTH;
    const window = isLong
      ? bestWindow(text, { sentence, tokens, weightOf: (from, to) => this.#weightOf(tokens, from, to) })
      : sentence;
    const before = window.start > sentence.start ? ELLIPSIS : '';
    const after = window.end < sentence.end ? ELLIPSIS : '';
    const shown = before + text.slice(window.start, window.end) + after;
    return {
      text: shown,
      highlights: highlights(shown, tokens, { window, shift: before.length - window.start }),
    };
  }
}

function searchedPart(abstract: string): string {
  return abstract.slice(0, cutBefore(abstract, Math.min(abstract.length, MAX_SEARCHED_LENGTH)));
}

/** The tokens inside the window as ranges of the passage: ascending, apart, cutting no character. */
function highlights(
  text: string,
  tokens: readonly Token[],
  { window, shift }: { window: TextRange; shift: number },
): (readonly [number, number])[] {
  const ranges = tokens
    .filter(({ start, end }) => start < window.end && end > window.start)
    .map(({ start, end }): [number, number] => [
      cutBefore(text, Math.max(start, window.start) + shift),
      cutAfter(text, Math.min(end, window.end) + shift),
    ])
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
