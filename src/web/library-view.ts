/** Which part of a library is looked at, and where that is. */
import { tagKey } from '../shelf/readable.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';

export const SHOWS = ['later', 'read', 'all'] as const;
export type Show = (typeof SHOWS)[number];

export interface LibraryView {
  readonly show: Show;
  /** However it is written. */
  readonly tag?: string | undefined;
  readonly offset?: number | undefined;
}

/** Enough to look through, and few enough to be drawn at once. */
export const PAGE_SIZE = 50;

export function libraryAddress({ show, tag }: LibraryView, offset = 0): string {
  const parameters = new URLSearchParams({
    ...(show !== 'later' && { show }),
    ...(tag !== undefined && { tag }),
    ...(offset > 0 && { offset: String(offset) }),
  });
  const query = parameters.toString();
  return query === '' ? '/library' : `/library?${query}`;
}

export interface ViewedEntries {
  readonly entries: readonly ShownEntry[];
  readonly counts: Readonly<Record<Show, number>>;
  readonly next: number | undefined;
  readonly tags: readonly (readonly [tag: string, papers: number])[];
}

/** `all` in the order in which they are to be shown. */
export function viewed(all: readonly ShownEntry[], { show, tag, offset = 0 }: LibraryView): ViewedEntries {
  const tagged = tag === undefined ? all : all.filter(({ tags }) => tags.some(isTag(tag)));
  const byShow = {
    later: tagged.filter(({ isRead }) => !isRead),
    read: tagged.filter(({ isRead }) => isRead),
    all: tagged,
  };
  const chosen = byShow[show];
  const end = offset + PAGE_SIZE;
  return {
    entries: chosen.slice(offset, end),
    counts: { later: byShow.later.length, read: byShow.read.length, all: tagged.length },
    next: end < chosen.length ? end : undefined,
    tags: tagsOf(all),
  };
}

function isTag(tag: string): (other: string) => boolean {
  return (other) => tagKey(other) === tagKey(tag);
}

/** Tags that differ by case alone are one, as everywhere, under the spelling that was used last. */
function tagsOf(entries: readonly ShownEntry[]): [tag: string, papers: number][] {
  const found = new Map<string, [tag: string, papers: number]>();
  for (const tag of entries.flatMap(({ tags }) => tags)) {
    const [spelling, papers] = found.get(tagKey(tag)) ?? [tag, 0];
    found.set(tagKey(tag), [spelling, papers + 1]);
  }
  return [...found.values()].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}
