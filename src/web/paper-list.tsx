/** Papers that no question found: title, facts, and the abstract on one click. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import { paperAddress } from './addresses.ts';
import { Facts } from './paper-pieces.tsx';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export function PaperList({ papers }: { readonly papers: readonly Paper[] }): VNode {
  return (
    <ol class="hits" data-hits>
      {papers.map((paper) => (
        <PaperItem key={paper.id} paper={paper} />
      ))}
    </ol>
  );
}

export interface PaperItemProps {
  readonly paper: Paper;
  /** What speaks for it, where something does. */
  readonly why?: string;
}

export function PaperItem({ paper, why }: PaperItemProps): VNode {
  const { id, title, abstract } = paper;
  return (
    <li>
      <article data-paper={id}>
        <h2 dir="auto">
          <a href={paperAddress(id)}>
            <Typeset text={title} />
          </a>
        </h2>
        <Facts paper={paper} />
        <div class="under">
          {why && <p dir="auto">{why}</p>}
          {abstract !== '' && (
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
