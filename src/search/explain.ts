/**
 * Why the hits of a page are where they are: which words stand in which fields and what each is worth, and how much
 * of the score comes from where. Everything is asked of the engine once more, so that an answer without reasons
 * costs nothing for them.
 */
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import { NO_FILTER } from '../engine/filter.ts';
import type { DocId } from '../engine/ranking.ts';
import { recencyWeight } from '../engine/recency.ts';
import type { Paper } from '../paper/paper.ts';
import { TermFinder } from '../text/term-finder.ts';
import type { Explanation, Hit, MatchedField, MatchedWord, ScoreShare } from './answer.ts';
import type { FusionStrategy } from './fusion.ts';
import type { Sort } from './request.ts';
import type { Retrieval } from './retrieve.ts';

export interface ExplainOptions {
  readonly terms: readonly WeightedTerm[];
  readonly retrieval: Retrieval;
  readonly fusion: FusionStrategy;
  readonly sort: Sort;
  /** What recency is counted from, as `dayNumber` gives it. */
  readonly today: number;
}

/** The same hits, each with `match.explanation`. */
export async function explained(
  engine: Pick<EngineReader, 'lookup' | 'lexical' | 'days'>,
  hits: readonly Hit[],
  { terms, sort, today, ...ranked }: ExplainOptions,
): Promise<Hit[]> {
  const found = await engine.lookup(hits.map(({ paper }) => ({ kind: 'id', value: paper.id })));
  const docIds = found.map(([docId]) => docId ?? 0);
  const wordScores = await scoresOfTerms(engine, terms, docIds);
  const days = sort === 'fresh' ? await engine.days(docIds) : undefined;
  const finder = new TermFinder(terms.map(({ term }) => term));
  return hits.map((hit, at) => {
    const scores = wordScores.map(({ term, scores: ofTerm }) => ({ term, score: ofTerm[at] ?? 0 }));
    const weight = days ? recencyWeight(days[at] ?? 0, today) : 1;
    const explanation: Explanation = {
      words: matchedWords(hit.paper, finder, scores),
      // The scores of a list by date say where a paper stands in it and nothing else.
      shares:
        sort === 'date' || sort === 'oldest' ? [] : sharesOf(hit, docIds[at] ?? 0, { ...ranked, weight }),
    };
    return { ...hit, match: { ...hit.match, explanation } };
  });
}

/** Each term looked for alone: its summand in the lexical score, however the engine makes one. */
async function scoresOfTerms(
  engine: Pick<EngineReader, 'lexical'>,
  terms: readonly WeightedTerm[],
  also: readonly DocId[],
): Promise<{ term: string; scores: Float32Array }[]> {
  return Promise.all(
    terms.map(async (weighted) => {
      const { alsoScores } = await engine.lexical([weighted], { filter: NO_FILTER, limit: 0, also });
      return { term: weighted.term, scores: alsoScores };
    }),
  );
}

/** The words of the question that the paper holds, as the paper writes them, the weightiest first. */
function matchedWords(
  paper: Paper,
  finder: TermFinder,
  scores: readonly { readonly term: string; readonly score: number }[],
): MatchedWord[] {
  const sum = scores.reduce((total, { score }) => total + score, 0);
  const places = placesOf(paper, finder);
  return scores
    .flatMap(({ term, score }) => {
      const place = places.get(term);
      return place && score > 0 ? [{ ...place, share: score / sum }] : [];
    })
    .sort((a, b) => b.share - a.share);
}

function placesOf(paper: Paper, finder: TermFinder): Map<string, { word: string; fields: MatchedField[] }> {
  const places = new Map<string, { word: string; fields: MatchedField[] }>();
  for (const [field, texts] of fieldsOf(paper)) {
    for (const text of texts) {
      for (const { term, start, end } of finder.find(text)) {
        const place = places.get(term) ?? { word: text.slice(start, end), fields: [] };
        if (!place.fields.includes(field)) place.fields.push(field);
        places.set(term, place);
      }
    }
  }
  return places;
}

function fieldsOf({ title, abstract, authors, venue }: Paper): [MatchedField, readonly string[]][] {
  return [
    ['title', [title]],
    ['abstract', [abstract]],
    ['authors', authors],
    ['venue', venue === undefined ? [] : [venue]],
  ];
}

interface Ranked extends Pick<ExplainOptions, 'retrieval' | 'fusion'> {
  /** What recency leaves of the score; 1 where it does not count. */
  readonly weight: number;
}

/** They add up to the score, up to the rounding of the score to a float32. */
function sharesOf({ score, match }: Hit, docId: DocId, ranked: Ranked): ScoreShare[] {
  const shares = shareOfSides(docId, match.exact === null ? score : undefined, ranked);
  if (match.exact === null) return shares;
  const sum = shares.reduce((total, { share }) => total + share, 0);
  return [...shares, { name: 'name', share: score - sum }];
}

/** Where one side alone made the ranking, the whole score is its share. */
function shareOfSides(docId: DocId, score: number | undefined, ranked: Ranked): ScoreShare[] {
  const { retrieval, fusion, weight } = ranked;
  const { candidates, lexical, nearest } = retrieval;
  if (candidates) {
    const shares = sharesInHead(docId, retrieval) ?? fusion.shares(candidates, docId);
    const factor = retrieval.headShares ? scaleTo(score, shares) : weight;
    return shares.map(({ name, share }) => ({ name, share: factor * share }));
  }
  const isByWords = lexical.docIds.length > 0;
  const { docIds, scores } = isByWords ? lexical : nearest;
  const share = score ?? scores[docIds.indexOf(docId)] ?? 0;
  return docIds.length > 0 ? [{ name: isByWords ? 'words' : 'meaning', share }] : [];
}

function sharesInHead(docId: DocId, { headShares }: Retrieval): ScoreShare[] | undefined {
  const of = headShares?.get(docId);
  if (!of) return undefined;
  return [
    { name: 'words', share: of.words },
    { name: 'meaning', share: of.meaning },
    { name: 'feedback', share: of.feedback },
    { name: 'neighbours', share: of.neighbours },
  ];
}

/** Behind the head scores are scaled to where it ends. */
function scaleTo(score: number | undefined, shares: readonly ScoreShare[]): number {
  const sum = shares.reduce((total, { share }) => total + share, 0);
  return score === undefined || sum === 0 ? 1 : score / sum;
}
