/** A small library for the description of the API. */
import type { z } from 'zod';
import type { ShelfDocument } from '../shelf/shelf-document.ts';
import { exampleHit } from './example-answers.ts';
import { ATTENTION } from './example-papers.ts';
import type { entryBody, libraryBody, savedSearchBody } from './shelf-body.ts';
import { toHitBody } from './wire.ts';

const SAVED = '2026-11-20T09:00:00.000Z';
const LOOKED = '2026-11-24T07:30:00.000Z';

export const ENTRY: z.infer<typeof entryBody> = {
  id: ATTENTION.id,
  title: ATTENTION.title,
  saved: SAVED,
  read: false,
  tags: ['thesis'],
  note: 'Section 3.2 for the scaling.',
  gone: false,
};

export const SEARCH: z.infer<typeof savedSearchBody> = {
  id: '5f0c21ab',
  name: 'Attention without softmax',
  question: { q: 'attention without softmax', category: ['cs.LG'] },
  saved: SAVED,
  looked: LOOKED,
};

export const LIBRARY: z.infer<typeof libraryBody> = {
  entries: [ENTRY],
  searches: [{ ...SEARCH, new: { count: 2, whole: true, waiting: false } }],
};

const { gone: _, ...KEPT } = ENTRY;

export const LIBRARY_FILE: ShelfDocument = {
  format: 'pharos-library',
  version: 1,
  revision: 12,
  entries: [KEPT],
  searches: [{ ...SEARCH, position: 100_431, earlier: 100_212 }],
};

export const HIT = toHitBody(exampleHit(ATTENTION, 0));
