/** What the colours of a map stand for: the archives that most of its papers are of, and spans of years. */
import type { Paper } from '../paper/paper.ts';
import type { YearSpan } from './paper-map.ts';

/** More colours than this cannot be told apart. */
const MOST_CATEGORIES = 9;
const MOST_SPANS = 7;

export interface Legend {
  readonly categories: readonly string[];
  readonly years: readonly YearSpan[];
}

type Coloured = Pick<Paper, 'categories' | 'published'>;

/** The archives by how many papers are of them first, and spans of years that hold about as many papers each. */
export function legendOf(papers: readonly Coloured[]): Legend {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    const archive = archiveOf(paper);
    if (archive !== undefined) counts.set(archive, (counts.get(archive) ?? 0) + 1);
  }
  const categories = [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST_CATEGORIES)
    .map(([archive]) => archive);
  const years = papers.flatMap((paper) => yearOf(paper) ?? []).sort((a, b) => a - b);
  return { categories, years: spansOf(years) };
}

/** The colours of one paper: places in the legend from 1 on, 0 for what is not in it. Later years take the last span. */
export function coloursOf(
  paper: Coloured,
  { categories, years }: Legend,
): { category: number; year: number } {
  const archive = archiveOf(paper);
  const published = yearOf(paper);
  const category = archive === undefined ? 0 : categories.indexOf(archive) + 1;
  if (published === undefined || years.length === 0) return { category, year: 0 };
  const at = years.findIndex(({ to }) => published <= to);
  return { category, year: at < 0 ? years.length : at + 1 };
}

/** `cs` of `cs.CL`: of the first category, which is the paper's own. */
function archiveOf({ categories }: Coloured): string | undefined {
  return categories[0]?.split('.')[0];
}

function yearOf({ published }: Coloured): number | undefined {
  return published === undefined ? undefined : Number(published.slice(0, 4));
}

/** `years` ascending. A year is in one span alone. */
function spansOf(years: readonly number[]): YearSpan[] {
  const ends = Array.from(
    { length: MOST_SPANS },
    (_, at) => years[Math.ceil(((at + 1) * years.length) / MOST_SPANS) - 1],
  ).filter((year) => year !== undefined);
  const distinct = [...new Set(ends)];
  return distinct.map((to, at) => ({ from: at === 0 ? (years[0] ?? to) : (distinct[at - 1] ?? to) + 1, to }));
}
