/**
 * How good the answers are, on all development collections: scores of every mode and fusion, the calibration of
 * `confidence`, and the files that hold both (docs/quality.json, docs/quality.md, the searcher's table). Run it after
 * a change of ranking, analysis or model: `npm run quality`. Indexes are kept under .cache/evaluate; the first run
 * embeds 11,600 papers.
 */
import type { ModeRun } from '../src/evaluate/evaluate-collection.ts';
import { dot, logistic } from '../src/evaluate/logistic-fit.ts';
import type { Aimed } from '../src/search/confidence.ts';
import { LOW_CONFIDENCE_BELOW } from '../src/search/honest-notes.ts';
import { MODES, type Mode } from '../src/search/request.ts';
import { type CalibrationSet, check, fitConfidence, samplesOf } from './quality/calibrate.ts';
import { runForeign } from './quality/foreign-questions.ts';
import { type Measured, measure } from './quality/measure.ts';
import { COLLECTION_NAMES, Workbench } from './quality/workbench.ts';
import { type Coefficients, type WarningCheck, writeUp } from './quality/write-up.ts';

const AIMS: readonly Aimed[] = ['question', 'related'];
const FIRST_PAGE = 10;

const workbench = await Workbench.open();
const measured: Measured[] = [];
const sets: CalibrationSet[] = [];
for (const name of COLLECTION_NAMES) {
  const startedMs = performance.now();
  await workbench.with(name, async (bench) => {
    const { measured: rows, runs } = await measure(name, bench);
    const foreign = await runForeign(name, bench, workbench);
    measured.push(...rows);
    sets.push(...MODES.map((mode) => calibrationSet(mode, bench.collection.judgments, { runs, foreign })));
    function calibrationSet(
      mode: Mode,
      judgments: typeof bench.collection.judgments,
      { runs, foreign }: { runs: readonly ModeRun[]; foreign: readonly ModeRun[] },
    ): CalibrationSet {
      const aimed = bench.collection.queries.some(({ doc }) => doc !== undefined) ? 'related' : 'question';
      const own = samplesOf(runs, judgments, mode);
      return { collection: name, aimed, mode, own, foreign: samplesOf(foreign, new Map(), mode) };
    }
  });
  process.stderr.write(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`);
}
await workbench.close();

const setsOf = (mode: Mode, aimed: Aimed) => sets.filter((set) => set.mode === mode && set.aimed === aimed);
const coefficients = Object.fromEntries(
  MODES.map((mode) => [
    mode,
    Object.fromEntries(AIMS.map((aimed) => [aimed, fitConfidence(setsOf(mode, aimed))])),
  ]),
) as unknown as Coefficients;
writeUp({
  model: workbench.embedder.model.name,
  measured,
  coefficients,
  calibration: MODES.flatMap((mode) =>
    AIMS.flatMap((aimed) => check(setsOf(mode, aimed), coefficients[mode][aimed])),
  ),
  warnings: sets
    .filter(({ mode, foreign }) => mode !== 'keyword' && foreign.length > 0)
    .map((set) => warningCheck(set)),
});

function warningCheck({ collection, mode, aimed, own, foreign }: CalibrationSet): WarningCheck {
  const share = (samples: CalibrationSet['own']) => {
    const questions: number[][] = [];
    for (const { features } of samples) {
      // The second feature is the logarithm of the rank.
      if (features[1] === 0) questions.push([]);
      questions.at(-1)?.push(logistic(dot(features, coefficients[mode][aimed])));
    }
    const best = questions.map((values) => Math.max(...values.slice(0, FIRST_PAGE)));
    return best.filter((value) => value < LOW_CONFIDENCE_BELOW).length / best.length;
  };
  return { collection, mode, own: share(own), foreign: share(foreign) };
}
