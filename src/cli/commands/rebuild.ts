/** `pharos rebuild`: everything that derives from the stored papers, anew. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf, duration } from '../layout.ts';
import { atWork, withReader } from '../opening.ts';
import { packageVersion } from '../package-version.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos rebuild
  $ pharos rebuild --index /data/papers`;

export function rebuildCommand({ io, finish }: CommandContext): Command {
  const command = new Command('rebuild')
    .description(
      'Makes word lists, graph and columns anew from the papers and vectors that are stored. Nothing is embedded ' +
        'again, and the old structures serve until the new ones are complete.',
    )
    .option('--json', 'print JSON: { papers, tookMs }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: { readonly json?: true }) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const startedMs = performance.now();
      await atWork(io, async (work) => {
        const { rebuildIndex } = await import('../../engine/embedded/rebuild.ts');
        await rebuildIndex({ dir: resolve(settings.index), pharos: packageVersion(), ...work });
      });
      const { papers } = await withReader({ io, settings }, (reader) => reader.status());
      const tookMs = Math.round(performance.now() - startedMs);
      const text = flags.json
        ? JSON.stringify({ papers, tookMs }, null, 2)
        : `Rebuilt the index of ${countOf(papers, 'paper')} in ${duration(tookMs)}.`;
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}
