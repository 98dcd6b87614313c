/** `/`: the search box, what one may ask, what is new, and how much there is. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import { searchAddress } from './addresses.ts';
import { SearchForm } from './html.tsx';
import { PaperList } from './paper-list.tsx';
import { readableDate } from './readable-date.ts';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';

export interface HomePageProps {
  /** Papers in the index. */
  readonly papers: number;
  readonly examples: readonly string[];
  readonly newest: readonly Paper[];
  readonly kept: Keeping | undefined;
}

export function HomePage({ papers, examples, newest, kept }: HomePageProps): VNode {
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
          <PaperList papers={newest} kept={kept} />
        </section>
      )}
    </div>
  );
}
