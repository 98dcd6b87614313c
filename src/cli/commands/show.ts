/** `pharos show`: everything known of a paper. */
import { Command } from 'commander';
import { type PaperWithSources, withSources } from '../../api/paper-sources.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { requirePapers } from '../find-papers.ts';
import type { ListOptions } from '../hit-list.ts';
import { writeTo } from '../io.ts';
import { widthOf } from '../layout.ts';
import { withReader } from '../opening.ts';
import { paletteFor } from '../palette.ts';
import { renderPaper } from '../paper-card.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';
import { renderSources } from '../source-card.ts';

const EXAMPLES = `
Examples:
  $ pharos show 1706.03762
  $ pharos show 1706.03762 --sources
  $ pharos show https://arxiv.org/abs/hep-th/9711200 --json`;

interface ShowFlags {
  readonly json?: true;
  readonly sources?: true;
}

export function showCommand({ io, finish }: CommandContext): Command {
  const command = new Command('show')
    .description('Prints everything known of papers.')
    .argument('<paper...>', 'ids, DOIs or addresses of papers')
    .option('--sources', 'also print which source each field comes from, and since when')
    .option('--json', 'print JSON: an object for one paper, a list for several')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((names: string[], flags: ShowFlags) =>
    finish(async () => {
      const settings = await loadSettings(io, settingFlags(command));
      const papers = await withReader({ io, settings }, async (reader) => {
        const found = await requirePapers(reader, names);
        return Promise.all(found.map((paper) => withSources(reader, paper)));
      });
      const options = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
      const shown = flags.sources ? papers : papers.map(({ paper }) => paper);
      const text = flags.json
        ? JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2)
        : papers.map((each) => renderBoth(each, flags, options)).join('\n\n');
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

function renderBoth(each: PaperWithSources, { sources }: ShowFlags, options: ListOptions): string {
  const card = renderPaper(each.paper, options);
  return sources ? `${card}\n\n${renderSources(each, options)}` : card;
}
