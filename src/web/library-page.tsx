/** `/library`: what a reader keeps: papers to be read and those that were, with tags and notes, and saved searches. */
import type { VNode } from 'preact';
import type { ListedSearch } from '../shelf/shelves.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';
import { paperAddress } from './addresses.ts';
import { EntryForm, entryAnchor, ReadForm } from './keep-forms.tsx';
import { type LibraryView, libraryAddress, SHOWS, type Show } from './library-view.ts';
import { Facts } from './paper-pieces.tsx';
import { readableDate } from './readable-date.ts';
import { SavedSearches } from './saved-searches.tsx';
import { SignedInAs } from './sign-in-page.tsx';
import { STRINGS } from './strings.ts';
import { Typeset } from './typeset.tsx';

export interface LibraryPageProps {
  readonly view: LibraryView;
  /** Of the page. */
  readonly entries: readonly ShownEntry[];
  /** With the tag of the view, by what is shown of them. */
  readonly counts: Readonly<Record<Show, number>>;
  /** Where the next page begins. */
  readonly next: number | undefined;
  /** Every tag with how many papers have it, the most used first. */
  readonly tags: readonly (readonly [tag: string, papers: number])[];
  readonly searches: readonly ListedSearch[];
  /** The name of the key; undefined for the user of the machine. */
  readonly keyName: string | undefined;
}

const WORDS = STRINGS.library;

export function LibraryPage(props: LibraryPageProps): VNode {
  const { view, counts, searches } = props;
  const isEmpty = counts.all === 0 && view.tag === undefined;
  return (
    <div class="results library">
      <div class="list">
        <h1>{WORDS.title}</h1>
        {searches.length > 0 && <SavedSearches searches={searches} />}
        <section>
          <h2>{WORDS.papers}</h2>
          {isEmpty ? <p>{WORDS.empty}</p> : <Papers {...props} />}
        </section>
      </div>
      <aside class="facets" aria-label={WORDS.aside}>
        <Tags {...props} />
        <Files />
        <Whose {...props} />
      </aside>
    </div>
  );
}

function Papers({ view, entries, counts, next }: LibraryPageProps): VNode {
  return (
    <>
      <nav class="switches" aria-label={WORDS.views}>
        {SHOWS.map((show) => (
          <a
            key={show}
            href={libraryAddress({ ...view, show })}
            aria-current={show === view.show ? 'true' : undefined}
          >
            {WORDS.shows[show]} <span class="count">{counts[show].toLocaleString('en-GB')}</span>
          </a>
        ))}
        {view.tag !== undefined && (
          <a href={libraryAddress({ show: view.show })} aria-label={STRINGS.search.remove(view.tag)}>
            <span dir="auto">{view.tag}</span> <span aria-hidden="true">×</span>
          </a>
        )}
      </nav>
      {entries.length === 0 ? (
        <p>{WORDS.none[view.show]}</p>
      ) : (
        <ol class="hits" data-hits>
          {entries.map((entry) => (
            <Kept key={entry.id} entry={entry} view={view} />
          ))}
        </ol>
      )}
      {next !== undefined && (
        <p class="more">
          <a href={libraryAddress(view, next)} rel="next">
            {WORDS.more}
          </a>
        </p>
      )}
    </>
  );
}

interface KeptProps {
  readonly entry: ShownEntry;
  readonly view: LibraryView;
}

function Kept({ entry, view }: KeptProps): VNode {
  const { id, title, tags, note, paper, savedMs } = entry;
  const here = libraryAddress(view, view.offset);
  const back = `${here}#${entryAnchor(id)}`;
  return (
    <li id={decodeURIComponent(entryAnchor(id))}>
      <article data-paper={id}>
        <h3 dir="auto">
          {paper ? (
            <a href={paperAddress(id)}>
              <Typeset text={title} />
            </a>
          ) : (
            <Typeset text={title === '' ? id : title} />
          )}
        </h3>
        {paper ? (
          <Facts paper={paper} />
        ) : (
          <p class="quiet">
            {WORDS.gone} <code>{id}</code>
          </p>
        )}
        {tags.length > 0 && <TagChips tags={tags} view={view} />}
        {note !== '' && (
          <p class="note" dir="auto">
            {note}
          </p>
        )}
        <div class="under">
          <span>{WORDS.savedOn(dayOf(savedMs))}</span>
          {/* It leaves the list it is in, so its place is no place to go back to. */}
          <ReadForm entry={entry} back={view.show === 'all' ? back : here} />
          <EntryForm entry={entry} back={back} />
        </div>
      </article>
    </li>
  );
}

function TagChips({ tags, view }: { readonly tags: readonly string[]; readonly view: LibraryView }): VNode {
  return (
    <ul class="chips">
      {tags.map((tag) => (
        <li key={tag}>
          <a href={libraryAddress({ show: view.show, tag })} dir="auto">
            {tag}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Tags({ tags, view }: LibraryPageProps): VNode | null {
  if (tags.length === 0) return null;
  return (
    <section>
      <h2>{WORDS.tagList}</h2>
      <ul>
        {tags.map(([tag, papers]) => (
          <li key={tag}>
            <a
              href={libraryAddress(tag === view.tag ? { show: view.show } : { show: 'all', tag })}
              aria-current={tag === view.tag ? 'true' : undefined}
            >
              <span dir="auto">{tag}</span> <span class="count">{papers.toLocaleString('en-GB')}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Files(): VNode {
  return (
    <section class="files">
      <h2>{WORDS.files}</h2>
      <p>
        <a href="/api/v1/library/export" download="pharos-library.json">
          {WORDS.export}
        </a>
      </p>
      <details>
        <summary>{WORDS.import}</summary>
        <form method="post" action="/library/import" enctype="multipart/form-data">
          <label>
            {WORDS.file} <input type="file" name="file" accept=".json,application/json" required />
          </label>
          <button type="submit">{WORDS.importButton}</button>
          <p class="quiet">{WORDS.importHelp}</p>
        </form>
      </details>
    </section>
  );
}

function Whose({ keyName }: LibraryPageProps): VNode {
  if (keyName === undefined) return <p class="quiet">{WORDS.ofMachine}</p>;
  return (
    <section>
      <p class="quiet">{WORDS.ofKey}</p>
      <SignedInAs name={keyName} />
    </section>
  );
}

function dayOf(ms: number): string {
  return readableDate(new Date(ms).toISOString().slice(0, 10));
}
