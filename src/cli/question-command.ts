/**
 * A command whose arguments are a question in the query language, which shares two characters with the shell and the
 * command line: quotation marks, which the shell takes away, and the hyphen, which looks like an option.
 */
import { Command } from 'commander';
import { AppError } from '../fault/app-error.ts';
import { FIELD_NAMES } from '../search/query-fields.ts';

/** `-molecule`, `-author:x`. Commander would read them as `-m olecule` and `-a uthor:x`. `-n5` stays an option. */
const LIKE_AN_EXCLUSION = /^-\p{L}[\p{L}:]/u;
const FIELD_WITH_BLANK = new RegExp(`^(-?(?:${FIELD_NAMES.join('|')}):)([^"\\s]+\\s[^"]*)$`, 'i');

export class QuestionCommand extends Command {
  /** INPUT_INVALID for an argument that may be meant to exclude a word. */
  override parseOptions(parameters: string[]): ReturnType<Command['parseOptions']> {
    const end = parameters.indexOf('--');
    const options = end < 0 ? parameters : parameters.slice(0, end);
    const meant = options.find((parameter) => LIKE_AN_EXCLUSION.test(parameter));
    if (meant === undefined) return super.parseOptions(parameters);
    throw new AppError('INPUT_INVALID', {
      message: `${meant} looks like an option`,
      remedy: `To leave something out of the question, quote it whole ('graph networks ${meant}') or put -- before it; between an option and its value put a blank.`,
    });
  }
}

/** A single argument is the whole question. Of several, `author:Ada Lovelace` had quotation marks for the shell. */
export function questionOf(words: readonly string[]): string {
  if (words.length === 1) return words.join('');
  return words.map((word) => word.replace(FIELD_WITH_BLANK, '$1"$2"')).join(' ');
}
