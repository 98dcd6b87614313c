/** What a model reads of a question and of a paper: its prefixes, and between title and abstract what it was trained on. */
import { TEXT_TEMPLATE } from '../paper/embedded-text.ts';
import type { ModelIdentity } from './embedder.ts';

type InputRules = Pick<ModelIdentity, 'queryPrefix' | 'documentPrefix' | 'textTemplate'>;

/** What stands between title and abstract in the text of a paper. */
const SEPARATOR = '\n';

/** The template of the house with another separator. */
export function templateWith(separator = SEPARATOR): string {
  return TEXT_TEMPLATE.replace(SEPARATOR, () => separator);
}

export function questionInput(question: string, { queryPrefix }: InputRules): string {
  return queryPrefix + question;
}

/** `text` is a title, a line feed and an abstract; or a title, or a text that somebody pasted. */
export function documentInput(text: string, { documentPrefix, textTemplate }: InputRules): string {
  if (textTemplate === TEXT_TEMPLATE) return documentPrefix + text;
  const [before = '', after = ''] = TEXT_TEMPLATE.split(SEPARATOR);
  const separator = textTemplate.slice(before.length, textTemplate.length - after.length);
  return documentPrefix + text.replace(SEPARATOR, () => separator);
}
