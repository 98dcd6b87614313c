/** `/related`: a box for a text, ids or BibTeX, and the work around them, by theme where there are several. */
import type { VNode } from 'preact';
import type { RecommendAnswer, Recommendation } from '../discover/request.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import { HitList } from './hit-list.tsx';
import { Keep } from './keep-forms.tsx';
import { PaperItem } from './paper-list.tsx';
import type { Keeping } from './reader.ts';
import { STRINGS } from './strings.ts';

/** What was found: around one text, or around several papers. */
export type Around =
  | { readonly kind: 'text'; readonly answer: SearchAnswer }
  | { readonly kind: 'papers'; readonly answer: RecommendAnswer; readonly missing: readonly string[] };

export interface RelatedPageProps {
  readonly text: string;
  readonly around?: Around;
  readonly kept: Keeping | undefined;
}

/** In UTF-16 units: what fits an address that can be passed on. */
const SHORT_TEXT = 1_500;

export function RelatedPage({ text, around, kept }: RelatedPageProps): VNode {
  return (
    <>
      <h1>{STRINGS.related.title}</h1>
      <p>{STRINGS.related.intro}</p>
      <form action="/related" method="post" class="paste" data-paste data-short={SHORT_TEXT}>
        <label class="unseen" for="text">
          {STRINGS.related.label}
        </label>
        <textarea
          id="text"
          name="text"
          rows={around ? 3 : 8}
          required
          maxLength={200_000}
          dir="auto"
          value={text}
        />
        <p>
          <button type="submit">{STRINGS.related.button}</button>{' '}
          <span class="quiet" data-drop-hint hidden>
            {STRINGS.related.drop}
          </span>
        </p>
      </form>
      {around?.kind === 'text' && <AroundText answer={around.answer} kept={kept} />}
      {around?.kind === 'papers' && (
        <AroundPapers answer={around.answer} missing={around.missing} kept={kept} />
      )}
    </>
  );
}

interface AroundTextProps {
  readonly answer: SearchAnswer;
  readonly kept: Keeping | undefined;
}

function AroundText({ answer: { hits }, kept }: AroundTextProps): VNode {
  const actions = kept && { actionsOf: ({ paper }: Hit) => <Keep paper={paper} keeping={kept} /> };
  return (
    <section>
      <h2>{STRINGS.related.ofText}</h2>
      {hits.length === 0 ? <p>{STRINGS.paper.noRelated}</p> : <HitList hits={hits} {...actions} />}
    </section>
  );
}

interface AroundPapersProps {
  readonly answer: RecommendAnswer;
  readonly missing: readonly string[];
  readonly kept: Keeping | undefined;
}

function AroundPapers({ answer, missing, kept }: AroundPapersProps): VNode {
  const { themes, hits, library } = answer;
  return (
    <section>
      <h2>{STRINGS.related.ofPapers(library.papers)}</h2>
      {missing.length > 0 && (
        <p class="notes" dir="auto">
          {STRINGS.related.unknown(missing.join(', '))}
        </p>
      )}
      {hits.length === 0 && <p>{STRINGS.paper.noRelated}</p>}
      {themes.map(({ words }, at) => (
        <Theme key={at} words={words} hits={hits.filter(({ theme }) => theme === at + 1)} kept={kept} />
      ))}
    </section>
  );
}

interface ThemeProps {
  readonly words: readonly string[];
  readonly hits: readonly Recommendation[];
  readonly kept: Keeping | undefined;
}

function Theme({ words, hits, kept }: ThemeProps): VNode | null {
  if (hits.length === 0) return null;
  return (
    <section class="theme-group">
      <h3 dir="auto">{STRINGS.related.theme(words.join(', '))}</h3>
      <ol class="hits" data-hits>
        {hits.map(({ paper, because }) => (
          <PaperItem
            key={paper.id}
            paper={paper}
            kept={kept}
            why={STRINGS.related.because(because.map(({ title }) => title).join(' · '))}
          />
        ))}
      </ol>
    </section>
  );
}
