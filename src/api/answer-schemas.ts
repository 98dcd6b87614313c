/**
 * What each native route answers in JSON, as schemas: the description of the API is made from them, and the tests hold
 * every answer to them. Nothing is validated while the server answers; the compiler holds them to the types of the house.
 */
import { z } from 'zod';
import { FACET_FIELDS, type Facet, type FacetValue } from '../engine/facets.ts';
import type { Paper } from '../paper/paper.ts';
import { MODES, SORTS } from '../search/request.ts';
import type { SuggestAnswer } from '../search/suggest.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const tookMs = z.number().min(0).describe('Milliseconds of searching, without the transport.');
const partialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .meta({ examples: ['2017-06-12'] });

export const paperBody = z.strictObject({
  id: z
    .string()
    .describe('An arXiv id without version, a DOI in lower case, an ACL id, or `title:` and a hash.')
    .meta({ examples: ['1706.03762'] }),
  title: z.string().meta({ examples: ['Attention Is All You Need'] }),
  abstract: z.string().describe('Empty where there is none.'),
  abstractBy: z.string().exactOptional().describe('Who wrote the abstract, if not the authors.'),
  authors: z.array(z.string()).meta({ examples: [['Ashish Vaswani', 'Noam Shazeer']] }),
  authorCount: count
    .exactOptional()
    .describe('How many authors there are, where the source does not list all.'),
  published: partialDate.exactOptional().describe('As exact as the source had it.'),
  updated: partialDate.exactOptional(),
  categories: z.array(z.string()).meta({ examples: [['cs.CL', 'cs.LG']] }),
  tags: z.array(z.string()).exactOptional().describe('Words that a library or a journal put on it.'),
  venue: z.string().exactOptional(),
  url: z.string().exactOptional(),
  doi: z.string().exactOptional(),
  code: z.string().exactOptional().describe('Address of the code.'),
  comment: z.string().exactOptional(),
  journalRef: z.string().exactOptional(),
  license: z.string().exactOptional(),
  language: z.string().exactOptional(),
  version: z.int().min(1).exactOptional(),
  keywords: z.array(z.string()).exactOptional(),
  upvotes: count.exactOptional(),
  comments: count.exactOptional().describe('Number of comments.'),
}) satisfies z.ZodType<Paper>;

/** With `fields`: the id, and of the rest what was asked for and is there. */
export const sparsePaperBody = paperBody.partial().required({ id: true });

const rank = z.int().min(1);
const matchBody = z.strictObject({
  lexicalRank: rank.nullable().describe('Place by words alone.'),
  semanticRank: rank.nullable().describe('Place by meaning alone.'),
  // Float32 rounding may carry a cosine a little beyond 1.
  similarity: z.number().min(-1.001).max(1.001).nullable().describe('Cosine of question and paper.'),
  coverage: share.describe("The share of the question's words that title and abstract hold, weighted."),
  passage: z
    .strictObject({
      text: z.string(),
      highlights: z
        .array(z.array(count).length(2).describe('[start, end) in UTF-16 units.'))
        .describe('What to mark in the text.'),
    })
    .nullable()
    .describe('The best sentence.'),
  exact: z.enum(['id', 'doi', 'title', 'text', 'author']).nullable().describe('How the question names it.'),
  explanation: z
    .strictObject({
      words: z.array(
        z.strictObject({
          word: z.string(),
          fields: z.array(z.enum(['title', 'abstract', 'authors', 'venue'])),
          share: z.number(),
        }),
      ),
      shares: z.array(
        z.strictObject({
          name: z.enum(['words', 'meaning', 'feedback', 'neighbours', 'name']),
          share: z.number(),
        }),
      ),
    })
    .exactOptional()
    .describe('Only with `explain`.'),
});

export const hitBody = z.strictObject({
  rank: rank.describe('Place in the whole list, from 1.'),
  score: z.number().describe('Higher is better. To be compared within one answer only.'),
  confidence: share.describe('How often a hit with such evidence was relevant on judged collections.'),
  paper: paperBody,
  match: matchBody,
  others: z
    .array(z.strictObject({ id: z.string(), title: z.string(), why: z.enum(['id', 'doi', 'title', 'text']) }))
    .describe('The other papers of the same work.'),
});

/** With `fields`: the rank, the paper, and of the rest what was asked for. */
const sparseHitBody = hitBody
  .extend({ paper: sparsePaperBody })
  .partial()
  .required({ rank: true, paper: true });

const facetValue = z.strictObject({ value: z.string(), count });
const facetBody = z.strictObject({
  distinct: count.describe('How many values there are, shown or not.'),
  missing: count.describe('Papers that have no value.'),
  values: z.array(
    facetValue.extend({
      within: z.array(facetValue).exactOptional().describe('The categories of an archive.'),
    }) satisfies z.ZodType<FacetValue>,
  ),
}) satisfies z.ZodType<Facet>;
const facets = z.partialRecord(z.enum(FACET_FIELDS), facetBody);

const noteBody = z.strictObject({ code: z.string(), message: z.string() });
const notes = z.array(noteBody).describe('What else to know of the answer; usually empty.');

export const searchBody = z.strictObject({
  query: z.string(),
  mode: z.enum(MODES),
  sort: z.enum(SORTS),
  total: count.describe('Papers in the whole list, folded ones too.'),
  hits: z.array(hitBody),
  notes,
  didYouMean: z
    .array(z.strictObject({ typed: z.string(), meant: z.array(z.string()) }))
    .exactOptional()
    .describe('Words that no paper has, and what was looked for beside them.'),
  next: z.string().nullable().describe('The cursor of the next page; null at the end.'),
  facets: facets.exactOptional(),
  tookMs,
});

const sparseSearchBody = searchBody.extend({ hits: z.array(sparseHitBody) });

/** A whole answer, or one with the fields that were asked for. */
export const anySearchBody = z.union([searchBody, sparseSearchBody]);

export const facetsBody = z.strictObject({
  query: z.string().describe('Empty where there was no question.'),
  total: count.describe('Papers that are counted.'),
  facets,
  notes,
  tookMs,
});

const batchBody = z.strictObject({
  papers: z
    .array(paperBody.nullable())
    .describe('In the order of the ids; null where there is no such paper.'),
  missing: z.array(z.string()).describe('The ids that are not in the index.'),
});

const sparseBatchBody = batchBody.extend({ papers: z.array(sparsePaperBody.nullable()) });

export const anyBatchBody = z.union([batchBody, sparseBatchBody]);

/** CSL-JSON, as far as Pharos promises it; the rest is the format's. */
export const cslBody = z.array(z.looseObject({ id: z.string(), type: z.string() }));

const fieldSource = z.strictObject({ source: z.string(), taken: partialDate.exactOptional() });

const sourcedPaperBody = z.strictObject({
  paper: paperBody,
  otherIds: z.array(z.string()).describe('Under which sources have it too.'),
  fields: z.partialRecord(paperBody.keyof(), fieldSource).describe('The source of every field.'),
  sources: z.array(fieldSource.extend({ paper: paperBody })).describe('What each source says.'),
});

export const anyPaperBody = z.union([paperBody, sparsePaperBody, sourcedPaperBody]);

export const suggestBody = z.strictObject({
  query: z.string(),
  suggestions: z.array(
    z.union([
      z.strictObject({ kind: z.literal('title'), text: z.string(), id: z.string() }),
      z.strictObject({ kind: z.enum(['author', 'category']), text: z.string(), papers: count }),
    ]),
  ),
  tookMs,
}) satisfies z.ZodType<SuggestAnswer>;

const modelBody = z.strictObject({
  name: z.string(),
  origin: z.string(),
  hubId: z.string(),
  revision: z.string(),
  dtype: z.enum(['q8', 'fp32']),
  dimensions: z.int().min(1),
  pooling: z.enum(['mean', 'cls', 'last']),
  maxTokens: z.int().min(1),
  queryPrefix: z.string(),
  documentPrefix: z.string(),
  separator: z.string(),
  languages: z.array(z.string()),
  licence: z.string(),
  bytes: count,
  present: z.boolean(),
  inUse: z.boolean(),
});

export const modelsBody = z.strictObject({ model: z.string(), models: z.array(modelBody) });

export const statusBody = z.strictObject({
  papers: count,
  embedded: count.describe('Papers that can be found by meaning.'),
  generation: count.describe('Grows with every change.'),
  model: z.string(),
  dimensions: z.int().min(1),
  fingerprint: z.string(),
  bytes: count,
  ready: z.boolean(),
  health: z.strictObject({
    ok: z.boolean(),
    notes: z.array(z.string()).describe('A sentence for each thing that is not as it should be.'),
  }),
  work: z
    .array(
      z.strictObject({
        stage: z.string().describe('store, embed, checkpoint, words, vectors, map-layout and so on.'),
        done: z.number().min(0),
        total: z.number().min(0).nullable().describe('Null while nobody knows.'),
        started: z.iso.datetime(),
      }),
    )
    .describe('What is being done to the index right now.'),
});

export const aliveBody = z.strictObject({ alive: z.literal(true) });
export const readyBody = z.strictObject({ ready: z.literal(true) });

export const addressesBody = z.strictObject({
  name: z.literal('Pharos'),
  addresses: z.array(
    z.strictObject({
      method: z.string(),
      address: z.string(),
      summary: z.string(),
      parameters: z.array(z.string()),
    }),
  ),
});

export const problemBody = z.strictObject({
  type: z.string().meta({ examples: ['urn:pharos:error:INPUT_INVALID'] }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.string().describe('Decide by this one.'),
  error: z.string().describe('The same as detail.'),
  message: z.string().describe('The same as detail.'),
  errors: z.array(
    z.strictObject({
      message: z.string(),
      pointer: z.string().describe('A parameter, or a JSON pointer into the body.'),
    }),
  ),
  remedy: z.string(),
  requestId: z.string(),
});
