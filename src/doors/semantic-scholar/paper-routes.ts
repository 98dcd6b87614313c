/** Papers of Semantic Scholar by their ids, alone and by the hundred, and the people who wrote them. */
import { z } from 'zod';
import type { Paper } from '../../paper/paper.ts';
import { type DoorContext, getRoute, postRoute } from '../door.ts';
import { count, text } from '../door-schemas.ts';
import { AUTHOR_FIELDS, ofAuthor, ofLink, ofPaper, readFields } from './field-names.ts';
import { authorRecord, paperRecord } from './paper-record.ts';
import { referencedPaper, requireReferenced } from './paper-reference.ts';

const MOST_IDS = 500;
const MAX_ID_LENGTH = 500;
const DEFAULT_LINKED = 100;
const MOST_LINKED = 1_000;

const fieldsOnly = z.strictObject({
  fields: text('Which fields, with commas between them.').exactOptional(),
});
const linkedInput = fieldsOnly.extend({
  limit: count(MOST_LINKED, 'How many.').exactOptional(),
  offset: z.int().min(0).exactOptional().describe('How many to pass over first.'),
  publicationDateOrYear: text('Between these dates.').exactOptional(),
});

/** No paper is known to cite another; whoever asks gets an empty list and not an error. */
const linkRoutes = (['citations', 'references'] as const).map((list) =>
  getRoute({
    address: `/graph/v1/paper/{id}/${list}`,
    path: `/graph/v1/paper/*id/${list}`,
    summary: `The ${list} of a paper, for clients of Semantic Scholar: none that are known here.`,
    input: linkedInput,
    answer: async ({ id, input: { fields, offset = 0 } }, context) => {
      readFields(fields, ofLink);
      await requireReferenced(context, id);
      return { offset, data: [] };
    },
  }),
);

export const paperRoutes = [
  postRoute({
    address: '/graph/v1/paper/batch',
    path: '/graph/v1/paper/batch',
    summary: 'Many papers at once, for clients of Semantic Scholar.',
    input: fieldsOnly,
    body: z.strictObject({
      ids: z.array(text('An id.', MAX_ID_LENGTH)).min(1).max(MOST_IDS).describe('The ids of papers.'),
    }),
    answer: async ({ input, body: { ids } }, context) => {
      const fields = readFields(input.fields, ofPaper);
      const papers = await referencedPapers(context, ids);
      return papers.map((paper) => (paper ? paperRecord(paper, fields) : null));
    },
  }),
  ...linkRoutes,
  getRoute({
    address: '/graph/v1/paper/{id}/authors',
    path: '/graph/v1/paper/*id/authors',
    summary: 'The people who wrote a paper, for clients of Semantic Scholar.',
    input: linkedInput,
    answer: async ({ id, input }, context) => {
      const { limit = DEFAULT_LINKED, offset = 0 } = input;
      const fields = readFields(input.fields, ofAuthor, ['authorId', 'name']);
      const { authors } = await requireReferenced(context, id);
      const asked = [...AUTHOR_FIELDS, 'papers'].filter((name) => fields.has(name));
      const end = offset + limit;
      return {
        offset,
        ...(end < authors.length && { next: end }),
        data: authors.slice(offset, end).map((name) => authorRecord(name, asked)),
      };
    },
  }),
  getRoute({
    address: '/graph/v1/paper/{id}',
    path: '/graph/v1/paper/*id',
    summary: 'One paper, for clients of Semantic Scholar.',
    input: fieldsOnly,
    answer: async ({ id, input }, context) => {
      const fields = readFields(input.fields, ofPaper);
      return paperRecord(await requireReferenced(context, id), fields);
    },
  }),
];

/** One after the other: each is a few look-ups that nobody gains by running at once. */
async function referencedPapers(
  context: DoorContext,
  ids: readonly string[],
): Promise<(Paper | undefined)[]> {
  const papers: (Paper | undefined)[] = [];
  for (const id of ids) papers.push(await referencedPaper(context, id));
  return papers;
}
