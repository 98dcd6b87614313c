/** Papers as references, one or many, in the media type of the format that was asked for. */
import { z } from 'zod';
import { CITATION_FORMATS, CITATION_MEDIA, CITATION_STYLES } from '../citations/citation-formats.ts';
import { citePapers } from '../citations/cite-papers.ts';
import { AppError } from '../fault/app-error.ts';
import type { Paper } from '../paper/paper.ts';
import { cslBody } from './answer-schemas.ts';
import type { PaperStore } from './context.ts';
import { citeExamples } from './example-answers.ts';
import { ATTENTION, BERT } from './example-papers.ts';
import { findPapers, idOf, requirePaper } from './find-paper.ts';
import { readBody, readQuery } from './read-input.ts';
import { Reply } from './reply.ts';
import { name } from './request-schemas.ts';
import type { Route } from './route.ts';

/** More are a library; `pharos cite` has no limit. */
const MAX_CITED = 1_000;
/** Printed references take some 4 ms each, during which nobody else is answered. */
const MAX_PRINTED = 100;
const MAX_ISSUES = 20;

const MANNER = {
  format: z
    .enum(CITATION_FORMATS)
    .exactOptional()
    .describe('How references are written; bibtex unless said.'),
  style: z.enum(CITATION_STYLES).exactOptional().describe('Of text and markdown; apa unless said.'),
  abstracts: z.boolean().exactOptional().describe('Whether bibtex, ris and csl hold the abstracts.'),
};

const citeQuery = z.strictObject(MANNER);
const citeInput = z.strictObject({
  ids: z.array(name).min(1).max(MAX_CITED).describe('Ids, DOIs or addresses of papers.'),
  ...MANNER,
});

const ANSWERS = Object.fromEntries(
  CITATION_FORMATS.map((format) => [
    CITATION_MEDIA[format].replace(/;.*/, ''),
    format === 'csl' ? cslBody : z.string(),
  ]),
);

export const citeRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/papers/{id}/cite',
    path: '/api/v1/papers/*id/cite',
    summary: 'One paper as a reference: BibTeX, RIS, CSL-JSON, text or Markdown.',
    input: citeQuery,
    answers: ANSWERS,
    example: { id: ATTENTION.id, input: { format: 'csl' }, answers: citeExamples([ATTENTION]) },
    answer: async (request, { engine }) => {
      const manner = readQuery(citeQuery, request);
      return references([await requirePaper(engine, idOf(request))], manner);
    },
  },
  {
    method: 'post',
    address: '/api/v1/cite',
    path: '/api/v1/cite',
    summary: 'Many papers as references.',
    input: citeInput,
    answers: ANSWERS,
    example: {
      input: { ids: [ATTENTION.id, BERT.id], format: 'csl' },
      answers: citeExamples([ATTENTION, BERT]),
    },
    answer: async (request, { engine }) => {
      const { ids, ...manner } = readBody(citeInput, request);
      const isPrinted = manner.format === 'text' || manner.format === 'markdown';
      if (isPrinted && ids.length > MAX_PRINTED) throw tooManyPrinted();
      return references(await requirePapers(engine, ids), manner);
    },
  },
];

async function references(papers: readonly Paper[], manner: z.infer<typeof citeQuery>): Promise<Reply> {
  const { format = 'bibtex', style, abstracts = false } = manner;
  const options = { format, withAbstracts: abstracts, ...(style !== undefined && { style }) };
  return new Reply(await citePapers(papers, options), { type: CITATION_MEDIA[format] });
}

function tooManyPrinted(): AppError {
  const message = `text and markdown take at most ${MAX_PRINTED} ids`;
  return new AppError('INPUT_INVALID', {
    message: `${message}.`,
    remedy: 'Ask for them in parts, or for csl and let a citation processor print it.',
    issues: [{ message, pointer: '/ids' }],
  });
}

/** PAPER_NOT_FOUND names those that are not there. */
async function requirePapers(engine: PaperStore, ids: readonly string[]): Promise<Paper[]> {
  const found = await findPapers(engine, ids);
  const missing = [...found.keys()].filter((at) => found[at] === undefined);
  if (missing.length === 0) return found.flatMap((paper) => paper ?? []);
  throw new AppError('PAPER_NOT_FOUND', {
    message: `${missing.length} of the papers are not in this index.`,
    issues: missing.slice(0, MAX_ISSUES).map((at) => ({
      message: `There is no paper ${JSON.stringify(ids[at]?.slice(0, 100))} in this index.`,
      pointer: `/ids/${at}`,
    })),
  });
}
