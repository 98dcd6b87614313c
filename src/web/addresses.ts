/** Addresses of the pages. A search is its address: whatever narrows it down is in there and in nothing else. */
import type { NarrowingInput } from '../api/request-schemas.ts';
import type { Paper } from '../paper/paper.ts';

/** What a page of search results was asked for. */
export type SearchState = Omit<NarrowingInput, 'facets' | 'facetLimit'> & { readonly q: string };

/** Undefined takes a parameter out. */
type Change = { readonly [Name in keyof SearchState]?: SearchState[Name] | undefined };

/** A changed search begins on its first page, unless the change is the page. */
export function searchAddress(state: SearchState, change: Change = {}, path = '/search'): string {
  const { cursor: _, offset: __, ...kept } = state;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...kept, ...change })) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const query = parameters.toString();
  return query === '' ? path : `${path}?${query}`;
}

export function paperAddress(id: Paper['id'], ending = ''): string {
  return `/papers/${id.split('/').map(encodeURIComponent).join('/')}${ending}`;
}

/** Papers of one person, by the name as it is written. */
export function authorAddress(name: string): string {
  return `/search?${new URLSearchParams({ q: name })}`;
}

export function categoryAddress(category: string): string {
  return `/search?${new URLSearchParams({ q: `category:${category}`, sort: 'date' })}`;
}

/** With a value of a repeatable parameter put in or taken out. */
export function toggled(values: readonly string[] | undefined, value: string): string[] | undefined {
  const kept = (values ?? []).filter((other) => other !== value);
  if (kept.length === (values ?? []).length) kept.push(value);
  return kept.length === 0 ? undefined : kept;
}
