/** `pharos daily`: the papers of a day, a week or a month. */
import { Command, Option } from 'commander';
import { DAILY_ORDERS, type DailyOrder } from '../../discover/daily.ts';
import { DEFAULT_LISTED, MAX_LISTED } from '../../discover/request.ts';
import type { FilterWords } from '../../engine/filter-words.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { addFilterOptions, date, readFilter, wholeNumber } from '../narrowing-options.ts';
import { withReader } from '../opening.ts';
import { printPaperList } from '../paper-list-output.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos daily
  $ pharos daily 2026-11-20 --category cs.CL
  $ pharos daily 2026-W47 --limit 20
  $ pharos daily --calendar --from 2026-11`;

interface DailyFlags extends FilterWords {
  readonly limit: number;
  readonly order: DailyOrder;
  readonly calendar?: true;
  readonly json?: true;
}

export function dailyCommand({ io, finish }: CommandContext): Command {
  const command = new Command('daily')
    .description(
      'Lists the papers of a day, a week or a month: the most upvoted first where votes are known, else the newest.',
    )
    .argument('[date]', '2026-11-20, 2026-W47, 2026-11 or 2026; the newest day that has papers, unless given')
    .option('-n, --limit <number>', `papers, at most ${MAX_LISTED}`, wholeNumber(MAX_LISTED), DEFAULT_LISTED)
    .addOption(
      new Option('--order <name>', 'by upvotes and comments, most discussed first, or newest first')
        .choices(DAILY_ORDERS)
        .default('votes'),
    )
    .option('--calendar', 'print the days that have papers, and how many, instead');
  addFilterOptions(command)
    .option('--to <date>', 'published then or earlier', date)
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((date: string | undefined, flags: DailyFlags) =>
    finish(async () => {
      const { limit, order, calendar, json } = flags;
      const filter = readFilter(flags);
      const settings = await loadSettings(io, settingFlags(command));
      const { Lists } = await import('../../discover/lists.ts');
      await withReader({ io, settings }, async (reader) => {
        const lists = new Lists({ engine: reader });
        if (!calendar) {
          const list = await lists.daily({ ...(date !== undefined && { date }), filter, limit, order });
          return printPaperList(io, list, json === true);
        }
        const days = await lists.calendar({ filter });
        const lines = days.map(({ day, count }) => `${day}  ${countOf(count, 'paper')}\n`);
        await writeTo(io.stdout, json ? `${JSON.stringify(days, null, 2)}\n` : lines.join(''));
      });
      return EXIT.FINE;
    }),
  );
}
