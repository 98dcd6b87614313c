/**
 * From a retrieval to the answer: one page of the list, its passages and reasons, the counts over the whole result
 * set, and where the next page begins. The same for questions and for related work.
 */
import type { Embedder } from '../embed/embedder.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import type { Correction, Hit, SearchAnswer } from './answer.ts';
import type { Paging } from './complete-request.ts';
import { type Aimed, confidence } from './confidence.ts';
import { CoverageMeter } from './coverage.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ExactHit } from './exact-hits.ts';
import { explained } from './explain.ts';
import type { FusionStrategy } from './fusion.ts';
import { honestNotes, isNothingNear } from './honest-notes.ts';
import { listPage } from './listing.ts';
import type { Note } from './note.ts';
import { pageOfHits } from './page.ts';
import { PassageFinder } from './passage.ts';
import { namedAlone, type Retrieval } from './retrieve.ts';
import { withSemanticPassages } from './semantic-passages.ts';
import { weighTerms } from './weigh-terms.ts';

/** Retrieval as far as it is the same on every page: given the day that recency counts from, and then the depth. */
export type Retriever = (today: number) => (depth: number) => Promise<Retrieval>;

export interface Asked {
  readonly query: string;
  readonly aimed: Aimed;
  /** What tells the question from others, for cursors. */
  readonly question: unknown;
  /** What was looked for by words. */
  readonly terms: readonly WeightedTerm[];
  /** What passages are chosen by; all terms unless it says otherwise. */
  readonly marked?: readonly WeightedTerm[];
  readonly vector?: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly exact?: readonly ExactHit[];
  readonly notes?: readonly Note[];
  readonly didYouMean?: readonly Correction[];
}

export interface AnswerParts {
  readonly engine: EngineReader;
  readonly embedder: Embedder;
  readonly fusion: FusionStrategy;
  /** The date as `dayNumber` gives it, for a first page. */
  readonly today: number;
}

/** INPUT_INVALID for a cursor that is damaged or of another question. */
export async function answerPage(
  parts: AnswerParts,
  retriever: Retriever,
  { paging, asked }: { readonly paging: Paging; readonly asked: Asked },
): Promise<Omit<SearchAnswer, 'tookMs'>> {
  const { engine, fusion } = parts;
  const { mode, sort, limit, fold, facets } = paging;
  const { query, question, exact = [], notes = [], didYouMean = [] } = asked;
  const identity = identityOf(paging, { question, fusion: fusion.name, model: engine.space });
  const from = paging.cursor === undefined ? undefined : decodeCursor(identity, paging.cursor);
  const today = from?.today ?? parts.today;
  const offset = from?.count ?? paging.offset;
  const place = { sort, limit, exact, from, isFolded: fold, offset: paging.offset };
  const found = await listPage(engine, { ...place, retrieve: retriever(today) });
  const weighed = await weighTerms(engine, asked.marked ?? asked.terms);
  const { nearest } = found.retrieval;
  const model = parts.embedder.model.name;
  const evidence = { ...weighed, aimed: asked.aimed, mode, sort, model, exact, nearest };
  const listing = isNothingNear(evidence)
    ? await listPage(engine, { ...place, retrieve: async () => namedAlone([]) })
    : found;
  const { retrieval, listed, hasMore } = listing;
  const passages = new PassageFinder(weighed.weights);
  const page = await pageOfHits(engine, retrieval, {
    ...{ offset, hits: listing.hits, passages },
    coverage: new CoverageMeter(weighed.weights),
    confidenceOf: (evidenceOfHit) => confidence(evidenceOfHit, evidence),
  });
  const hits = await enriched({ ...parts, today }, page, { paging, asked, retrieval, passages });
  const lastDocId = from?.lastDocId ?? (await engine.lastDocId());
  const count = offset + listing.hits.length;
  const counted = { fields: facets, limit: paging.facetLimit };
  return {
    ...{ query, mode, sort, total: retrieval.total, hits },
    notes: [...notes, ...honestNotes(hits, evidence)],
    ...(didYouMean.length > 0 && { didYouMean }),
    next: hasMore ? encodeCursor(identity, { count, lastDocId, today, listed }) : null,
    ...(facets.length > 0 && { facets: await engine.facets(retrieval.set, counted) }),
  };
}

interface Page {
  readonly paging: Paging;
  readonly asked: Asked;
  readonly retrieval: Retrieval;
  readonly passages: PassageFinder;
}

/** What costs something and is only there when it was asked for. */
async function enriched(
  { engine, embedder, fusion, today }: AnswerParts,
  hits: Hit[],
  { paging, asked, retrieval, passages }: Page,
): Promise<Hit[]> {
  const { mode, sort, passage, explain } = paging;
  const { vector, signal, terms } = asked;
  let rich = hits;
  if (passage === 'semantic' && vector) {
    rich = await withSemanticPassages(rich, { embedder, vector, passages, signal });
  }
  if (explain) {
    const words = mode === 'semantic' ? [] : terms;
    rich = await explained(engine, rich, { terms: words, retrieval, fusion, sort, today });
  }
  return rich;
}

/** All that a list hangs on but the limit, which may change from page to page. */
function identityOf({ mode, sort, fold, diversity, filter }: Paging, more: object): unknown {
  return [mode, sort, fold, diversity, Object.entries(filter).sort(), more];
}
