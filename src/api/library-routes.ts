/** What a reader keeps, for pages and programs: papers with tags and notes, saved searches, all of it as a file. */
import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { MAX_NAME_LENGTH, MAX_TAGS, noteText, readable, tagText } from '../shelf/readable.ts';
import { savedQuestion } from '../shelf/saved-question.ts';
import { fromDocument, shelfDocument, toDocument } from '../shelf/shelf-document.ts';
import { hitBody } from './answer-schemas.ts';
import type { ApiContext } from './context.ts';
import { findPaper, idOf } from './find-paper.ts';
import { ENTRY, HIT, LIBRARY, LIBRARY_FILE, SEARCH } from './library-examples.ts';
import { readBody, readQuery } from './read-input.ts';
import { Reply } from './reply.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';
import {
  entryBody,
  libraryBody,
  savedSearchBody,
  toEntryBody,
  toListedSearchBody,
  toSavedSearchBody,
} from './shelf-body.ts';
import type { ShelfDesk } from './shelf-desk.ts';
import { ownerOf } from './shelf-owner.ts';
import { removedBody } from './standing-answers.ts';
import { toHitBody } from './wire.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

const tags = (description: string) => z.array(tagText).max(MAX_TAGS).exactOptional().describe(description);

const entryInput = z.strictObject({
  read: z.boolean().exactOptional().describe('False for what is to be read later, as at first.'),
  note: noteText.exactOptional().describe('In place of the one there is.'),
  tags: tags('In place of those there are.'),
  addTags: tags('Beside those there are.'),
  removeTags: tags('Of those there are.'),
});

const searchName = readable(MAX_NAME_LENGTH);
const searchInput = z.strictObject({
  name: searchName.exactOptional().describe('The words of the question where none is given.'),
  question: savedQuestion.describe('As the address of a search has it.'),
});
const renameInput = z.strictObject({ name: searchName });

const importedBody = z.strictObject({ entries: z.int().min(0), searches: z.int().min(0) });

const lookedBody = savedSearchBody.extend({
  hits: z.array(hitBody).describe('What is new for it, the nearest first.'),
  whole: z.boolean(),
  waiting: z.boolean(),
});

const wholeRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/library',
    path: '/api/v1/library',
    summary: 'What the holder of the key keeps, and how much is new for each saved search.',
    input: nothing,
    // Each saved search may be asked.
    budget: 'search',
    answers: { 'application/json': libraryBody },
    example: { answers: { 'application/json': LIBRARY } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { desk, owner } = await shelfFor(request, context);
      const [entries, searches] = [await desk.entries(owner), await desk.searches(owner)];
      return { entries: entries.map(toEntryBody), searches: searches.map(toListedSearchBody) };
    },
  },
  {
    method: 'get',
    address: '/api/v1/library/export',
    path: '/api/v1/library/export',
    summary: 'The same as a file that can be imported, here or elsewhere.',
    input: nothing,
    answers: { 'application/json': shelfDocument },
    example: { answers: { 'application/json': LIBRARY_FILE } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { desk, owner } = await shelfFor(request, context);
      const headers = { 'Content-Disposition': 'attachment; filename="pharos-library.json"' };
      const text = JSON.stringify(toDocument(await desk.read(owner)), null, 1);
      return new Reply(`${text}\n`, { type: JSON_TYPE, headers });
    },
  },
  {
    method: 'post',
    address: '/api/v1/library/import',
    path: '/api/v1/library/import',
    summary: 'Puts an exported library into this one. Nothing that is there is lost.',
    input: shelfDocument,
    budget: 'write',
    answers: { 'application/json': importedBody },
    example: {
      input: { ...LIBRARY_FILE },
      answers: { 'application/json': { entries: 1, searches: 1 } },
    },
    answer: async (request, context) => {
      const { desk, owner } = await shelfFor(request, context);
      const after = await desk.merge(owner, fromDocument(readBody(shelfDocument, request)));
      return { entries: after.entries.length, searches: after.searches.length };
    },
  },
];

const paperRoutes: readonly Route[] = [
  {
    method: 'put',
    address: '/api/v1/library/papers/{id}',
    path: '/api/v1/library/papers/*id',
    summary: 'Saves a paper, by any of its names, or changes what is kept of it. What is left out stays.',
    input: entryInput,
    budget: 'write',
    answers: { 'application/json': entryBody },
    example: {
      id: ENTRY.id,
      input: { addTags: ENTRY.tags, note: ENTRY.note },
      answers: { 'application/json': ENTRY },
    },
    answer: async (request, context) => {
      const { desk, owner } = await shelfFor(request, context);
      const { read, ...change } = readBody(entryInput, request);
      const id = await savedId(request, context);
      return toEntryBody(
        await desk.put(owner, id, { ...change, ...(read !== undefined && { isRead: read }) }),
      );
    },
  },
  {
    method: 'delete',
    address: '/api/v1/library/papers/{id}',
    path: '/api/v1/library/papers/*id',
    summary: 'Takes a paper out of the library, with its tags and its note.',
    input: nothing,
    budget: 'write',
    answers: { 'application/json': removedBody },
    example: { id: ENTRY.id, answers: { 'application/json': { removed: ENTRY.id } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { desk, owner } = await shelfFor(request, context);
      const id = await savedId(request, context);
      await desk.remove(owner, id);
      return { removed: id };
    },
  },
];

const searchRoutes: readonly Route[] = [
  {
    method: 'post',
    address: '/api/v1/library/searches',
    path: '/api/v1/library/searches',
    summary: 'Saves a search. What is in the index by now is not new for it.',
    input: searchInput,
    budget: 'write',
    answers: { 'application/json': savedSearchBody },
    example: {
      input: { name: SEARCH.name, question: SEARCH.question },
      answers: { 'application/json': SEARCH },
    },
    answer: async (request, context) => {
      const { desk, owner } = await shelfFor(request, context);
      return toSavedSearchBody(await desk.putSearch(owner, readBody(searchInput, request)));
    },
  },
  {
    method: 'post',
    address: '/api/v1/library/searches/{id}/look',
    path: '/api/v1/library/searches/:id/look',
    summary: 'What is new for a saved search, and from now on no longer.',
    input: nothing,
    budget: 'search',
    answers: { 'application/json': lookedBody },
    example: {
      id: SEARCH.id,
      input: {},
      answers: { 'application/json': { ...SEARCH, hits: [HIT], whole: true, waiting: false } },
    },
    answer: async (request, context) => {
      const { desk, owner } = await shelfFor(request, context);
      const { hits, isWhole, isWaiting, search } = await desk.look(owner, searchId(request));
      const found = { hits: hits.map(toHitBody), whole: isWhole, waiting: isWaiting };
      return { ...toSavedSearchBody(search), ...found };
    },
  },
  {
    method: 'put',
    address: '/api/v1/library/searches/{id}',
    path: '/api/v1/library/searches/:id',
    summary: 'Gives a saved search another name.',
    input: renameInput,
    budget: 'write',
    answers: { 'application/json': savedSearchBody },
    example: {
      id: SEARCH.id,
      input: { name: SEARCH.name },
      answers: { 'application/json': SEARCH },
    },
    answer: async (request, context) => {
      const { desk, owner } = await shelfFor(request, context);
      const { name } = readBody(renameInput, request);
      return toSavedSearchBody(await desk.renameSearch(owner, searchId(request), name));
    },
  },
  {
    method: 'delete',
    address: '/api/v1/library/searches/{id}',
    path: '/api/v1/library/searches/:id',
    summary: 'Takes a saved search out of the library.',
    input: nothing,
    budget: 'write',
    answers: { 'application/json': removedBody },
    example: { id: SEARCH.id, answers: { 'application/json': { removed: SEARCH.id } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { desk, owner } = await shelfFor(request, context);
      const id = searchId(request);
      await desk.removeSearch(owner, id);
      return { removed: id };
    },
  },
];

export const libraryRoutes: readonly Route[] = [...wholeRoutes, ...searchRoutes, ...paperRoutes];

async function shelfFor(request: Request, context: ApiContext) {
  const { shelves } = context;
  // The routes are mounted only where there is one.
  if (!shelves) throw new AppError('ROUTE_NOT_FOUND');
  const desk: ShelfDesk = shelves;
  return { desk, owner: await ownerOf(request, context) };
}

/** Of a paper that left the index, the id under which it is kept. */
async function savedId(request: Request, { engine }: ApiContext): Promise<string> {
  const given = idOf(request);
  return (await findPaper(engine, given))?.id ?? given;
}

function searchId({ params }: Request): string {
  return String(params.id);
}
