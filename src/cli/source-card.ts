/** Where the fields of a paper come from, to read. */
import type { PaperWithSources } from '../api/paper-sources.ts';
import type { FieldSource } from '../paper/merge-records.ts';
import type { ListOptions } from './hit-list.ts';
import { fields as table } from './layout.ts';

export function renderSources(
  { fields, sources, otherIds }: PaperWithSources,
  { width, palette }: ListOptions,
): string {
  if (sources.length === 0) return 'Its sources are not known: it was stored before they were kept.';
  const byField = Object.entries(fields).map(([field, source]) => [field, named(source)] as const);
  const all = sources.map(named).join(', ');
  const also = otherIds.length > 0 ? [['also', otherIds.join(', ')] as const] : [];
  const rows = [['all', all] as const, ...also, ...byField];
  return [palette.strong('Sources'), table(rows, { width, faint: palette.faint })].join('\n\n');
}

function named({ source, taken }: FieldSource): string {
  return taken === undefined ? source : `${source} ${taken}`;
}
