/** What the text of a paper must say: the smallest question a filter asks of words. */
import type { Paper } from '../paper/paper.ts';
import { terms } from '../text/analyze.ts';
import { areWithinEdits } from '../text/edits.ts';
import { holdsNear, holdsPhrase, holdsPrefix, phraseWords } from '../text/phrase.ts';
import { indexedText } from './indexed-text.ts';

export interface TextTest {
  /**
   * `phrase`: these words as they are spelled, next to each other. `words`: each of these words somewhere, in any
   * form that search takes for the same (`network`, `Networks`). `prefix`: a phrase whose last word is only begun.
   * `near`: these words in any order, with at most `within` others among them. `fuzzy`: a word that differs from
   * the first of these in at most `within` letters. All but `words` look at words as they are spelled.
   */
  readonly as: 'phrase' | 'words' | 'prefix' | 'near' | 'fuzzy';
  readonly text: string;
  /** Only of `near` and `fuzzy`; 0 unless it says otherwise. */
  readonly within?: number;
  /** Only there. Otherwise `words` are looked for wherever search does, and all else in title or abstract. */
  readonly in?: 'title';
}

type SpelledTest = Exclude<TextTest['as'], 'words'>;

/** Whether a field, as its words are spelled, holds what is wanted; given the words of the test. */
const HOLDS: Readonly<
  Record<SpelledTest, (words: readonly string[], wanted: readonly string[], within: number) => boolean>
> = {
  phrase: holdsPhrase,
  prefix: holdsPrefix,
  near: holdsNear,
  fuzzy: (words, [wanted], within) =>
    wanted !== undefined && words.some((word) => areWithinEdits(word, wanted, within)),
};

/** A test without a word in it is passed by no paper. */
export function holdsText(paper: Paper, { as, text, in: field, within = 0 }: TextTest): boolean {
  if (as !== 'words') {
    const wanted = phraseWords(text);
    const fields = field === 'title' ? [paper.title] : [paper.title, paper.abstract];
    return fields.some((own) => HOLDS[as](phraseWords(own), wanted, within));
  }
  const wanted = terms(text);
  const held = field === 'title' ? new Set(terms(paper.title)) : indexedText(paper).frequencies;
  return wanted.length > 0 && wanted.every((term) => held.has(term));
}
