/** `pharos export`: the papers of an index as JSON Lines, with their vectors where they are wanted. */
import { Command } from 'commander';
import type { ExportReport } from '../../indexer/export-papers.ts';
import { atWork } from '../at-work.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { withReader } from '../opening.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
What is exported can be added again, and with its vectors nothing is embedded:
  $ pharos export --out papers.jsonl.gz --vectors papers.f16
  $ pharos add papers.jsonl.gz --vectors papers.f16 --index elsewhere

Examples:
  $ pharos export > papers.jsonl
  $ pharos export | jq -r .title`;

interface ExportFlags {
  readonly out?: string;
  readonly vectors?: string;
}

export function exportCommand({ io, finish }: CommandContext): Command {
  const command = new Command('export')
    .description('Prints all papers as JSON Lines, one a line, oldest first.')
    .option('-o, --out <file>', 'write to this file; compressed when it ends in .gz')
    .option(
      '--vectors <file>',
      'write the vectors here, as float16 in the order of the papers, with a .json beside',
    )
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: ExportFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const { exportPapers } = await import('../../indexer/export-papers.ts');
      const report: ExportReport = await withReader({ io, settings }, (engine) =>
        atWork(io, (work) =>
          exportPapers({ engine, write: (text) => writeTo(io.stdout, text), ...flags, ...work }),
        ),
      );
      const places = [flags.out, flags.vectors].filter((place) => place !== undefined);
      if (places.length > 0) {
        io.stderr.write(`Exported ${countOf(report.papers, 'paper')} to ${places.join(' and ')}.\n`);
      }
      return EXIT.FINE;
    }),
  );
}
