/**
 * What each part of the ranking is worth: nDCG@10 (linear gain) of every mode and fusion over the development
 * collections, then of the default without each of its parts and with each constant other than it is. Prints the table
 * of docs/decisions/head-ranking.md. `npx tsx scripts/ablation.ts [collection ...]`
 */
import { evaluateCollection } from '../src/evaluate/evaluate-collection.ts';
import { FUSIONS, type FusionStrategy, type HeadSettings } from '../src/search/fusion.ts';
import type { Mode } from '../src/search/request.ts';
import { qualityTable } from './quality/quality-table.ts';
import { COLLECTION_NAMES, type OnBench, Workbench } from './quality/workbench.ts';

/** One way of ranking that is measured. */
interface Run {
  readonly name: string;
  readonly mode: Mode;
  readonly fusion: FusionStrategy;
}

const { neighbours } = FUSIONS;
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
const RUNS: readonly Run[] = [
  { name: 'keyword', mode: 'keyword', fusion: neighbours },
  { name: 'semantic', mode: 'semantic', fusion: neighbours },
  ...Object.entries(FUSIONS).map(
    ([name, fusion]): Run => ({ name: `hybrid ${name}`, mode: 'hybrid', fusion }),
  ),
  ...Object.entries(VARIANTS).map(
    ([name, changed]): Run => ({
      name,
      mode: 'hybrid',
      fusion: { ...neighbours, name, head: { ...neighbours.head, ...changed } },
    }),
  ),
];
const DEPTH = 10;

const chosen = process.argv.slice(2);
const workbench = await Workbench.open();
const scores: Record<string, Record<string, readonly number[]>> = {};
for (const name of COLLECTION_NAMES.filter((known) => chosen.length === 0 || chosen.includes(known))) {
  await workbench.with(name, (bench) => score(name, bench));
}
await workbench.close();
process.stdout.write(
  `${qualityTable(scores, { halves: ['keyword', 'semantic'], baseline: 'hybrid convex' })}\n`,
);

async function score(name: string, { collection, ...bench }: OnBench): Promise<void> {
  const isRelated = collection.queries.some(({ doc }) => doc !== undefined);
  const ways = isRelated ? { ' by id': true, ' by text': false } : { '': false };
  for (const run of RUNS) {
    for (const [how, isRelatedById] of Object.entries(ways)) {
      const options = { ...bench, fusion: run.fusion, modes: [run.mode], isRelatedById, depth: DEPTH };
      const [measured] = await evaluateCollection(collection, options);
      scores[run.name] = { ...scores[run.name], [name + how]: measured?.scores.ndcg10 ?? [] };
    }
  }
}
