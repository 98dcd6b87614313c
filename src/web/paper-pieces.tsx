/** What lists and pages show of a paper: its line of facts, its people, its categories. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import { authorAddress, categoryAddress } from './addresses.ts';
import { readableDate } from './readable-date.ts';
import { STRINGS } from './strings.ts';

/** How many authors are shown before the rest is folded away. */
const SHOWN_AUTHORS = 4;

export function Authors({ paper }: { readonly paper: Paper }): VNode | null {
  const { authors, authorCount } = paper;
  if (authors.length === 0) return null;
  const total = Math.max(authors.length, authorCount ?? 0);
  const links = authors.map((name) => (
    <a key={name} href={authorAddress(name)} dir="auto">
      {name}
    </a>
  ));
  if (total <= SHOWN_AUTHORS) return <span class="authors">{separated(links)}</span>;
  return (
    <details class="authors">
      <summary>
        <span dir="auto">{authors.slice(0, SHOWN_AUTHORS - 1).join(', ')}</span>
        {' … '}
        <span class="count">{STRINGS.paper.authors(total)}</span>
      </summary>
      {separated(links)}
    </details>
  );
}

function separated(nodes: readonly VNode[]): (VNode | string)[] {
  return nodes.flatMap((node, at) => (at === 0 ? [node] : [', ', node]));
}

export function DateOf({ date }: { readonly date: string | undefined }): VNode | null {
  return date === undefined ? null : <time dateTime={date}>{readableDate(date)}</time>;
}

export function Categories({ paper: { categories } }: { readonly paper: Paper }): VNode | null {
  if (categories.length === 0) return null;
  return (
    <ul class="chips">
      {categories.map((category) => (
        <li key={category}>
          <a href={categoryAddress(category)} dir="auto">
            {category}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The line under a title: when, where, what there is beside the text. */
export function Facts({ paper }: { readonly paper: Paper }): VNode {
  const { published, venue, code, upvotes, comments } = paper;
  return (
    <div class="facts">
      <Authors paper={paper} />
      <DateOf date={published} />
      {venue && (
        <span class="venue" dir="auto">
          {venue}
        </span>
      )}
      {code && isWeb(code) && (
        <a class="code" href={code} rel="noreferrer noopener">
          {STRINGS.paper.code}
        </a>
      )}
      {upvotes !== undefined && upvotes > 0 && <span>{STRINGS.paper.upvotes(upvotes)}</span>}
      {comments !== undefined && comments > 0 && <span>{STRINGS.paper.comments(comments)}</span>}
    </div>
  );
}

/** Addresses come from sources: nothing but the web is linked to. */
export function isWeb(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
