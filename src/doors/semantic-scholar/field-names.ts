/**
 * The names that `fields` may hold, as the Academic Graph API documents them: one with a point asks for a part of what
 * stands before it. All of them are taken, whether or not the corpus knows what they ask for.
 */
import { AppError } from '../../fault/app-error.ts';

/** What every paper has, wherever it stands. */
export const PAPER_FIELDS = [
  ...['paperId', 'corpusId', 'externalIds', 'url', 'title', 'abstract', 'venue', 'publicationVenue', 'year'],
  ...['referenceCount', 'citationCount', 'influentialCitationCount', 'isOpenAccess', 'openAccessPdf'],
  ...['fieldsOfStudy', 's2FieldsOfStudy', 'publicationTypes', 'publicationDate', 'journal', 'citationStyles'],
  ...['authors', 'citations', 'references', 'embedding', 'tldr', 'textAvailability'],
] as const;

export const AUTHOR_FIELDS = [
  ...['authorId', 'externalIds', 'url', 'name', 'aliases', 'affiliations', 'homepage'],
  ...['paperCount', 'citationCount', 'hIndex'],
] as const;

const SNIPPET_PARTS = ['text', 'snippetKind', 'section', 'snippetOffset', 'annotations'];

/** Of a paper that was asked for. */
export const ofPaper: ReadonlySet<string> = new Set([
  ...PAPER_FIELDS,
  ...within('authors', AUTHOR_FIELDS),
  ...['citations', 'references'].flatMap((list) => [
    ...within(list, PAPER_FIELDS),
    ...within(`${list}.authors`, AUTHOR_FIELDS),
  ]),
  ...within('embedding', ['specter_v1', 'specter_v2']),
]);

/** Of a paper that was found: ours beside theirs. */
export const ofHit: ReadonlySet<string> = new Set([...ofPaper, 'score', 'match']);

/** Of an author of a paper. */
export const ofAuthor: ReadonlySet<string> = new Set([
  ...AUTHOR_FIELDS,
  'papers',
  ...within('papers', PAPER_FIELDS),
]);

/** Of what links two papers. */
export const ofLink: ReadonlySet<string> = new Set([
  ...ofPaper,
  ...['contexts', 'intents', 'contextsWithIntent', 'isInfluential'],
]);

/** Of a snippet. */
export const ofSnippet: ReadonlySet<string> = new Set([
  ...within('snippet', SNIPPET_PARTS),
  ...within('snippet.annotations', ['sentences', 'refMentions']),
]);

/** `fallback` where nothing is asked for. INPUT_INVALID for a name that is not documented. */
export function readFields(
  fields: string | undefined,
  known: ReadonlySet<string>,
  fallback: readonly string[] = ['paperId', 'title'],
): ReadonlySet<string> {
  const names = (fields ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.filter((name) => !known.has(name)).map((name) => name.slice(0, 60));
  if (unknown.length > 0) {
    const message = `Unrecognized or unsupported fields: [${unknown.slice(0, 20).join(', ')}]`;
    const remedy = `There are ${[...known].filter((name) => !name.includes('.')).join(', ')}.`;
    throw new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: 'fields' }] });
  }
  return new Set(names.length > 0 ? names : fallback);
}

/** Whether a field is asked for, or a part of it. */
export function asksFor(fields: ReadonlySet<string>, name: string): boolean {
  return fields.has(name) || [...fields].some((field) => field.startsWith(`${name}.`));
}

function within(whole: string, parts: readonly string[]): string[] {
  return parts.map((part) => `${whole}.${part}`);
}
