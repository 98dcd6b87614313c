/** Which source is asked for a paper of which only the id is known: a line for every kind of id. */
import type { Identifier } from '../paper/identifier.ts';
import type { PaperId } from '../paper/paper.ts';
import type { SourceSpec } from './registry.ts';

const SOURCES_OF_IDS: Readonly<Partial<Record<Identifier['kind'], string>>> = {
  arxiv: 'arxiv',
  pmid: 'pubmed',
};

/** Undefined for ids that no source knows. The ids are of that kind. */
export function sourceOfIds(kind: Identifier['kind'], ids: readonly PaperId[]): SourceSpec | undefined {
  const name = SOURCES_OF_IDS[kind];
  return name === undefined ? undefined : { name, target: ids.join(',') };
}
