/** By which names a paper is found, from the paper and what its sources say. */
import type { SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { namedIds } from '../../paper/paper-names.ts';
import { titleKey } from '../../paper/title-key.ts';
import { mayBeSamePerson } from '../../text/names.ts';
import type { LookupKey } from '../engine.ts';

export interface Names {
  /** Those under which its sources have it among them. */
  readonly ids: ReadonlySet<PaperId>;
  readonly named: ReadonlySet<PaperId>;
  readonly titles: ReadonlySet<string>;
}

export function namesOf(paper: Paper, records: readonly SourceRecord[]): Names {
  const said = [paper, ...records.map((record) => record.paper)];
  return {
    ids: new Set(said.map(({ id }) => id)),
    named: new Set(said.flatMap(namedIds)),
    titles: new Set(said.map(({ title }) => titleKey(title))),
  };
}

export function isNamedBy(
  { paper, names }: { paper: Paper; names: Names },
  { kind, value }: LookupKey,
): boolean {
  if (kind === 'id') return names.ids.has(value);
  if (kind === 'named') return names.named.has(value) || paper.doi === value;
  if (kind === 'author') return paper.authors.some((author) => mayBeSamePerson(author, value));
  if (kind === 'doi') return paper.doi?.toLowerCase() === value;
  return names.titles.has(value);
}
