/**
 * Text to index terms: the one analysis for papers and questions, so that what is typed meets what is stored.
 * Words of any script, English ones stemmed; compounds by their parts and sometimes joined (`compound.ts`);
 * formulas by their letters. Stop words stay: leaving them out is a question's affair.
 */
import { scanTerms, type TermSink } from './scan-terms.ts';
import type { Token } from './token.ts';

/** The terms of a text with their places, in reading order; a joined form follows its parts. */
export function analyze(text: string): Token[] {
  const sink = new TokenList();
  scanTerms(text, sink);
  return sink.tokens;
}

/** The terms alone, with their repetitions. */
export function terms(text: string): string[] {
  const sink = new TermList();
  scanTerms(text, sink);
  return sink.terms;
}

class TokenList implements TermSink {
  readonly tokens: Token[] = [];

  push(term: string, start: number, end: number): void {
    this.tokens.push({ term, start, end });
  }
}

/** Indexing a corpus wants no places, and an object for every word would be a third of the work. */
class TermList implements TermSink {
  readonly terms: string[] = [];

  push(term: string): void {
    this.terms.push(term);
  }
}
