/** `pharos restore`: an index from a backup. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { restoreBackup } from '../../backup/restore-backup.ts';
import { countStoredPapers } from '../backup-parts.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos restore /backups/papers.tar.gz --index /data/papers
  $ pharos rebuild --index /data/papers`;

export function restoreCommand({ io, finish }: CommandContext): Command {
  const command = new Command('restore')
    .description('Makes an index of what `pharos backup` wrote, in a folder that is empty or not there yet.')
    .argument('<file>', 'a backup')
    .option('--json', 'print JSON: { index, papers, created, pharos }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((file: string, flags: { readonly json?: true }) =>
    finish(async () => {
      const dir = resolve((await loadSettings(io, settingFlags(command))).index);
      const signal = io.interruptible();
      const seal = await restoreBackup({ file, dir, countPapers: countStoredPapers, signal });
      const { papers, created, pharos } = seal;
      const text = flags.json
        ? JSON.stringify({ index: dir, papers, created, pharos }, null, 2)
        : `${dir}: ${countOf(papers, 'paper')}, as of ${created}.`;
      await writeTo(io.stdout, `${text}\n`);
      if (!flags.json) {
        io.stderr.write('What makes a start and large searches quick is made by `pharos rebuild`.\n');
      }
      return EXIT.FINE;
    }),
  );
}
