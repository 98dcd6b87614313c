/** The default fusion without each of its parts, and with each constant other than it is. */
import { FUSIONS, type HeadSettings } from '../../src/search/fusion.ts';
import type { Run } from './judged.ts';

const VARIANTS: Readonly<Record<string, Partial<HeadSettings>>> = {
  'feedback alone': { neighbourShare: 0 },
  'neighbours alone': { feedbackShare: 0 },
  'head of 50': { size: 50 },
  'head of 200': { size: 200, papersANeighbour: 20 },
  'feedback by 1': { feedbackSize: 1 },
  'feedback by 2': { feedbackSize: 2 },
  'feedback by 5': { feedbackSize: 5 },
  'feedback by 10': { feedbackSize: 10 },
  'feedback counts .15': { feedbackShare: 0.15 },
  'feedback counts .35': { feedbackShare: 0.35 },
  '5 neighbours': { papersANeighbour: 20 },
  '20 neighbours': { papersANeighbour: 5 },
  'neighbours count .3': { neighbourShare: 0.3 },
  'neighbours count .7': { neighbourShare: 0.7 },
};

export const ABLATION_RUNS: readonly Run[] = Object.entries(VARIANTS).map(([name, changed]) => ({
  name,
  mode: 'hybrid',
  fusion: { ...FUSIONS.neighbours, name, head: { ...FUSIONS.neighbours.head, ...changed } },
}));
