/**
 * How good the answers are: nDCG@10 (linear gain, as trec_eval counts it) of every mode and fusion over the judged
 * collections of ../shared, by the searcher itself on the exact engine.
 * `npx tsx scripts/quality.ts [collection ...]`; with `--ablation` first, of the head ranking without its parts and
 * with other constants.
 */
import { FUSIONS, type FusionName } from '../src/search/fusion.ts';
import { openBundledEmbedder } from './bench/bundled-model.ts';
import { ABLATION_RUNS } from './quality/ablation-runs.ts';
import { COLLECTION_NAMES, evaluate, type Run, type Scores } from './quality/judged.ts';
import { qualityTable } from './quality/quality-table.ts';

const RUNS: readonly Run[] = [
  { name: 'keyword', fusion: 'convex', mode: 'keyword' },
  { name: 'semantic', fusion: 'convex', mode: 'semantic' },
  ...Object.keys(FUSIONS).map(
    (name): Run => ({ name: `hybrid ${name}`, fusion: name as FusionName, mode: 'hybrid' }),
  ),
];
const ABLATION = '--ablation';

const chosen = process.argv.slice(2).filter((argument) => argument !== ABLATION);
const isAblation = process.argv.includes(ABLATION);
const embedder = await openBundledEmbedder();
const scores: Scores = {};
for (const name of chosen.length > 0 ? chosen : COLLECTION_NAMES) {
  await evaluate(name, isAblation ? [...RUNS, ...ABLATION_RUNS] : RUNS, { embedder, scores });
}
await embedder.close();
process.stdout.write(
  `${qualityTable(scores, { halves: ['keyword', 'semantic'], baseline: 'hybrid convex' })}\n`,
);
