/** The stretch of a long sentence that is worth showing: where most of the wanted terms stand close together. */

import { cutAfter, cutBefore } from '../text/clusters.ts';
import type { TextRange } from '../text/sentences.ts';
import type { Token } from '../text/token.ts';

/** In UTF-16 units, about two lines; the ellipses come on top. */
export const MAX_PASSAGE_LENGTH = 300;
/** Words around the terms that make them readable. */
const CONTEXT = 40;

export interface LongSentence {
  readonly sentence: TextRange;
  /** The wanted terms in it, in reading order. */
  readonly tokens: readonly Token[];
  /** What the tokens from one place up to another are worth. */
  readonly weightOf: (from: number, to: number) => number;
}

/** About MAX_PASSAGE_LENGTH units of the sentence, cut at white space where there is any near. */
export function bestWindow(text: string, { sentence, tokens, weightOf }: LongSentence): TextRange {
  const { start: from, end: to } = bestCluster(tokens, weightOf) ?? {
    start: sentence.start,
    end: sentence.start,
  };
  const slack = Math.max(0, MAX_PASSAGE_LENGTH - (to - from));
  const latest = sentence.end - MAX_PASSAGE_LENGTH;
  const start = Math.max(sentence.start, Math.min(from - Math.floor(slack / 2), latest));
  const end = Math.min(sentence.end, start + MAX_PASSAGE_LENGTH);
  return {
    start: start === sentence.start ? start : wordStart(text, start, Math.max(start, from)),
    end: end === sentence.end ? end : wordEnd(text, end, Math.min(end, to)),
  };
}

/** The heaviest run of tokens that fits with its context; the earliest of equals. */
function bestCluster(tokens: readonly Token[], weightOf: LongSentence['weightOf']): TextRange | undefined {
  let best: TextRange | undefined;
  let bestWeight = 0;
  tokens.forEach(({ start, end: firstEnd }, from) => {
    let end = firstEnd;
    let to = from + 1;
    for (
      ;
      to < tokens.length && (tokens[to]?.end ?? 0) <= start + MAX_PASSAGE_LENGTH - 2 * CONTEXT;
      to += 1
    ) {
      end = Math.max(end, tokens[to]?.end ?? 0);
    }
    const weight = weightOf(from, to);
    if (weight <= bestWeight) return;
    best = { start, end };
    bestWeight = weight;
  });
  return best;
}

/** The first word that begins between `at` and `latest`; a boundary near `at` where there is no white space. */
function wordStart(text: string, at: number, latest: number): number {
  const space = text.slice(at - 1, latest + 1).search(/\s\S/);
  return space < 0 ? cutBefore(text, at) : at + space;
}

/** The end of the last word that ends between `earliest` and `at`. */
function wordEnd(text: string, at: number, earliest: number): number {
  const head = text.slice(earliest, at + 1);
  const space = head.search(/\s\S*$/);
  return space < 0 ? cutAfter(text, at) : earliest + head.slice(0, space).trimEnd().length;
}
