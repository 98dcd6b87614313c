/**
 * Whatever the papers, the question and the filter: pages of any size concatenate to one list, that list is as
 * long as the total says, and it is the fusion of the complete rankings.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../src/engine/filter.ts';
import type { Ranking } from '../../src/engine/ranking.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { Hit } from '../../src/search/answer.ts';
import { FUSIONS, type FusionName } from '../../src/search/fusion.ts';
import { queryTerms } from '../../src/search/query-terms.ts';
import { MODES, type Mode } from '../../src/search/request.ts';
import { SEMANTIC_DEPTH } from '../../src/search/retrieve.ts';
import { makePaper } from '../engine/fixtures.ts';
import { binVector, type Library, makeLibrary } from './fixtures.ts';
import { referenceHeadScores } from './reference-head.ts';

const WORDS = 'whale ocean river stone wind cloud ember forest glacier harbour island jungle'.split(' ');
const ALL = 1_000;

interface Scene {
  readonly papers: readonly Paper[];
  readonly bare: readonly string[];
  readonly query: string;
  readonly filter: Filter;
}

const words = (maxLength: number) =>
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength, size: 'max' }).map((list) => list.join(' '));

/** Enough papers now and then to have more than the nearest. */
const scene = (): fc.Arbitrary<Scene> =>
  fc
    .record({
      titles: fc.oneof(
        fc.array(words(3), { minLength: 1, maxLength: 30, size: 'max' }),
        fc.array(words(2), { minLength: SEMANTIC_DEPTH + 20, maxLength: SEMANTIC_DEPTH + 40, size: 'max' }),
      ),
      bareEvery: fc.constantFrom(2, 7, 1_000),
      query: words(4),
      filter: fc.constantFrom<Filter>(
        {},
        { from: '2003' },
        { to: '2004', categories: ['cs'] },
        { authors: ['nobody'] },
      ),
    })
    .map(({ titles, bareEvery, query, filter }) => {
      const papers = titles.map((title, at) =>
        makePaper({
          id: `p${at}`,
          title,
          published: `200${at % 10}`,
          categories: [at % 3 === 0 ? 'cs.CL' : 'math'],
        }),
      );
      return {
        papers,
        bare: papers.filter((_, at) => at % bareEvery === 1).map(({ id }) => id),
        query,
        filter,
      };
    });

describe('pages', () => {
  it.each(MODES)('concatenate to the whole list in mode %s', async (mode) => {
    await fc.assert(
      fc.asyncProperty(
        scene(),
        fc.integer({ min: 1, max: 60 }),
        async ({ papers, bare, query, filter }, limit) => {
          const { searcher } = await makeLibrary(papers, { bare });
          const whole = await listAll(searcher, { query, mode, filter, limit: 100 });
          const pages = await listAll(searcher, { query, mode, filter, limit });
          expect(pages.map(withoutLexicalRank)).toEqual(whole.map(withoutLexicalRank));
          expect(whole.map(({ rank }) => rank)).toEqual(whole.map((_, at) => at + 1));
          expect(new Set(whole.map(({ paper }) => paper.id)).size).toBe(whole.length);
          const { total } = await searcher.search({ query, mode, filter, limit });
          expect(total).toBe(whole.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each<FusionName>(['neighbours', 'convex', 'rrf'])(
    'are cut from the %s fusion of the complete rankings',
    async (fusion) => {
      await fc.assert(
        fc.asyncProperty(
          scene(),
          fc.integer({ min: 1, max: 60 }),
          async ({ papers, bare, query, filter }, limit) => {
            const library = await makeLibrary(papers, { bare, fusion });
            const { hits } = await library.searcher.search({ query, filter, limit });
            // An exact title goes before the fusion and is no part of it.
            const found = hits.filter(({ match }) => match.exact === null);
            const named = hits.filter(({ match }) => match.exact !== null).map(({ paper }) => paper.id);
            const expected = await bruteForce(library, { query, filter, fusion, named });
            const rest = expected.slice(0, found.length);
            const scoreOf = new Map(expected);
            // Sums in another order can part what is tied, so it is scores that are compared, place by place and by id.
            expect(found.map(({ paper }) => scoreOf.get(paper.id))).toEqual(
              found.map(({ score }) => expect.closeTo(score, 5)),
            );
            expect(found.map(({ score }) => score)).toEqual(
              rest.map(([, score]) => expect.closeTo(score, 5)),
            );
          },
        ),
        { numRuns: 20 },
      );
    },
  );
});

async function listAll(
  searcher: Library['searcher'],
  request: { query: string; mode: Mode; filter: Filter; limit: number },
): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (;;) {
    const page = await searcher.search({ ...request, offset: hits.length });
    hits.push(...page.hits);
    if (page.hits.length < request.limit) return hits;
  }
}

/** How deep ranks by words are known hangs on how deep the page reaches. */
function withoutLexicalRank({ match: { lexicalRank, ...match }, ...hit }: Hit): unknown {
  return { ...hit, match, isByWords: lexicalRank !== null && lexicalRank <= 100 };
}

interface Fused {
  readonly query: string;
  readonly filter: Filter;
  readonly fusion: FusionName;
  /** Ids of papers that are no part of the fusion. */
  readonly named: readonly string[];
}

/** Fusion as it is defined, over every paper: ids and scores, best first. */
async function bruteForce(
  { engine }: Library,
  { query, filter, fusion, named }: Fused,
): Promise<[string, number][]> {
  const apart = (await engine.lookup(named.map((value) => ({ kind: 'id', value })))).flat();
  const lexical = leftOut(await engine.lexical(queryTerms(query), { filter, limit: ALL }), apart);
  const near = leftOut(await engine.semantic(binVector(query), { filter, limit: SEMANTIC_DEPTH }), apart);
  const [byWords, byMeaning] = [places(lexical), places(near)];
  const evidence = (docId: number) => ({
    words: (byWords.get(docId)?.score ?? 0) / (lexical.scores[0] ?? 1),
    meaning: scaled(byMeaning.get(docId), near),
  });
  const share = (docId: number): number => {
    if (fusion === 'rrf') return reciprocal(byWords.get(docId)) + reciprocal(byMeaning.get(docId));
    const { words, meaning } = evidence(docId);
    return 0.5 * words + 0.5 * meaning;
  };
  const docIds = [...new Set([...byWords.keys(), ...byMeaning.keys()])].sort(
    (a, b) => share(b) - share(a) || a - b,
  );
  const ids = (await engine.papers(docIds)).map((paper) => paper?.id ?? '');
  const fused = docIds.map((docId, at): [string, number] => [ids[at] ?? '', share(docId)]);
  if (fusion !== 'neighbours') return fused;
  const vectors = await engine.vectors(ids.slice(0, FUSIONS.neighbours.head.size));
  const head = vectors.map((vector, at) => ({ id: ids[at] ?? '', vector, ...evidence(docIds[at] ?? 0) }));
  return [...referenceHeadScores(head)].sort(([, a], [, b]) => b - a);
}

function leftOut({ docIds, scores }: Ranking, apart: readonly number[]): Ranking {
  const kept = [...docIds.keys()].filter((at) => !apart.includes(docIds[at] ?? 0));
  return {
    docIds: Uint32Array.from(kept, (at) => docIds[at] ?? 0),
    scores: Float32Array.from(kept, (at) => scores[at] ?? 0),
  };
}

interface Place {
  readonly rank: number;
  readonly score: number;
}

function reciprocal(place: Place | undefined): number {
  return place ? 1 / (60 + place.rank) : 0;
}

function scaled(place: Place | undefined, { scores }: Ranking): number {
  if (!place) return 0;
  const [top = 0, floor = 0] = [scores[0], scores.at(-1)];
  return top > floor ? (place.score - floor) / (top - floor) : 1;
}

function places({ docIds, scores }: Ranking): Map<number, Place> {
  return new Map(Array.from(docIds, (docId, at) => [docId, { rank: at + 1, score: scores[at] ?? 0 }]));
}
