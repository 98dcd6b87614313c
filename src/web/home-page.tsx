/** `/`: the search box, what one may ask, what is new, and how much there is. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import { paperAddress, searchAddress } from './addresses.ts';
import { SearchForm } from './html.tsx';
import { Facts, readableDate } from './paper-pieces.tsx';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export interface HomePageProps {
  /** Papers in the index. */
  readonly papers: number;
  readonly examples: readonly string[];
  readonly newest: readonly Paper[];
}

export function HomePage({ papers, examples, newest }: HomePageProps): VNode {
  const date = newest[0]?.published;
  return (
    <div class="home">
      <section class="hero">
        <h1>{STRINGS.tagline}</h1>
        <SearchForm query="" isFocused />
        {examples.length > 0 && (
          <p class="examples">
            {STRINGS.home.examples}:{' '}
            {examples.map((example) => (
              <a key={example} href={searchAddress({ q: example })} dir="auto">
                {example}
              </a>
            ))}
          </p>
        )}
        <p class="quiet">
          {papers === 0 ? STRINGS.home.empty : STRINGS.home.corpus(papers)}
          {date !== undefined && `, ${STRINGS.home.newestOf(readableDate(date))}`}
        </p>
      </section>
      {newest.length > 0 && (
        <section>
          <h2>{STRINGS.home.newest}</h2>
          <PaperList papers={newest} />
        </section>
      )}
    </div>
  );
}

export function PaperList({ papers }: { readonly papers: readonly Paper[] }): VNode {
  return (
    <ol class="hits" data-hits>
      {papers.map((paper) => (
        <li key={paper.id}>
          <article data-paper={paper.id}>
            <h3 dir="auto">
              <a href={paperAddress(paper.id)}>
                <Typeset text={paper.title} />
              </a>
            </h3>
            <Facts paper={paper} />
            {paper.abstract !== '' && (
              <details class="abstract" data-abstract>
                <summary>{STRINGS.paper.showAbstract}</summary>
                <p dir="auto">
                  <Typeset text={paper.abstract} />
                </p>
              </details>
            )}
          </article>
        </li>
      ))}
    </ol>
  );
}
