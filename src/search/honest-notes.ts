/**
 * When nothing is near, the answer says so. The nearest vectors are always there, however far, and two hundred of
 * them listed as hits would be noise in the shape of an answer. See docs/decisions/confidence.md.
 */
import type { Ranking } from '../engine/ranking.ts';
import type { Hit } from './answer.ts';
import type { Aimed } from './confidence.ts';
import { CALIBRATED_MODEL } from './confidence-table.generated.ts';
import type { ExactHit } from './exact-hits.ts';
import type { Note } from './note.ts';
import type { Mode, Sort } from './request.ts';

export interface AnswerEvidence {
  readonly aimed: Aimed;
  readonly mode: Mode;
  readonly sort: Sort;
  /** Name of the embedding model. */
  readonly model: string;
  /** Papers in the index. */
  readonly papers: number;
  /** Terms of the question that occur in any of them. */
  readonly knownTerms: number;
  readonly exact: readonly ExactHit[];
  readonly nearest: Ranking;
}

/**
 * How near chance comes: strings of random letters were no nearer than .35 to any of 1,000 to 3,400 papers, and than
 * .41 to any of 100,000, the more papers the nearer. A question in words that no paper holds has to be nearer.
 */
const CHANCE_AT_ONE_PAPER = 0.24;
const CHANCE_PER_TENFOLD = 0.04;
/** Of the development questions hardly any has a best hit below it; most of those asked of another field have. */
export const LOW_CONFIDENCE_BELOW = 0.35;

function nothingNear(mode: Mode): Note {
  const message =
    mode === 'keyword'
      ? 'No word of the question occurs in any paper here. ' +
        'Check the spelling, use other words, or look for the meaning as well, in mode hybrid.'
      : 'No word of the question occurs in any paper here, and no paper is near its meaning. ' +
        'Check the spelling, use other words, or ask in English.';
  return { code: 'NOTHING_NEAR', message };
}

const LOW_CONFIDENCE: Note = {
  code: 'LOW_CONFIDENCE',
  message:
    'Even the best of these is probably not what was asked for: there may be no paper on it here. ' +
    'Use other words, or leave out a filter.',
};

/** Only questions can be answered by nothing; a paper or a text that is given has its nearest. */
export function isNothingNear(evidence: AnswerEvidence): boolean {
  const { aimed, model, papers, knownTerms, exact, nearest } = evidence;
  if (aimed !== 'question' || exact.length > 0 || knownTerms > 0) return false;
  const best = nearest.scores[0];
  return best === undefined || (model === CALIBRATED_MODEL && best < chanceSimilarity(papers));
}

/** Of a page of hits; empty for most. */
export function honestNotes(hits: readonly Hit[], evidence: AnswerEvidence): Note[] {
  const { aimed, mode, sort, model } = evidence;
  if (isNothingNear(evidence)) return [nothingNear(mode)];
  // By words alone a rank says too little; deep pages are expected to be weak.
  const isJudged = aimed === 'question' && mode !== 'keyword' && model === CALIBRATED_MODEL;
  // In a list by date the best hits may be on any page.
  const isFirstPage = sort === 'relevance' && hits[0]?.rank === 1;
  if (!(isJudged && isFirstPage)) return [];
  return hits.every(({ confidence }) => confidence < LOW_CONFIDENCE_BELOW) ? [LOW_CONFIDENCE] : [];
}

function chanceSimilarity(papers: number): number {
  return CHANCE_AT_ONE_PAPER + CHANCE_PER_TENFOLD * Math.log10(Math.max(1, papers));
}
