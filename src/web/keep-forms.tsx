/** Forms by which a reader keeps papers and searches. Each leads back to the page it stands on. */
import type { VNode } from 'preact';
import type { Paper } from '../paper/paper.ts';
import type { SavedQuestion } from '../shelf/saved-question.ts';
import type { Entry } from '../shelf/shelf.ts';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';

const WORDS = STRINGS.library;
export const PAPER_FORM = '/library/papers';
export const SEARCH_FORM = '/library/searches';

export interface KeepProps {
  readonly paper: Pick<Paper, 'id' | 'title'>;
  readonly keeping: Keeping;
}

/** Keeps a paper for later; where it is kept, leads to it. */
export function Keep({ paper: { id, title }, keeping: { saved, back } }: KeepProps): VNode {
  const entry = saved.get(id);
  if (entry) return <KeptLink entry={entry} />;
  return (
    <form method="post" action={PAPER_FORM} data-keep={WORDS.kept}>
      <Hidden values={{ do: 'save', id, back }} />
      <button type="submit" class="plain">
        {WORDS.keep}
        <span class="unseen" dir="auto">{`: ${title}`}</span>
      </button>
    </form>
  );
}

function KeptLink({ entry: { id, title, isRead } }: { readonly entry: Entry }): VNode {
  return (
    <a href={`/library?show=all#${entryAnchor(id)}`} class="kept">
      {isRead ? WORDS.keptRead : WORDS.kept}
      <span class="unseen" dir="auto">{`: ${title}`}</span>
    </a>
  );
}

/** Where an entry stands in the library, as it is written in an address. */
export function entryAnchor(id: Paper['id']): string {
  return encodeURIComponent(`kept-${id}`);
}

export interface EntryFormProps {
  readonly entry: Entry;
  readonly back: string;
}

/** Tags and note. The tags that were there are sent along, so that only what was changed is changed. */
export function EntryForm({ entry: { id, title, tags, note }, back }: EntryFormProps): VNode {
  return (
    <details class="entry-form">
      <summary>
        {WORDS.change}
        <span class="unseen" dir="auto">{`: ${title}`}</span>
      </summary>
      <form method="post" action={PAPER_FORM}>
        <Hidden values={{ id, back, had: tags.join(', ') }} />
        <label>
          {WORDS.tags} <input name="tags" value={tags.join(', ')} maxLength={2_000} dir="auto" />
        </label>
        <label>
          {WORDS.note} <textarea name="note" rows={4} maxLength={20_000} dir="auto" value={note} />
        </label>
        <p class="links">
          <button type="submit" name="do" value="edit">
            {WORDS.save}
          </button>
          <button type="submit" name="do" value="remove" class="plain">
            {WORDS.remove}
          </button>
        </p>
      </form>
    </details>
  );
}

/** From later to read and back. */
export function ReadForm({ entry: { id, title, isRead }, back }: EntryFormProps): VNode {
  return (
    <form method="post" action={PAPER_FORM}>
      <Hidden values={{ do: isRead ? 'unread' : 'read', id, back }} />
      <button type="submit" class="plain">
        {isRead ? WORDS.unread : WORDS.markRead}
        <span class="unseen" dir="auto">{`: ${title}`}</span>
      </button>
    </form>
  );
}

export interface SaveSearchProps {
  readonly question: SavedQuestion;
  readonly isSaved: boolean;
  readonly back: string;
}

export function SaveSearch({ question, isSaved, back }: SaveSearchProps): VNode {
  if (isSaved) {
    return (
      <a href="/library" class="kept">
        {WORDS.searchSaved}
      </a>
    );
  }
  return (
    <form method="post" action={SEARCH_FORM} class="save-search" data-keep={WORDS.searchSaved}>
      <Hidden values={{ do: 'save', question: JSON.stringify(question), back }} />
      <button type="submit" class="plain">
        {WORDS.saveSearch}
      </button>
    </form>
  );
}

export function Hidden({ values }: { readonly values: Readonly<Record<string, string>> }): VNode {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
