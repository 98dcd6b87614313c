/** What the model will be asked for a question, so that whoever loads an index can have it embedded meanwhile. */
import { parseQuery } from './parse-query.ts';
import { readQuestion } from './read-question.ts';

/** Empty where the question needs no model: an identifier, or nothing but restrictions. A guess, and usually right. */
export function textToEmbed(question: string): string {
  const { text, isIdentifier } = parseQuery(question);
  return isIdentifier ? '' : parseQuery(readQuestion(text).text).text;
}
