/** `pharos recommend`: somebody's library in, new papers for it out. */
import { Command } from 'commander';
import { DEFAULT_LISTED, MAX_LISTED } from '../../discover/request.ts';
import type { FilterWords } from '../../engine/filter-words.ts';
import { AppError } from '../../fault/app-error.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type LibraryFlags, readLibraryPapers } from '../library-files.ts';
import { addFilterOptions, collect, date, readFilter, wholeNumber } from '../narrowing-options.ts';
import { withSearch } from '../opening.ts';
import { printRecommendations } from '../recommendation-output.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos recommend --like my-library.bib --since 7d
  $ pharos recommend --positive 1706.03762 --negative 1409.0575
  $ pharos recommend --profile thesis --since 2026-11 --category cs
  $ pharos export | pharos recommend --like - --json`;

interface RecommendFlags extends FilterWords, LibraryFlags {
  readonly profile?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: true;
}

export function recommendCommand({ io, finish }: CommandContext): Command {
  const command = new Command('recommend').description(
    'Recommends new papers for a library: those nearest to its themes, each with the papers that speak for it. ' +
      'Papers of the library are left out.',
  );
  addLibraryOptions(command)
    .option('--profile <name>', 'a library saved with `pharos profile save`')
    .option('--since <time>', 'published, or added to the index, since: 7d, 2w, 3m, 1y or a date')
    .option('-n, --limit <number>', `papers, at most ${MAX_LISTED}`, wholeNumber(MAX_LISTED), DEFAULT_LISTED);
  addFilterOptions(command)
    .option('--to <date>', 'published then or earlier', date)
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS]);
  return command.action((flags: RecommendFlags) =>
    finish(async () => {
      const { profile, since, limit, json } = flags;
      requireLibrary(flags);
      const filter = readFilter(flags);
      const settings = await loadSettings(io, settingFlags(command));
      const signal = io.interruptible();
      const answer = await withSearch({ io, settings }, async ({ reader, recommender }) => {
        const { papers, negatives } = await readLibraryPapers({ io, reader, signal }, flags);
        return recommender.recommend(
          {
            papers,
            negativePapers: negatives,
            ...(profile !== undefined && { profile }),
            ...(since !== undefined && { since }),
            filter,
            limit,
          },
          { signal },
        );
      });
      await printRecommendations(io, answer, { asJson: json === true });
      return EXIT.FINE;
    }),
  );
}

/** The options that say what a library holds; `profile save` takes them too. */
export function addLibraryOptions(command: Command): Command {
  return command
    .option(
      '--like <file>',
      'papers of this file, in any format that `add` reads; - for standard input (repeatable)',
      collect,
    )
    .option('--positive <paper>', 'near to this paper of the index (repeatable)', collect)
    .option('--negative <paper>', 'away from this paper of the index (repeatable)', collect);
}

function requireLibrary({ like, positive, profile }: RecommendFlags): void {
  if (like || positive || profile !== undefined) return;
  throw new AppError('INPUT_INVALID', {
    message: 'Nothing says what to be near to',
    remedy: 'Give --like FILE, --positive PAPER or --profile NAME.',
  });
}
