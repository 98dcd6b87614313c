/** Two engines asked for the same result sets: members, dates, facets and works must be the same. */
import { expect } from 'vitest';
import type { Engine, WeightedTerm } from '../../src/engine/engine.ts';
import { FACET_FIELDS } from '../../src/engine/facets.ts';
import type { Filter } from '../../src/engine/filter.ts';

/** Values up to ties at the end of a list are told by the contract; here all of them are asked for. */
export async function compareResultSets(
  { engine, exact }: { engine: Engine; exact: Engine },
  {
    terms,
    filter,
    limit,
  }: { readonly terms: readonly WeightedTerm[]; readonly filter: Filter; readonly limit: number },
): Promise<void> {
  const answers = async (of: Engine) => {
    const [also = [], excluded = []] = await of.lookup(['p1', 'p2'].map((value) => ({ kind: 'id', value })));
    const set = { filter, terms, also, excluded, holdsAll: terms.length === 0 };
    const newest = await of.byDate(set, { order: 'newest', limit });
    const ids = (await of.papers([...newest.docIds])).map((found) => found?.id ?? '');
    const works = await of.sameWorks([...newest.docIds]);
    return {
      facets: await of.facets(set, { fields: FACET_FIELDS, limit }),
      members: ids.toSorted(),
      days: [...newest.scores],
      works: Object.fromEntries(
        await Promise.all(
          works.map(async (docIds, at) => [
            ids[at],
            (await of.papers(docIds)).map((same) => same?.id).toSorted(),
          ]),
        ),
      ),
    };
  };
  expect(await answers(engine)).toEqual(await answers(exact));
}
