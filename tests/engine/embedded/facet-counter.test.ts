import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Columns } from '../../../src/engine/embedded/columns.ts';
import { FacetCounter } from '../../../src/engine/embedded/facet-counter.ts';
import { Traits } from '../../../src/engine/embedded/traits.ts';
import { exactFacets } from '../../../src/engine/exact/exact-facets.ts';
import { FACET_FIELDS } from '../../../src/engine/facets.ts';
import { makePaper } from '../fixtures.ts';

const ALL = { fields: FACET_FIELDS, limit: 5 } as const;
const CODE = 'https://example.org/code';

const paper = fc
  .record(
    {
      authors: fc.array(fc.constantFrom('Ada Fox', 'Bo Gray', 'Cy Hill'), { maxLength: 4 }),
      categories: fc.array(fc.constantFrom('cs.CL', 'cs.LG', 'math', 'math.CO'), { maxLength: 3 }),
      published: fc.constantFrom('2015', '2018-03', '2021-11-05'),
      venue: fc.constantFrom('Sea', 'Sky'),
      code: fc.constant(CODE),
    },
    { requiredKeys: ['authors', 'categories'] },
  )
  .map((fields) => makePaper({ id: 'any', ...fields }));

/** Papers that come, and of each whether it goes again and whether it is in the set. */
const rounds = fc.array(
  fc.array(fc.record({ paper, isGone: fc.boolean(), isIn: fc.boolean() }), { minLength: 1, maxLength: 12 }),
  { minLength: 1, maxLength: 4 },
);

it('counts any set as going through its papers does, while papers come and go', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const [columns, traits] = [new Columns(), new Traits()];
      const counter = new FacetCounter(columns, traits);
      const seen: (typeof all)[number] = [];
      for (const round of all) {
        for (const each of round) {
          const docId = seen.push(each) - 1;
          traits.set(docId, each.paper);
          columns.add(docId, each.paper);
        }
        for (const [docId, { isGone }] of seen.entries()) if (isGone) columns.remove(docId);
        counter.forgetTotals();
        const live = [...seen.keys()].filter((docId) => columns.isLive(docId));
        for (const docIds of [live, live.filter((docId) => seen[docId]?.isIn), []]) {
          const papers = docIds.flatMap((docId) => seen[docId]?.paper ?? []);
          expect(counter.count(Uint32Array.from(docIds), ALL)).toEqual(exactFacets(papers, ALL));
        }
      }
    }),
  );
});
