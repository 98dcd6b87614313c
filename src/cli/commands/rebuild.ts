/** `pharos rebuild`: everything that derives from the stored papers, anew; with `--model` their vectors as well. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { atWork } from '../at-work.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf, duration } from '../layout.ts';
import type { Scene } from '../open-model.ts';
import { withReader } from '../opening.ts';
import { packageVersion } from '../package-version.ts';
import { reembed } from '../reembed.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
With --model all papers are embedded anew beside the index that serves, which
takes its place when all is done. To go on after an interruption, run the same
command again; without --model what was embedded is given up.

Examples:
  $ pharos rebuild
  $ pharos rebuild --index /data/papers
  $ pharos rebuild --model bge-small-en-v1.5`;

interface RebuildFlags {
  readonly wait?: true;
  readonly json?: true;
}

export function rebuildCommand({ io, finish }: CommandContext): Command {
  const command = new Command('rebuild')
    .description(
      'Makes word lists, graph and columns anew from the papers and vectors that are stored. Nothing is embedded ' +
        'again unless another model is named, and the old structures serve until the new ones are complete.',
    )
    .option('--wait', 'wait while another process writes to the index')
    .option('--json', 'print JSON: { papers, embedded, model, tookMs }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS, 'threads']);
  return command.action((flags: RebuildFlags) =>
    finish(async () => {
      const given = settingFlags(command);
      const settings = await loadSettings(io, given);
      const startedMs = performance.now();
      const waitMs = flags.wait ? Number.POSITIVE_INFINITY : 0;
      // A model in the environment is for making indexes, not for changing those that are there.
      const embedded = given.model === undefined ? undefined : await reembed({ io, settings }, { waitMs });
      if (embedded === undefined) await rederive({ io, settings }, waitMs);
      const { papers, space } = await withReader({ io, settings }, (reader) => reader.status());
      const tookMs = Math.round(performance.now() - startedMs);
      const report = { papers, embedded: embedded ?? 0, model: space.name, tookMs };
      const text = flags.json ? JSON.stringify(report, null, 2) : render(report);
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

async function rederive({ io, settings }: Scene, waitMs: number): Promise<void> {
  const { rebuildIndex } = await import('../../engine/embedded/rebuild.ts');
  const dir = resolve(settings.index);
  const options = { dir, waitMs, pharos: packageVersion(), givesUpReembedding: true };
  await atWork(io, (work) => rebuildIndex({ ...options, ...work }), { notedIn: dir });
}

function render({
  papers,
  embedded,
  model,
  tookMs,
}: Record<'papers' | 'embedded' | 'tookMs', number> & { model: string }): string {
  const done = `Rebuilt the index of ${countOf(papers, 'paper')} in ${duration(tookMs)}.`;
  return embedded === 0 ? done : `${done}\nEmbedded ${countOf(embedded, 'paper')} with ${model}.`;
}
