/**
 * Recommendations of Semantic Scholar: related work of ours. Theirs come from recent papers or from computer science;
 * here there is one pool, which is the corpus.
 */
import { z } from 'zod';
import { AppError } from '../../fault/app-error.ts';
import type { PaperId } from '../../paper/paper.ts';
import type { AskOptions, RelatedRequest } from '../../search/request.ts';
import { type DoorContext, getRoute, postRoute } from '../door.ts';
import { count, text } from '../door-schemas.ts';
import { firstHits } from '../first-hits.ts';
import { ofHit, readFields } from './field-names.ts';
import { hitRecord } from './paper-record.ts';
import { referencedPaper, requireReferenced } from './paper-reference.ts';

const DEFAULT_RECOMMENDED = 100;
const MOST_RECOMMENDED = 500;
const MOST_EXAMPLES = 100;
const MAX_ID_LENGTH = 500;

const input = z.strictObject({
  fields: text('Which fields, with commas between them.').exactOptional(),
  limit: count(MOST_RECOMMENDED, 'How many papers.').exactOptional(),
});
const ids = z.array(text('An id.', MAX_ID_LENGTH)).max(MOST_EXAMPLES);

export const recommendationRoutes = [
  getRoute({
    address: '/recommendations/v1/papers/forpaper/{id}',
    path: '/recommendations/v1/papers/forpaper/*id',
    summary: 'The work around one paper, for clients of Semantic Scholar.',
    input: input.extend({
      from: z.enum(['recent', 'all-cs']).exactOptional().describe('Passed over: the pool is the corpus.'),
    }),
    answer: async ({ id, input }, context, options) => {
      const { id: positive } = await requireReferenced(context, id);
      return recommended({ positive: [positive] }, input, { context, options });
    },
  }),
  postRoute({
    address: '/recommendations/v1/papers',
    path: '/recommendations/v1/papers',
    summary: 'The work around some papers and away from others, for clients of Semantic Scholar.',
    input,
    body: z.strictObject({
      positivePaperIds: ids.min(1).describe('Ids of papers to be near to.'),
      negativePaperIds: ids.nullish().describe('Ids of papers to be far from.'),
    }),
    answer: async ({ input, body }, context, options) => {
      const { positivePaperIds, negativePaperIds } = body;
      const [near, far] = await Promise.all([
        resolve(context, positivePaperIds),
        resolve(context, negativePaperIds ?? []),
      ]);
      const missing = [...near.missing, ...far.missing];
      if (missing.length > 0) {
        const message = `Input papers not found: ${missing.slice(0, 20).join(', ')}`;
        throw new AppError('PAPER_NOT_FOUND', {
          message,
          issues: [{ message, pointer: '/positivePaperIds' }],
        });
      }
      return recommended({ positive: near.ids, negative: far.ids }, input, { context, options });
    },
  }),
];

async function recommended(
  request: RelatedRequest,
  { limit = DEFAULT_RECOMMENDED, fields: asked }: z.infer<typeof input>,
  { context, options }: { readonly context: DoorContext; readonly options: AskOptions },
) {
  const fields = readFields(asked, ofHit);
  const hits = await firstHits(limit, (page) => context.searcher.related({ ...request, ...page }, options));
  return { recommendedPapers: hits.map((hit) => hitRecord(hit, fields)) };
}

async function resolve(
  context: DoorContext,
  references: readonly string[],
): Promise<{ readonly ids: readonly PaperId[]; readonly missing: readonly string[] }> {
  const papers = await Promise.all(references.map((reference) => referencedPaper(context, reference)));
  return {
    ids: papers.flatMap((paper) => (paper ? [paper.id] : [])),
    missing: references.filter((_, at) => papers[at] === undefined).map((name) => name.slice(0, 100)),
  };
}
