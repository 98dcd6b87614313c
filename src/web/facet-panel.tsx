/**
 * What a result set is made of, beside it: choosing a value narrows the search down to it. Every value is a link, so it
 * works without a script; the script makes the years a range to drag over.
 */
import type { VNode } from 'preact';
import type { Facet, Facets, FacetValue } from '../engine/facets.ts';
import { type SearchState, searchAddress, toggled } from './addresses.ts';
import { STRINGS } from './strings.ts';

interface PanelProps {
  readonly facets: Facets;
  readonly state: SearchState;
}

export function FacetPanel({ facets, state }: PanelProps): VNode {
  const { year, category, venue, author, source, code } = facets;
  return (
    <aside class="facets" aria-label={STRINGS.search.narrow}>
      <Chosen state={state} />
      {year && year.values.length > 0 && <Years facet={year} state={state} />}
      {category && <Values name="category" facet={nested(category)} state={state} />}
      {author && <Values name="author" facet={author} state={state} isQuoted />}
      {venue && <Values name="venue" facet={venue} state={state} isQuoted />}
      {source && source.values.length > 1 && <Values name="source" facet={source} state={state} />}
      {code && code.values.length > 0 && <Code facet={code} state={state} />}
    </aside>
  );
}

/** How many archives show the categories within them: more would push everything else out of sight. */
const OPEN_ARCHIVES = 2;
const WITHIN_AN_ARCHIVE = 4;

/** Archives and the first categories of the largest of them in one list. */
function nested({ values, ...facet }: Facet): Facet {
  return {
    ...facet,
    values: values.flatMap((value, at) => [
      value,
      ...(at < OPEN_ARCHIVES ? (value.within ?? []).slice(0, WITHIN_AN_ARCHIVE) : []),
    ]),
  };
}

function Chosen({ state }: { readonly state: SearchState }): VNode | null {
  const { from, to } = state;
  const lists = (['category', 'author', 'venue', 'source', 'has'] as const).flatMap((name) =>
    (state[name] ?? []).map((value) => ({
      text: value,
      without: searchAddress(state, { [name]: toggled(state[name], value) }),
    })),
  );
  const dates =
    from === undefined && to === undefined
      ? []
      : [
          {
            text: `${from ?? '…'} – ${to ?? '…'}`,
            without: searchAddress(state, { from: undefined, to: undefined }),
          },
        ];
  const chosen = [...dates, ...lists];
  if (chosen.length === 0) return null;
  return (
    <section>
      <h2>{STRINGS.search.chosen}</h2>
      <ul class="chips chosen">
        {chosen.map(({ text, without }) => (
          <li key={text}>
            <a href={without} aria-label={STRINGS.search.remove(text)}>
              <span dir="auto">{text}</span> <span aria-hidden="true">×</span>
            </a>
          </li>
        ))}
      </ul>
      <a href={searchAddress({ q: state.q })}>{STRINGS.search.clear}</a>
    </section>
  );
}

interface FacetProps {
  readonly facet: Facet;
  readonly state: SearchState;
}

/** Bars of a picture 100 high; every bar is a link to its year. */
function Years({ facet: { values }, state }: FacetProps): VNode {
  const most = Math.max(...values.map(({ count }) => count), 1);
  const { q: _, from, to, cursor: __, offset: ___, ...others } = state;
  const width = 100 / values.length;
  return (
    <section>
      <h2>{STRINGS.facets.year}</h2>
      <svg
        class="years"
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        aria-label={STRINGS.facets.yearHelp}
        data-years
      >
        {values.map(({ value, count }, at) => {
          const height = count === 0 ? 0 : Math.max(1, (40 * count) / most);
          return (
            <a key={value} href={searchAddress(state, { from: value, to: value })} data-year={value}>
              <title>{`${value}: ${count}`}</title>
              <rect class="hit-area" x={at * width} y={0} width={width} height={40} />
              <rect x={at * width + width * 0.08} y={40 - height} width={width * 0.84} height={height} />
            </a>
          );
        })}
      </svg>
      <form action="/search" class="range">
        {hiddenFields({ q: state.q, ...others })}
        <label>
          <span class="unseen">{STRINGS.facets.from}</span>
          <input
            name="from"
            inputMode="numeric"
            size={5}
            value={from}
            placeholder={values[0]?.value}
            data-from
          />
        </label>
        <span aria-hidden="true">–</span>
        <label>
          <span class="unseen">{STRINGS.facets.to}</span>
          <input
            name="to"
            inputMode="numeric"
            size={5}
            value={to}
            placeholder={values.at(-1)?.value}
            data-to
          />
        </label>
        <button type="submit">{STRINGS.search.apply}</button>
      </form>
    </section>
  );
}

/** A search as hidden fields, for a form that changes some of it. */
export function hiddenFields(state: Readonly<Record<string, unknown>>): VNode[] {
  return Object.entries(state).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined)
      .map((one) => <input key={`${name}=${one}`} type="hidden" name={name} value={String(one)} />),
  );
}

interface ValuesProps extends FacetProps {
  readonly name: 'category' | 'author' | 'venue' | 'source';
  /** Whole names are asked for in double quotes. */
  readonly isQuoted?: boolean;
}

function Values({ name, facet: { values }, state, isQuoted = false }: ValuesProps): VNode | null {
  if (values.length === 0) return null;
  const chosen = new Set<string>(state[name] ?? []);
  return (
    <section>
      <h2>{STRINGS.facets[name]}</h2>
      <ul>
        {values.map(({ value, count }) => {
          const asked = isQuoted ? `"${value}"` : value;
          const address = searchAddress(state, { [name]: toggled(state[name], asked) });
          return (
            <li key={value} class={value.includes('.') && name === 'category' ? 'within' : undefined}>
              <FacetLink
                address={address}
                isChosen={chosen.has(asked)}
                value={{ value: labelOf(name, value), count }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Code({ facet: { values }, state }: FacetProps): VNode {
  const isChosen = state.has?.includes('code') ?? false;
  const has = toggled(state.has, 'code') as SearchState['has'];
  return (
    <section>
      <h2>{STRINGS.facets.code}</h2>
      <FacetLink
        address={searchAddress(state, { has })}
        isChosen={isChosen}
        value={{ value: STRINGS.facets.hasCode, count: values[0]?.count ?? 0 }}
      />
    </section>
  );
}

interface FacetLinkProps {
  readonly address: string;
  readonly isChosen: boolean;
  readonly value: FacetValue;
}

function FacetLink({ address, isChosen, value: { value, count } }: FacetLinkProps): VNode {
  return (
    <a href={address} aria-current={isChosen ? 'true' : undefined}>
      <span dir="auto">{value}</span> <span class="count">{count.toLocaleString('en-GB')}</span>
    </a>
  );
}

function labelOf(name: ValuesProps['name'], value: string): string {
  return name === 'source' ? (STRINGS.facets.sources[value] ?? value) : value;
}
