/** Facets as a table to read: values, counts, and bars that compare them. */
import { FACET_FIELDS, type Facet, type FacetField, type Facets, type FacetValue } from '../engine/facets.ts';
import { count } from './layout.ts';
import type { Palette } from './palette.ts';

export interface TableOptions {
  /** Columns; Infinity for no bars, which are for eyes alone. */
  readonly width: number;
  readonly palette: Palette;
}

const WIDEST_NAME = 40;
const WIDEST_BAR = 24;
/** As many years without a paper, or more, are one line. */
const LONG_GAP = 3;

/** One block a field, a blank line between them; the empty string where nothing was counted. */
export function renderFacets(facets: Facets, options: TableOptions): string {
  const blocks = FACET_FIELDS.flatMap((field) => {
    const facet = facets[field];
    return facet ? `${renderFacet(field, facet, options)}\n` : [];
  });
  return blocks.join('\n');
}

function renderFacet(field: FacetField, facet: Facet, { width, palette }: TableOptions): string {
  const rows = withoutLongGaps(facet.values).flatMap((value) => [
    row(value, ''),
    ...(value.within ?? []).map((below) => row(below, '  ')),
  ]);
  const nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...rows.map(({ name }) => name.length)));
  const countWidth = Math.max(0, ...rows.map(({ number }) => count(number).length));
  const most = Math.max(1, ...rows.map(({ number }) => number));
  const room = Number.isFinite(width) ? Math.min(WIDEST_BAR, width - nameWidth - countWidth - 6) : 0;
  const lines = rows.map(({ name, number }) => {
    const bar = '▇'.repeat(Math.max(0, Math.round((room * number) / most)));
    const columns = `  ${cut(name, nameWidth).padEnd(nameWidth)}  ${count(number).padStart(countWidth)}`;
    return bar === '' ? columns : `${columns}  ${palette.faint(bar)}`;
  });
  return [palette.strong(field) + palette.faint(remark(facet)), ...lines].join('\n');
}

/** What the rows do not say: how many values there are, and how many papers have none. */
function remark({ distinct, missing, values }: Facet): string {
  const shown = values.reduce(
    (sum, { within, count: number }) => sum + (within?.length ?? Math.sign(number)),
    0,
  );
  const parts = [
    ...(distinct > shown ? [`${count(distinct)} values`] : []),
    ...(missing > 0 ? [`${count(missing)} without`] : []),
  ];
  return parts.length > 0 ? ` · ${parts.join(' · ')}` : '';
}

/** `1928 to 1951` for years that hold nothing: a list to read has no use for each. */
function withoutLongGaps(values: readonly FacetValue[]): FacetValue[] {
  const shown: FacetValue[] = [];
  for (let at = 0; at < values.length; ) {
    let end = at;
    while (values[end]?.count === 0) end += 1;
    const gap = values.slice(at, end);
    const [first, last] = [gap[0], gap.at(-1)];
    if (first && last && gap.length >= LONG_GAP)
      shown.push({ value: `${first.value} to ${last.value}`, count: 0 });
    else shown.push(...gap);
    const next = values[end];
    if (next) shown.push(next);
    at = end + 1;
  }
  return shown;
}

function row({ value, count: number }: FacetValue, margin: string) {
  return { name: margin + value, number };
}

function cut(name: string, width: number): string {
  return name.length <= width ? name : `${name.slice(0, width - 1)}…`;
}
