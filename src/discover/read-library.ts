/**
 * A library as it is compared: one vector for each of its papers and texts, and which papers of the index it holds.
 * What is in the index costs no call of the model; the rest is embedded from title and abstract.
 */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import { AppError } from '../fault/app-error.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import { type Example, exampleVectors } from '../search/examples.ts';
import { findCopies } from './find-copies.ts';
import { MAX_LIBRARY, MAX_NEGATIVES, type RecommendRequest } from './request.ts';

export interface LibraryItem extends Example {
  /** As the library names it; null for a text. */
  readonly name: PaperId | null;
  readonly title: string;
}

export interface Library {
  readonly items: readonly LibraryItem[];
  /** One an item. */
  readonly vectors: readonly Float32Array[];
  readonly unwanted: readonly Float32Array[];
  /** Items that the index holds. */
  readonly known: number;
  /** Every paper of the index that is one of the library's, wanted or not, or one work with it. */
  readonly owned: ReadonlySet<DocId>;
}

export interface LibraryParts {
  readonly engine: Pick<EngineReader, 'get' | 'lookup' | 'papers' | 'sameWorks' | 'vectors'>;
  readonly embedder: Pick<Embedder, 'embedDocuments'>;
  readonly signal?: AbortSignal | undefined;
}

const SHOWN_TEXT_LENGTH = 100;

/**
 * QUERY_EMPTY where there is nothing to be near to, INPUT_INVALID where there is too much of it, PAPER_NOT_FOUND
 * naming every id that is not in the index.
 */
export async function readLibrary(parts: LibraryParts, request: RecommendRequest): Promise<Library> {
  const { engine, embedder, signal } = parts;
  const { positive = [], negative = [], papers = [], negativePapers = [] } = request;
  const { positiveTexts = [], negativeTexts = [] } = request;
  requireSize({
    wanted: positive.length + papers.length + positiveTexts.length,
    unwanted: negative.length + negativePapers.length + negativeTexts.length,
  });
  const [wanted, unwanted] = await storedPapers(engine, { positive, negative });
  const near = await itemsOf(engine, [...wanted, ...papers], positiveTexts);
  const far = await itemsOf(engine, [...unwanted, ...negativePapers], negativeTexts);
  const vectors = await exampleVectors({ engine, embedder, signal }, [...near.items, ...far.items]);
  return {
    items: near.items,
    vectors: vectors.slice(0, near.items.length),
    unwanted: vectors.slice(near.items.length),
    known: near.items.filter(({ id }) => id !== undefined).length,
    owned: await withWorks(engine, [...near.docIds, ...far.docIds]),
  };
}

/** Each once. The papers that the index holds go by their stored text and vector. */
async function itemsOf(
  engine: LibraryParts['engine'],
  papers: readonly Paper[],
  texts: readonly string[],
): Promise<{ items: LibraryItem[]; docIds: DocId[] }> {
  const copies = await findCopies(engine, papers);
  return {
    items: distinct([
      ...papers.map((paper, at) => itemOf(paper, copies[at]?.stored)),
      ...texts.map(textItem),
    ]),
    docIds: copies.flatMap(({ docIds }) => docIds),
  };
}

function requireSize({ wanted, unwanted }: { readonly wanted: number; readonly unwanted: number }): void {
  if (wanted === 0) {
    throw new AppError('QUERY_EMPTY', {
      message: 'Recommending needs at least one paper or text to be near to',
      remedy: 'Give a library, an id or a text.',
    });
  }
  if (wanted <= MAX_LIBRARY && unwanted <= MAX_NEGATIVES) return;
  const message =
    wanted > MAX_LIBRARY
      ? `a library of ${wanted} papers is too large: at most ${MAX_LIBRARY} can be compared`
      : `${unwanted} papers to keep away from are too many: at most ${MAX_NEGATIVES}`;
  throw new AppError('INPUT_INVALID', { message, remedy: 'Give the part of it that matters now.' });
}

/** PAPER_NOT_FOUND names every one that is missing, on either side. */
async function storedPapers(
  engine: LibraryParts['engine'],
  ids: Readonly<Record<'positive' | 'negative', readonly PaperId[]>>,
): Promise<[wanted: Paper[], unwanted: Paper[]]> {
  const sides = ['positive', 'negative'] as const;
  const found = await Promise.all(sides.map((side) => engine.get(ids[side])));
  const issues = sides.flatMap((side, at) =>
    ids[side].flatMap((id, place) =>
      found[at]?.[place] === undefined
        ? [{ message: `there is no paper ${id} in this index`, pointer: `${side}/${place}` }]
        : [],
    ),
  );
  if (issues.length > 0) {
    throw new AppError('PAPER_NOT_FOUND', {
      message: issues.map(({ message }) => message).join('; '),
      issues,
    });
  }
  const [wanted = [], unwanted = []] = found.map((papers) => papers.flatMap((paper) => paper ?? []));
  return [wanted, unwanted];
}

function itemOf(paper: Paper, stored: Paper | undefined): LibraryItem {
  const { id: name, title } = paper;
  return stored
    ? { id: stored.id, name: stored.id, title: stored.title, text: embeddedText(stored) }
    : { name, title, text: embeddedText(paper) };
}

function textItem(text: string): LibraryItem {
  const [line = ''] = text.trim().split('\n', 1);
  return { name: null, title: line.slice(0, SHOWN_TEXT_LENGTH), text };
}

/** A paper that a library holds twice must not count twice. */
function distinct(items: readonly LibraryItem[]): LibraryItem[] {
  const byName = new Map(items.map((item) => [item.name ?? `text:${item.text}`, item]));
  return [...byName.values()];
}

async function withWorks(engine: LibraryParts['engine'], docIds: readonly DocId[]): Promise<Set<DocId>> {
  const works = docIds.length === 0 ? [] : await engine.sameWorks(docIds);
  return new Set([...docIds, ...works.flat()]);
}
