/**
 * What the forms of the library are sent to. Each does its work and leads back to the page it stood on, so that Back and
 * reload never send it again. Forms of other sites are refused before: by `ownerOf`, and by the guard where there is
 * a session.
 */
import { z } from 'zod';
import { nothing } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { validateInput } from '../api/validate-input.ts';
import { AppError } from '../fault/app-error.ts';
import type { EntryChange } from '../shelf/change-entries.ts';
import { noteText, readable, tagKey, tagText } from '../shelf/readable.ts';
import { savedQuestion } from '../shelf/saved-question.ts';
import { fromDocument, shelfDocument } from '../shelf/shelf-document.ts';
import { readFormFile } from './form-file.ts';
import { PAPER_FORM, SEARCH_FORM } from './keep-forms.tsx';
import { requireReader } from './reader.ts';
import { seeOther } from './sign-in-route.tsx';
import { wayBack } from './way-back.ts';

const MAX_PATH_LENGTH = 16_000;
const MAX_ID_LENGTH = 500;
const MAX_QUESTION_LENGTH = 100_000;
const MAX_TAGS_LENGTH = 4_000;
const LIBRARY = '/library';

const back = z.string().max(MAX_PATH_LENGTH).exactOptional().describe('The page to go on to.');
const tagLine = z.string().max(MAX_TAGS_LENGTH).exactOptional();

const paperForm = z.strictObject({
  do: z.enum(['save', 'read', 'unread', 'edit', 'remove']),
  id: readable(MAX_ID_LENGTH).describe('The paper.'),
  back,
  tags: tagLine.describe('With commas between them.'),
  had: tagLine.describe('The tags when the form was drawn.'),
  note: z.string().exactOptional(),
});

const searchForm = z.strictObject({
  do: z.enum(['save', 'look', 'rename', 'remove']),
  id: readable(MAX_ID_LENGTH).exactOptional().describe('The saved search.'),
  name: readable(MAX_ID_LENGTH).exactOptional(),
  question: z.string().max(MAX_QUESTION_LENGTH).exactOptional().describe('The question as JSON.'),
  back,
});

/** What a paper form says, held to what a library takes. */
const edit = z.strictObject({ addTags: z.array(tagText), removeTags: z.array(z.string()), note: noteText });

export const libraryFormRoutes: readonly Route[] = [
  {
    ...{ method: 'post', address: PAPER_FORM, path: PAPER_FORM, reads: 'form', budget: 'write' },
    summary: 'Keeps a paper, changes what is kept of it, or keeps it no longer.',
    input: paperForm,
    answer: async (request, context) => {
      const { shelves, owner } = await requireReader(request, context);
      const form = validateInput(paperForm, { ...request.body }, { pointer: 'name' });
      if (form.do === 'remove') await shelves.remove(owner, form.id);
      else await shelves.put(owner, form.id, changeOf(form));
      return seeOther(wayBack(form.back, LIBRARY));
    },
  },
  {
    ...{ method: 'post', address: SEARCH_FORM, path: SEARCH_FORM, reads: 'form', budget: 'write' },
    summary: 'Saves a search, looks at what is new for it, renames it, or keeps it no longer.',
    input: searchForm,
    answer: async (request, context) => {
      const { shelves, owner } = await requireReader(request, context);
      const form = validateInput(searchForm, { ...request.body }, { pointer: 'name' });
      if (form.do === 'save') {
        await shelves.putSearch(owner, { question: questionIn(form.question), name: form.name });
        return seeOther(wayBack(form.back, LIBRARY));
      }
      const id = form.id ?? '';
      if (form.do === 'look') {
        await shelves.look(owner, id);
        return seeOther(`${SEARCH_FORM}/${encodeURIComponent(id)}`);
      }
      if (form.do === 'remove') await shelves.removeSearch(owner, id);
      else await shelves.renameSearch(owner, id, form.name ?? '');
      return seeOther(LIBRARY);
    },
  },
  {
    ...{
      method: 'post',
      address: '/library/import',
      path: '/library/import',
      reads: 'stream',
      budget: 'write',
    },
    summary: 'Adds an exported library to this one.',
    input: nothing,
    answer: async (request, context) => {
      const { shelves, owner } = await requireReader(request, context);
      const text = await readFormFile(request, { name: 'file', limitBytes: context.settings.bodyLimitBytes });
      const given = validateInput(shelfDocument, { ...parsed(text) }, { pointer: 'json' });
      await shelves.merge(owner, fromDocument(given));
      return seeOther(`${LIBRARY}?show=all`);
    },
  },
];

/** Only what is different from what the form was drawn with: another window may have tagged the paper meanwhile. */
function changeOf({ do: what, tags = '', had = '', note = '' }: z.infer<typeof paperForm>): EntryChange {
  if (what === 'read' || what === 'unread') return { isRead: what === 'read' };
  if (what !== 'edit') return {};
  const [now, before] = [tagsIn(tags), tagsIn(had)];
  const change = {
    addTags: missingIn(before, now),
    removeTags: missingIn(now, before),
    // Forms send lines with two ends.
    note: note.replace(/\r\n/g, '\n').trim(),
  };
  return validateInput(edit, change, { pointer: 'name' });
}

function tagsIn(line: string): string[] {
  return line
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function missingIn(some: readonly string[], tags: readonly string[]): string[] {
  const known = new Set(some.map(tagKey));
  return tags.filter((tag) => !known.has(tagKey(tag)));
}

function questionIn(text = ''): z.infer<typeof savedQuestion> {
  return validateInput(savedQuestion, { ...parsed(text) }, { pointer: 'json' });
}

/** BODY_INVALID for what is no JSON. */
function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch (cause) {
    const message = 'This is not JSON.';
    const remedy = 'Choose a file that the library has exported.';
    throw new AppError('BODY_INVALID', { message, remedy }, { cause });
  }
}
