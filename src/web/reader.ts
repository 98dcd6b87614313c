/** Whose library a page shows, and what its papers look like to that reader. */
import type { ApiContext } from '../api/context.ts';
import type { Route } from '../api/route.ts';
import type { ShelfDesk } from '../api/shelf-desk.ts';
import { ownerOf } from '../api/shelf-owner.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import type { Owner } from '../shelf/shelf.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';

type Request = Parameters<Route['answer']>[0];

export interface Reader {
  readonly owner: Owner;
  readonly shelves: ShelfDesk;
}

/** What a list needs to offer keeping its papers. */
export interface Keeping {
  /** Of the papers of the page, by their ids. */
  readonly saved: ReadonlyMap<PaperId, ShownEntry>;
  /** The page itself, where its forms lead back to. */
  readonly back: string;
}

/** KEY_REQUIRED where nobody is known, CROSS_SITE for a form of another site. */
export async function requireReader(request: Request, context: ApiContext): Promise<Reader> {
  const { shelves } = context;
  if (!shelves) throw new AppError('ROUTE_NOT_FOUND', { message: 'This server keeps no libraries.' });
  return { owner: await ownerOf(request, context), shelves };
}

/** Undefined where nobody is known, for pages that are there for everybody. */
export async function readerOf(request: Request, context: ApiContext): Promise<Reader | undefined> {
  if (!context.shelves) return undefined;
  try {
    return await requireReader(request, context);
  } catch (error) {
    if (!(isAppError(error, 'KEY_REQUIRED') || isAppError(error, 'CROSS_SITE'))) throw error;
    // Nothing was refused.
    request.res?.removeHeader('WWW-Authenticate');
    return undefined;
  }
}

/** Undefined where nobody is known, and for a page that no form can lead back to. */
export async function keepingFor(
  request: Request,
  context: ApiContext,
  papers: readonly Paper[],
): Promise<Keeping | undefined> {
  if (request.method === 'POST') return undefined;
  const ids = papers.map(({ id }) => id);
  return keepingOf(request, await readerOf(request, context), ids);
}

export async function keepingOf(
  request: Request,
  reader: Reader | undefined,
  ids: readonly PaperId[],
): Promise<Keeping | undefined> {
  if (!reader) return undefined;
  return { saved: await reader.shelves.saved(reader.owner, ids), back: request.originalUrl };
}
