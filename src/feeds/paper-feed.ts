/** A list of papers as a feed, to be written by `toAtom`, `toRss` or `toJsonFeed`. */
import type { Paper } from '../paper/paper.ts';
import { type Feed, type Instant, latestOf } from './feed.ts';
import { paperEntry } from './paper-entry.ts';

export interface PaperFeedOptions extends Pick<Feed, 'id' | 'title' | 'links'> {
  /** Where the server is reached, without a slash at its end. */
  readonly site: string;
  readonly subtitle?: string;
  /** When else the list has changed: for instance when its papers were taken in. */
  readonly changed?: readonly Instant[];
}

/** In the order given. It was updated when the latest of its papers was, or when the list has changed since. */
export function paperFeed(papers: readonly Paper[], options: PaperFeedOptions): Feed {
  const { site, changed = [], ...said } = options;
  const entries = papers.map((paper) => paperEntry(paper, site));
  const updated = latestOf([...entries.map((entry) => entry.updated), ...changed]);
  return { ...said, updated, author: 'Pharos', entries };
}
