/** `pharos trending`: what is read now. */
import { Command, Option } from 'commander';
import { DEFAULT_LISTED, MAX_LISTED } from '../../discover/request.ts';
import { WINDOWS, type Window } from '../../discover/trending.ts';
import type { FilterWords } from '../../engine/filter-words.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addFilterOptions, date, readFilter, wholeNumber } from '../narrowing-options.ts';
import { withReader } from '../opening.ts';
import { printPaperList } from '../paper-list-output.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos trending
  $ pharos trending --window month --category cs --limit 20`;

interface TrendingFlags extends FilterWords {
  readonly window: Window;
  readonly limit: number;
  readonly json?: true;
}

export function trendingCommand({ io, finish }: CommandContext): Command {
  const command = new Command('trending')
    .description(
      'Lists the papers of the last day, week or month by upvotes and comments against age; where none are known, ' +
        'by how many others are on the same subject now. It says which.',
    )
    .addOption(new Option('--window <time>', 'how far back').choices(WINDOWS).default('week'))
    .option('-n, --limit <number>', `papers, at most ${MAX_LISTED}`, wholeNumber(MAX_LISTED), DEFAULT_LISTED);
  addFilterOptions(command)
    .option('--to <date>', 'published then or earlier', date)
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((flags: TrendingFlags) =>
    finish(async () => {
      const { window, limit, json } = flags;
      const filter = readFilter(flags);
      const settings = await loadSettings(io, settingFlags(command));
      const { Lists } = await import('../../discover/lists.ts');
      const list = await withReader({ io, settings }, (reader) =>
        new Lists({ engine: reader }).trending({ window, filter, limit }),
      );
      await printPaperList(io, list, json === true);
      return EXIT.FINE;
    }),
  );
}
