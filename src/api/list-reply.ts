/** Sends papers in the form that was asked for, with what every form needs beside it in headers. */
import { hash } from 'node:crypto';
import type { Request } from 'express';
import type { Paper } from '../paper/paper.ts';
import type { SearchAnswer } from '../search/answer.ts';
import { chooseFormat, type FormatWish } from './choose-format.ts';
import type { ApiContext } from './context.ts';
import { FORMATS, type ListRow, type PaperList } from './list-format.ts';
import { nextAddress, nextLink } from './next-link.ts';
import { Reply } from './reply.ts';
import { siteOf } from './site-of.ts';
import { sparseHit, sparsePaper } from './sparse.ts';
import { toAnswerBody } from './wire.ts';

/** Who asks, and what tells under which address the server is reached. */
export interface Asking {
  readonly request: Request;
  readonly settings: ApiContext['settings'];
}

/** The hits of a search, or of what is related. */
export async function answerReply(
  { request, settings }: Asking,
  wish: FormatWish,
  answer: SearchAnswer,
): Promise<Reply> {
  const whole = toAnswerBody(answer);
  const hits = whole.hits.map((hit) => sparseHit(hit, wish.fields));
  const next = request.method === 'POST' ? undefined : nextAddress(request.originalUrl, answer.next);
  const link = nextLink(next);
  const list: PaperList = {
    body: { ...whole, hits },
    elements: hits,
    rows: answer.hits.map(({ match, ...hit }) => ({
      ...hit,
      ...(match.passage && { passage: match.passage.text }),
    })),
    heading: answer.query,
    total: answer.total,
    ...placeOf({ request, settings }, wish),
    ...(next !== undefined && { next }),
  };
  return listReply(request, list, {
    wish,
    headers: { 'X-Total-Count': String(answer.total), ...(link !== undefined && { Link: link }) },
  });
}

/** A list that no question made, which ends where it ends. */
export interface StandingList {
  readonly total: number;
  readonly hits: readonly StandingHit[];
  readonly tookMs: number;
}

export interface StandingHit {
  readonly rank: number;
  readonly score: number | null;
  readonly paper: Paper;
  readonly because?: readonly Reason[];
}

interface Reason {
  readonly title: string;
  readonly similarity: number;
}

/** Recommendations, or the papers of days; `heading` says which. */
export function standingReply<Body extends StandingList>(
  asking: Asking,
  wish: FormatWish & { readonly heading: string },
  whole: Body,
): Promise<Reply> {
  const hits = whole.hits.map((hit) => sparseHit(hit, wish.fields));
  const list: PaperList = {
    body: { ...whole, hits },
    elements: hits,
    rows: whole.hits.map(toRow),
    heading: wish.heading,
    total: whole.total,
    ...placeOf(asking, wish),
  };
  return listReply(asking.request, list, { wish, headers: { 'X-Total-Count': String(whole.total) } });
}

function toRow({ score, because, ...hit }: StandingHit): ListRow {
  const titles = because?.map(({ title, similarity }) => `${title} (${similarity.toFixed(2)})`);
  return {
    ...hit,
    ...(score !== null && { score }),
    ...(titles && { remark: `because of ${titles.join(', ')}` }),
  };
}

/** Papers by their ids, undefined where there is none. */
export function batchReply(
  asking: Asking,
  wish: FormatWish & { readonly ids: readonly string[] },
  found: readonly (Paper | undefined)[],
): Promise<Reply> {
  const papers = found.map((paper) => (paper ? sparsePaper(paper, wish.fields) : null));
  const missing = wish.ids.filter((_, at) => found[at] === undefined);
  const rows = found.flatMap((paper) => (paper ? { paper } : []));
  return listReply(
    asking.request,
    {
      body: { papers, missing },
      elements: papers.filter((paper) => paper !== null),
      rows,
      heading: 'Papers',
      total: rows.length,
      ...placeOf(asking, wish),
    },
    { wish, headers: {} },
  );
}

export function paperReply(asking: Asking, wish: FormatWish, paper: Paper): Promise<Reply> {
  const body = sparsePaper(paper, wish.fields);
  const list = { body, elements: [body], rows: [{ paper }], heading: undefined, total: 1 };
  return listReply(asking.request, { ...list, ...placeOf(asking, wish) }, { wish, headers: {} });
}

/** JSON whose ETag does not know how long the answer took, so that an answer that says the same is the same. */
export function timedReply<Body extends { readonly tookMs: number }>(
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const { tookMs: _, ...said } = body;
  const tag = hash('sha256', JSON.stringify(said), 'base64url').slice(0, 27);
  return new Reply(JSON.stringify(body), {
    type: FORMATS.json.type,
    headers: { ...headers, ETag: `W/"${tag}"` },
  });
}

function placeOf({ request, settings }: Asking, { fields }: FormatWish) {
  return { fields, site: siteOf(request, settings), address: request.originalUrl };
}

interface ListReplyOptions {
  readonly wish: FormatWish;
  readonly headers: Readonly<Record<string, string>>;
}

async function listReply(
  request: Request,
  list: PaperList,
  { wish, headers }: ListReplyOptions,
): Promise<Reply> {
  const format = chooseFormat(request, wish);
  const all = { ...headers, Vary: 'Accept' };
  if (format === 'json' && isTimed(list.body)) return timedReply(list.body, all);
  const { type, write } = FORMATS[format];
  return new Reply(await write(list), { type, headers: all });
}

function isTimed(body: unknown): body is { readonly tookMs: number } {
  return typeof body === 'object' && body !== null && 'tookMs' in body;
}
