/** What the text of a paper must say: the smallest question a filter asks of words. */
import type { Paper } from '../paper/paper.ts';
import { terms } from '../text/analyze.ts';
import { holdsPhrase, phraseWords } from '../text/phrase.ts';
import { indexedText } from './indexed-text.ts';

export interface TextTest {
  /**
   * `phrase`: these words as they are spelled, next to each other. `words`: each of these words somewhere, in any
   * form that search takes for the same (`network`, `Networks`).
   */
  readonly as: 'phrase' | 'words';
  readonly text: string;
  /** Only there. Otherwise a phrase may stand in title or abstract, and words wherever search looks for them. */
  readonly in?: 'title';
}

/** A test without a word in it is passed by no paper. */
export function holdsText(paper: Paper, { as, text, in: field }: TextTest): boolean {
  if (as === 'phrase') {
    const phrase = phraseWords(text);
    const fields = field === 'title' ? [paper.title] : [paper.title, paper.abstract];
    return fields.some((own) => holdsPhrase(phraseWords(own), phrase));
  }
  const wanted = terms(text);
  const held = field === 'title' ? new Set(terms(paper.title)) : indexedText(paper).frequencies;
  return wanted.length > 0 && wanted.every((term) => held.has(term));
}
