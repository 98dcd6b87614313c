/** The saved searches of a library, each with how much is new for it, and the page of what is. */
import type { VNode } from 'preact';
import type { SavedSearch } from '../shelf/shelf.ts';
import type { ListedSearch, Looked } from '../shelf/shelves.ts';
import { searchAddress } from './addresses.ts';
import { HitList } from './hit-list.tsx';
import { Hidden, Keep, SEARCH_FORM } from './keep-forms.tsx';
import { readableDate } from './readable-date.ts';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';

const WORDS = STRINGS.library;

export function SavedSearches({ searches }: { readonly searches: readonly ListedSearch[] }): VNode {
  return (
    <section>
      <h2>{WORDS.searches}</h2>
      <ul class="saved-searches">
        {searches.map((search) => (
          <li key={search.id}>
            <a href={searchAddress(search.question)} dir="auto">
              {search.name}
            </a>
            <Narrowed question={search.question} />
            <News search={search} />
            <Change search={search} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the name does not say: the values that the search is narrowed down to. */
function Narrowed({ question }: Pick<SavedSearch, 'question'>): VNode | null {
  const { from, to, category = [], author = [], venue = [], source = [], has = [] } = question;
  const years = from === undefined && to === undefined ? [] : [`${from ?? '…'} – ${to ?? '…'}`];
  const values = [...years, ...category, ...author, ...venue, ...source, ...has];
  return values.length === 0 ? null : (
    <span class="quiet" dir="auto">
      {values.join(' · ')}
    </span>
  );
}

/** Looking is a form, since it makes what is new old; a program that opens every link must not do so. */
function News({ search }: { readonly search: ListedSearch }): VNode {
  const { id, name, news, lookedMs } = search;
  if (news.count === 0) {
    const text = news.isWaiting ? WORDS.waiting : WORDS.nothingNew(dayOf(lookedMs));
    return <span class="quiet">{text}</span>;
  }
  return (
    <form method="post" action={SEARCH_FORM}>
      <Hidden values={{ do: 'look', id }} />
      <button type="submit" class="news">
        {WORDS.new(news.count, news.isWhole)}
        <span class="unseen" dir="auto">{`: ${name}`}</span>
      </button>
    </form>
  );
}

function Change({ search: { id, name } }: { readonly search: SavedSearch }): VNode {
  return (
    <details class="entry-form">
      <summary>
        {WORDS.changeSearch}
        <span class="unseen" dir="auto">{`: ${name}`}</span>
      </summary>
      <form method="post" action={SEARCH_FORM}>
        <Hidden values={{ id }} />
        <label>
          {WORDS.name} <input name="name" value={name} maxLength={500} required dir="auto" />
        </label>
        <p class="links">
          <button type="submit" name="do" value="rename">
            {WORDS.save}
          </button>
          <button type="submit" name="do" value="remove" class="plain" formNoValidate>
            {WORDS.removeSearch}
          </button>
        </p>
      </form>
    </details>
  );
}

export interface NewsPageProps {
  readonly looked: Looked;
  readonly keeping: Keeping;
}

/** `/library/searches/{id}`: what the last look has shown, and what came after it. */
export function NewsPage({ looked: { search, hits, isWhole }, keeping }: NewsPageProps): VNode {
  return (
    <>
      <h1 dir="auto">{search.name}</h1>
      <p class="news-line">
        <strong>{WORDS.new(hits.length, isWhole)}</strong>{' '}
        <a href={searchAddress(search.question)}>{WORDS.whole}</a> <a href="/library">{WORDS.back}</a>
      </p>
      {hits.length > 0 && (
        <HitList hits={hits} actionsOf={({ paper }) => <Keep paper={paper} keeping={keeping} />} />
      )}
    </>
  );
}

function dayOf(ms: number): string {
  return readableDate(new Date(ms).toISOString().slice(0, 10));
}
