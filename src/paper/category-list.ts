/** Categories of a paper, in the order of the source and without repetition. */
import { oneLine } from './normalize-text.ts';

export const MAX_CATEGORY_LENGTH = 200;

const SEPARATOR = /\s*[;|,]\s*/;
/** arXiv writes its categories in one string with blanks: `cs.CL cs.AI math-ph`. */
const BLANK_SEPARATED =
  /^(?:[a-z-]+\.[A-Za-z-]+|[a-z]+-[a-z]+)(?:\s+(?:[a-z-]+\.[A-Za-z-]+|[a-z]+-[a-z]+))+$/;

/** From an array of strings or one string; `Computer Science; Physics` keeps the blank within a name. */
export function categoryList(value: unknown): string[] {
  const entries = typeof value === 'string' ? split(value.trim()) : Array.isArray(value) ? value : [];
  const names = entries.flatMap((entry: unknown) => (typeof entry === 'string' ? [oneLine(entry)] : []));
  return [...new Set(names)].filter((name) => name !== '' && name.length <= MAX_CATEGORY_LENGTH);
}

function split(text: string): string[] {
  return text.split(BLANK_SEPARATED.test(text) ? /\s+/ : SEPARATOR);
}
