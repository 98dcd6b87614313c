/**
 * Phrases: words that stand next to each other, compared as they are spelled. Case, accents, hyphens and other
 * punctuation do not matter, endings do: `"neural networks"` is not `"neural network"`. What a word is, `analyze`
 * says, so whoever holds a phrase holds its terms too.
 */
import { scanTerms, type TermSink } from './scan-terms.ts';
import { spell } from './term-of.ts';
import { LATEX_MARKUP, VARIANT } from './word-pattern.ts';

const PLAIN = /^[A-Za-z0-9]+$/;
const COMMAND_NAME = /^\\([A-Za-z]+)$/;
const SYMBOL_END = /[+#]$/;

/** `State-of-the-art GPT-4` -> `state of the art gpt 4`, one string a word. Scripts without spaces go by pairs. */
export function phraseWords(text: string): string[] {
  const sink = new WordList(text);
  scanTerms(text, sink);
  return sink.words;
}

/** Whether the phrase stands in a text; a phrase without a word stands in none. Both as `phraseWords` gives them. */
export function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const [first] = phrase;
  if (first === undefined) return false;
  for (let at = words.indexOf(first); at >= 0; at = words.indexOf(first, at + 1)) {
    if (phrase.every((word, step) => words[at + step] === word)) return true;
  }
  return false;
}

/** `holdsPhrase`, where the last word of the phrase is only the beginning of a word. */
export function holdsPrefix(words: readonly string[], phrase: readonly string[]): boolean {
  const last = phrase.length - 1;
  if (last < 0) return false;
  return words.some((_, at) =>
    phrase.every((word, step) =>
      step === last ? words[at + step]?.startsWith(word) : words[at + step] === word,
    ),
  );
}

/** Whether some stretch of the text holds each of the words, in any order, and at most `others` words more. */
export function holdsNear(words: readonly string[], wanted: readonly string[], others: number): boolean {
  const each = new Set(wanted);
  const longest = each.size + others;
  return words.some((word, at) => {
    if (!each.has(word)) return false;
    const stretch = new Set(words.slice(at, at + longest));
    return [...each].every((other) => stretch.has(other));
  });
}

class WordList implements TermSink {
  readonly words: string[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  push(term: string, start: number, end: number, isExtra = false): void {
    if (!isExtra) this.words.push(spelled(this.#text.slice(start, end), term));
  }
}

function spelled(written: string, term: string): string {
  if (PLAIN.test(written)) return written.toLowerCase();
  if (SYMBOL_END.test(written)) return term;
  const command = COMMAND_NAME.exec(written)?.[1];
  return spell(command?.replace(VARIANT, '') ?? written.replace(LATEX_MARKUP, ''));
}
