/** Papers that no question found: title, facts, how the abstract begins, and all of it on one click. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import { sentences } from '../text/sentences.ts';
import { paperAddress } from './addresses.ts';
import { Keep } from './keep-forms.tsx';
import { Facts } from './paper-pieces.tsx';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export interface PaperListProps {
  readonly papers: readonly Paper[];
  /** Where somebody is known who can keep them. */
  readonly kept?: Keeping | undefined;
}

export function PaperList({ papers, kept }: PaperListProps): VNode {
  return (
    <ol class="hits" data-hits>
      {papers.map((paper) => (
        <PaperItem key={paper.id} paper={paper} kept={kept} />
      ))}
    </ol>
  );
}

export interface PaperItemProps {
  readonly paper: Paper;
  /** What speaks for it, where something does. */
  readonly why?: string;
  readonly kept?: Keeping | undefined;
}

export function PaperItem({ paper, why, kept }: PaperItemProps): VNode {
  const { id, title, abstract } = paper;
  const opening = openingOf(abstract);
  return (
    <li>
      <article data-paper={id}>
        <h2 dir="auto">
          <a href={paperAddress(id)}>
            <Typeset text={title} />
          </a>
        </h2>
        <Facts paper={paper} />
        {opening !== '' && (
          <p class="opening" dir="auto">
            <Typeset text={opening} />
          </p>
        )}
        <div class="under">
          {why && <p dir="auto">{why}</p>}
          {kept && <Keep paper={paper} keeping={kept} />}
          {opening !== abstract && (
            <details class="abstract" data-abstract>
              <summary>{STRINGS.paper.showAbstract}</summary>
              <p dir="auto">
                <Typeset text={abstract} />
              </p>
            </details>
          )}
        </div>
      </article>
    </li>
  );
}

/** In UTF-16 units: what an opening has at least, where there is that much to read, and at most. */
const OPENING_LENGTH = 160;
const LONGEST_OPENING = 420;

/** The first sentences of an abstract; cut at a word where the first goes on for longer than anybody reads in a list. */
function openingOf(abstract: string): string {
  if (abstract.length <= LONGEST_OPENING) return abstract;
  const read = abstract.slice(0, LONGEST_OPENING);
  // The last may have been cut.
  const ends = sentences(read)
    .slice(0, -1)
    .map(({ end }) => end);
  const end = ends.find((one) => one >= OPENING_LENGTH);
  return end === undefined
    ? `${read.slice(0, Math.max(read.lastIndexOf(' '), OPENING_LENGTH))} …`
    : read.slice(0, end);
}
