/** `pharos remove`: papers out of the index. */
import { Command } from 'commander';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { findPapers, notFound } from '../find-papers.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { withWriter } from '../opening.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos remove 1706.03762
  $ pharos remove 1706.03762 10.1038/nature14539 --json`;

interface RemoveFlags {
  readonly wait?: true;
  readonly json?: true;
}

export function removeCommand({ io, finish }: CommandContext): Command {
  const command = new Command('remove')
    .description('Takes papers out of the index. Fails when none of them was there.')
    .argument('<paper...>', 'ids, DOIs or addresses of papers')
    .option('--wait', 'wait while another process writes to the index')
    .option('--json', 'print JSON: { removed, notFound }')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((names: string[], flags: RemoveFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const { removed, missing } = await withWriter(
        { io, settings, isPatient: flags.wait === true },
        async (engine, { onProgress }) => {
          const found = await findPapers(engine, names);
          const ids = [...new Set(found.flatMap((paper) => (paper ? [paper.id] : [])))];
          await engine.remove(ids);
          await engine.checkpoint((done, total) => onProgress({ stage: 'checkpoint', done, total }));
          return { removed: ids, missing: names.filter((_, at) => found[at] === undefined) };
        },
      );
      if (flags.json)
        await writeTo(io.stdout, `${JSON.stringify({ removed, notFound: missing }, null, 2)}\n`);
      if (removed.length === 0) throw notFound(missing);
      if (!flags.json) await writeTo(io.stdout, `Removed ${countOf(removed.length, 'paper')}.\n`);
      for (const name of missing) io.stderr.write(`Not in this index: ${name}\n`);
      return EXIT.FINE;
    }),
  );
}
