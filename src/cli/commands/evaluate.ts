/** `pharos evaluate`: how good the answers are on a judged collection. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { BUNDLED_MODEL } from '../../config/setting-notes.ts';
import type { JudgedCollection } from '../../evaluate/collection.ts';
import type { ModeRun } from '../../evaluate/evaluate-collection.ts';
import { AppError } from '../../fault/app-error.ts';
import { DEFAULT_FUSION, FUSIONS, type FusionName } from '../../search/fusion.ts';
import { MODES, type Mode } from '../../search/request.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { defaultCacheFolder, withEvaluationIndex } from '../evaluation-index.ts';
import { evaluationReport, renderEvaluation } from '../evaluation-output.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { openModel, type Scene } from '../open-model.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
The folder holds papers.jsonl, queries.jsonl and qrels.tsv, or BEIR's
corpus.jsonl, queries.jsonl and qrels/test.tsv, plain or gzip.

Examples:
  $ pharos evaluate collections/cranfield
  $ pharos evaluate scifact --mode hybrid --fusion rrf --json
  $ pharos evaluate scifact --mode keyword --run keyword.run`;

interface EvaluateFlags {
  readonly mode: Mode | 'all';
  readonly fusion: FusionName;
  readonly run?: string;
  readonly byId?: true;
  readonly cache?: string;
  readonly fresh?: true;
  readonly clean?: true;
  readonly json?: true;
}

export function evaluateCommand({ io, finish }: CommandContext): Command {
  const command = new Command('evaluate')
    .description('Measures how good the answers are on a judged collection.')
    .argument('<folder>', 'the judged collection')
    .addOption(
      new Option('-m, --mode <mode>', 'which mode to measure').choices([...MODES, 'all']).default('all'),
    )
    .addOption(
      new Option('--fusion <name>', 'how hybrid adds words and meaning up')
        .choices(Object.keys(FUSIONS))
        .default(DEFAULT_FUSION),
    )
    .option('--run <file>', 'write the rankings of the one mode here, as a TREC run')
    .option('--by-id', 'ask for related work by the id of the paper, not by its text')
    .option('--cache <dir>', 'where indexes of collections are kept (default: pharos/evaluate in ~/.cache)')
    .option('--fresh', 'index the collection anew')
    .option('--clean', 'remove the index of the collection afterwards')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['model', 'threads']);
  return command.action((folder: string, flags: EvaluateFlags) =>
    finish(async () => {
      requireOneModeForRun(flags);
      const settings = await loadSettings(io, settingFlags(command));
      const { readCollection } = await import('../../evaluate/collection.ts');
      const { compareRuns } = await import('../../evaluate/compare-runs.ts');
      const collection = await readCollection(folder);
      const runs = await runCollection(collection, { io, settings }, flags);
      if (flags.run !== undefined) await writeRun(flags.run, runs);
      const results = runs.map(({ result }) => result);
      const report = evaluationReport(collection, results, compareRuns(runs));
      const palette = paletteFor(io.stdout, io.environment);
      const text = flags.json
        ? JSON.stringify(report, null, 2)
        : renderEvaluation(report, collection.papers.length, palette);
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

async function runCollection(
  collection: JudgedCollection,
  { io, settings }: Scene,
  { mode, fusion, byId, cache, fresh, clean }: EvaluateFlags,
): Promise<ModeRun[]> {
  const { evaluateCollection } = await import('../../evaluate/evaluate-collection.ts');
  // Not that of the user's index: scores are compared from one machine to another.
  const named = { ...settings, model: settings.model ?? BUNDLED_MODEL };
  const { embedder } = await openModel({ io, settings: named });
  const cacheFolder = cache === undefined ? defaultCacheFolder(io.environment) : resolve(cache);
  const place = { io, settings, embedder, cacheFolder, isFresh: fresh === true, isTemporary: clean === true };
  try {
    // Whoever asks first would wait for the model to load, and no query is to be timed with that.
    await embedder.warmUp?.();
    return await withEvaluationIndex(collection.papers, place, (engine, { onProgress, signal }) =>
      evaluateCollection(collection, {
        engine,
        embedder,
        fusion,
        modes: mode === 'all' ? MODES : [mode],
        isRelatedById: byId === true,
        onProgress: (done, total) => {
          if (signal.aborted) throw new AppError('INTERRUPTED', {}, { cause: signal.reason });
          onProgress({ stage: 'evaluate', done, total });
        },
      }),
    );
  } finally {
    await embedder.close();
  }
}

async function writeRun(path: string, runs: readonly ModeRun[]): Promise<void> {
  const { openLineFile } = await import('../../indexer/line-file.ts');
  const { trecRun } = await import('../../evaluate/trec-run.ts');
  const file = await openLineFile(path);
  try {
    for (const { run, result } of runs) {
      const tag = ['pharos', result.mode, result.fusion].filter(Boolean).join('-');
      for (const ranked of run) await file.write(trecRun(ranked, tag));
    }
    await file.close();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

function requireOneModeForRun({ run, mode }: EvaluateFlags): void {
  if (run === undefined || mode !== 'all') return;
  throw new AppError('INPUT_INVALID', {
    message: '--run writes the rankings of one mode',
    remedy: `Name it: --mode ${MODES.join(', --mode ')}.`,
  });
}
