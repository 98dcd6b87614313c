/** Papers of arXiv by their ids, or the newest of a category, through its query API. */
import { parseArxivId } from '../paper/arxiv-id.ts';
import { ARXIV_LANE } from './arxiv-etiquette.ts';
import { type ArxivFeed, readArxivFeed } from './arxiv-feed.ts';
import { readPosition, writePosition } from './position.ts';
import type {
  Source,
  SourceBatch,
  SourceContext,
  SourceDescription,
  SourceRequest,
  SourceRow,
} from './source.ts';
import { faultRow, sourceRow } from './source-row.ts';
import { badTarget, firstDay, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'arxiv',
  title: 'arXiv, by id or category',
  takes: 'ids separated by commas, or a category and how many of its newest papers are wanted at most',
  examples: ['arxiv:2307.09288', 'arxiv:1706.03762,math/0309136', 'arxiv:cs.CL', 'arxiv:hep-th?max=500'],
  address: 'https://export.arxiv.org/api/query',
  lane: ARXIV_LANE,
  key: 'none',
  position: 'how many ids, or how far down the list of a category, and the newest paper that was seen',
};

/** More in one answer are refused. */
const SLICE = 2_000;
/** Further down a list arXiv does not go; whole archives are what its harvesting protocol is for. */
const DEEPEST = 30_000;
/** Keeps the address short enough for any server. */
const IDS_A_REQUEST = 100;
const CATEGORY = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[a-z]+)?)?$/;

type Wanted =
  | { readonly ids: readonly string[] }
  | { readonly category: string; readonly most: number | undefined };

export const arxiv: Source = {
  description,
  check: (target) => void wantedBy(target),
  stream(request, context) {
    const wanted = wantedBy(request.target);
    return 'ids' in wanted ? byId(wanted.ids, request, context) : newestOf(wanted, request, context);
  },
};

function wantedBy(target: string): Wanted {
  const read = readTarget(target, description, ['max']);
  const names = read.name.split(',').map((name) => name.trim());
  if (names.every((name) => parseArxivId(name))) {
    if (read.parameters.size > 0) throw badTarget(target, description, 'names papers, so there is no "max"');
    return { ids: names };
  }
  const [category = ''] = names;
  if (names.length > 1 || !CATEGORY.test(category)) {
    throw badTarget(target, description, 'is neither ids nor a category of arXiv');
  }
  const max = read.parameters.get('max');
  const most = max === undefined ? undefined : Number(max);
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= DEEPEST)) {
    throw badTarget(target, description, `needs max as a whole number from 1 to ${DEEPEST}`);
  }
  return { category, most };
}

/** An id that arXiv does not know is a fault. Once all have been asked for, the next call begins anew: there may be new versions. */
async function* byId(
  ids: readonly string[],
  { target, position }: SourceRequest,
  { ask, address }: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${description.name}:${target}`;
  const begin = readPosition(position).number('asked') ?? 0;
  for (let at = begin; at < ids.length; at += IDS_A_REQUEST) {
    const asked = ids.slice(at, at + IDS_A_REQUEST);
    const query = new URLSearchParams({ id_list: asked.join(','), max_results: String(asked.length) });
    const feed = await ask(`${address}?${query}`, readArxivFeed, { alsoFine: [400] });
    const found = new Set(feed.entries.map(({ id }) => id));
    const rows: SourceRow[] = feed.entries.map(({ raw }, line) =>
      sourceRow({ file, line: at + line + 1 }, raw, feed),
    );
    asked.forEach((text, line) => {
      const id = parseArxivId(text)?.id;
      if (!found.has(id)) rows.push(faultRow({ file, line: at + line + 1 }, `arXiv has no paper ${text}`));
    });
    const next = at + asked.length;
    yield {
      rows,
      position: writePosition({ asked: next < ids.length ? next : 0 }),
      total: ids.length - begin,
    };
  }
}

/**
 * From the newest on downwards, to the newest of the time before. What is put on top meanwhile pushes the rest down:
 * some papers come twice, none is left out, and those on top are what the next call begins with.
 */
async function* newestOf(
  { category, most }: { readonly category: string; readonly most: number | undefined },
  { target, since, position }: SourceRequest,
  { ask, address }: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${description.name}:${target}`;
  const before = readPosition(position);
  const known = before.text('known');
  const bottom = later(known, since && firstDay(since));
  let newest = before.text('newest');
  let start = before.number('next') ?? 0;
  const begin = start;
  const end = most ?? (bottom === undefined ? SLICE : DEEPEST);
  for (let isOver = start >= end; !isOver; ) {
    const size = Math.min(SLICE, end - start);
    const feed = await ask(`${address}?${queryFor(category, start, size)}`, readArxivFeed, {
      alsoFine: [400],
    });
    newest ??= feed.entries[0]?.published;
    const wanted = feed.entries.filter(({ published }) => bottom === undefined || published >= bottom);
    const rows = wanted.map(({ raw }, at) => sourceRow({ file, line: start + at + 1 }, raw, feed));
    start += feed.entries.length;
    isOver = wanted.length < feed.entries.length || start >= Math.min(end, feed.total) || isEmpty(feed);
    yield {
      rows,
      position: isOver
        ? writePosition({ known: later(known, newest) })
        : writePosition({ next: start, newest, known }),
      ...(bottom === undefined && { total: Math.min(end, feed.total) - begin }),
    };
  }
}

function isEmpty({ entries }: ArxivFeed): boolean {
  return entries.length === 0;
}

/** An archive stands for all of its categories. */
function queryFor(category: string, start: number, size: number): URLSearchParams {
  const wanted = category.includes('.') ? `cat:${category}` : `(cat:${category} OR cat:${category}.*)`;
  return new URLSearchParams({
    search_query: wanted,
    start: String(start),
    max_results: String(size),
    sortBy: 'submittedDate',
    sortOrder: 'descending',
  });
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
