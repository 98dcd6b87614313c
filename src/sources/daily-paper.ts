/** An item of the daily list as a record: the paper stands inside, what the list says of it around it. */
import type { RawPaper } from '../paper/raw-paper.ts';

export type DailyItem = Readonly<Record<string, unknown>>;

/**
 * The address of its page there is left out: the paper lives at arXiv, and its id says so. Its summary by a machine
 * is left out too, for an abstract is what the authors wrote.
 */
export function dailyPaper(item: DailyItem): RawPaper {
  const { paper } = item;
  const inner = typeof paper === 'object' && paper !== null ? (paper as DailyItem) : item;
  return {
    id: inner.id,
    title: inner.title ?? item.title,
    abstract: inner.summary ?? item.summary,
    authors: namesIn(inner.authors),
    published: inner.publishedAt,
    code: inner.githubRepo,
    upvotes: inner.upvotes,
    comments: item.numComments,
    keywords: inner.ai_keywords,
  };
}

/** Those that were hidden were matched to somebody by mistake, or are not to be shown. */
function namesIn(authors: unknown): unknown {
  if (!Array.isArray(authors)) return authors;
  return authors.filter((author) => (author as { readonly hidden?: unknown } | null)?.hidden !== true);
}
