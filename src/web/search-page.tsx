/** `/search`: hits with their reasons, what the set is made of beside them, and the ways to change either. */
import type { VNode } from 'preact';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import { MODES, SORTS } from '../search/request.ts';
import { type SearchState, searchAddress } from './addresses.ts';
import { FacetPanel, hiddenFields } from './facet-panel.tsx';
import { feedsOf, followed } from './feed-links.tsx';
import { HitList } from './hit-list.tsx';
import { Keep, SaveSearch } from './keep-forms.tsx';
import type { KeptOfSearch } from './kept-of-search.ts';
import { STRINGS } from './strings.ts';

export interface SearchPageProps {
  readonly answer: SearchAnswer;
  readonly state: SearchState;
  /** What its reader keeps of it; undefined where nobody is known. */
  readonly kept?: KeptOfSearch | undefined;
}

export function SearchPage({ answer, state, kept }: SearchPageProps): VNode {
  const { hits, next, facets } = answer;
  return (
    <div class="results" data-results>
      <div class="list">
        <h1 class="unseen" dir="auto">
          {STRINGS.search.titleOf(state.q)}
        </h1>
        <Summary {...{ answer, state, kept }} />
        <Notes answer={answer} state={state} />
        {hits.length === 0 ? (
          <NothingFound answer={answer} state={state} />
        ) : (
          <HitList hits={hits} start={hits[0]?.rank ?? 1} {...(kept && { actionsOf: keepOf(kept) })} />
        )}
        {next !== null && (
          <p class="more">
            <a href={searchAddress(state, { cursor: next })} rel="next" data-more>
              {STRINGS.search.more}
            </a>
          </p>
        )}
        {hits.length > 0 && <Formats state={state} />}
      </div>
      {facets && <FacetPanel facets={facets} state={state} />}
    </div>
  );
}

function keepOf({ keeping }: KeptOfSearch): (hit: Hit) => VNode {
  return ({ paper }) => <Keep paper={paper} keeping={keeping} />;
}

function Summary({ answer: { total, tookMs }, state, kept }: SearchPageProps): VNode {
  const { mode = 'hybrid', sort = 'relevance', cursor: _, offset: __, ...others } = state;
  return (
    <div class="summary">
      <p role="status" aria-live="polite">
        <strong>{STRINGS.search.found(total)}</strong>{' '}
        <span class="quiet">{STRINGS.search.took(tookMs)}</span>
      </p>
      <form action="/search" class="choices" data-choices>
        {hiddenFields(others)}
        <label>
          {STRINGS.search.mode}{' '}
          <select name="mode">
            {MODES.map((one) => (
              <option key={one} value={one} selected={one === mode}>
                {STRINGS.search.modes[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {STRINGS.search.sort}{' '}
          <select name="sort">
            {SORTS.map((one) => (
              <option key={one} value={one} selected={one === sort}>
                {STRINGS.search.sorts[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{STRINGS.search.apply}</button>
      </form>
      {kept?.question && (
        <SaveSearch question={kept.question} isSaved={kept.isSaved} back={kept.keeping.back} />
      )}
      <Help />
    </div>
  );
}

function Help(): VNode {
  const { help, helpRows, keys, keyRows } = STRINGS.search;
  return (
    <details class="help" data-help>
      <summary>{help}</summary>
      <dl>
        {helpRows.map(([sign, meaning]) => (
          <div key={sign}>
            <dt>
              <code>{sign}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h2>{keys}</h2>
      <dl>
        {keyRows.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Notes({ answer: { notes, didYouMean = [], hits }, state }: SearchPageProps): VNode | null {
  if (hits.length === 0 || notes.length + didYouMean.length === 0) return null;
  return (
    <ul class="notes">
      {didYouMean.map(({ typed, meant }) => (
        <li key={typed}>
          {STRINGS.search.meant}{' '}
          {meant.map((word) => (
            <a key={word} href={searchAddress(state, { q: state.q.replace(typed, () => word) })} dir="auto">
              {word}
            </a>
          ))}
        </li>
      ))}
      {notes.map(({ code, message }) => (
        <li key={code + message} dir="auto">
          {message}
        </li>
      ))}
    </ul>
  );
}

function NothingFound({ answer: { notes }, state }: SearchPageProps): VNode {
  const { noneHelp } = STRINGS.search;
  const { q, mode, sort: _, cursor: __, offset: ___, ...filters } = state;
  return (
    <section class="nothing">
      <h2>{STRINGS.search.none}</h2>
      {notes.map(({ code, message }) => (
        <p key={code + message} dir="auto">
          {message}
        </p>
      ))}
      <ul>
        <li>{noneHelp.words}</li>
        {mode !== 'semantic' && (
          <li>
            <a href={searchAddress(state, { mode: 'semantic' })}>{noneHelp.meaning}</a>
          </li>
        )}
        {Object.keys(filters).length > 0 && (
          <li>
            <a href={searchAddress({ q, ...(mode && { mode }) })}>{noneHelp.unfiltered}</a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Formats({ state }: { readonly state: SearchState }): VNode {
  return (
    <p class="formats">
      {STRINGS.search.formats} <a href={searchAddress(state, {}, '/api/v1/search')}>JSON</a>{' '}
      {feedsOf(state).map(({ form, address }) => [
        <a key={form} href={address}>
          {STRINGS.subscribe.forms[form]}
        </a>,
        ' ',
      ])}
      · <a href={searchAddress(followed(state), {}, '/subscribe')}>{STRINGS.search.save}</a>
    </p>
  );
}
