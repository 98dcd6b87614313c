/** Which source is asked for a paper of which only the id is known: a line for every kind of id. */
import type { Identifier } from '../paper/identifier.ts';

const SOURCES_OF_IDS: Readonly<Partial<Record<Identifier['kind'], string>>> = {
  arxiv: 'arxiv',
  doi: 'crossref',
  pmid: 'pubmed',
};

/** Divides ids, or begins parameters, in what a source is asked. */
const MEANS_MORE = /[,?]/;

/** The name of a source that takes lists of such ids; undefined where there is none. */
export function sourceKnowing({ kind, id }: Identifier): string | undefined {
  return MEANS_MORE.test(id) ? undefined : SOURCES_OF_IDS[kind];
}
