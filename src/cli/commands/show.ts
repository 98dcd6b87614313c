/** `pharos show`: everything known of a paper. */
import { Command } from 'commander';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { requirePapers } from '../find-papers.ts';
import { writeTo } from '../io.ts';
import { widthOf } from '../layout.ts';
import { withReader } from '../opening.ts';
import { paletteFor } from '../palette.ts';
import { renderPaper } from '../paper-card.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos show 1706.03762
  $ pharos show https://arxiv.org/abs/hep-th/9711200 --json`;

export function showCommand({ io, finish }: CommandContext): Command {
  const command = new Command('show')
    .description('Prints everything known of papers.')
    .argument('<paper...>', 'ids, DOIs or addresses of papers')
    .option('--json', 'print JSON: an object for one paper, a list for several')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((names: string[], flags: { readonly json?: true }) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const papers = await withReader({ io, settings }, (reader) => requirePapers(reader, names));
      const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
      const text = flags.json
        ? JSON.stringify(papers.length === 1 ? papers[0] : papers, null, 2)
        : papers.map((paper) => renderPaper(paper, options)).join('\n\n');
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}
