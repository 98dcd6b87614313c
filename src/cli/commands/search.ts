/** `pharos search`: a question in, papers out. */
import { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import { parseIdentifier } from '../../paper/identifier.ts';
import { MAX_QUERY_LENGTH } from '../../search/request.ts';
import { printAnswer } from '../answer-output.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import {
  addNarrowingOptions,
  type Narrowing,
  type NarrowingFlags,
  readNarrowing,
} from '../narrowing-options.ts';
import { withSearch } from '../opening.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos search "why does dropout work"
  $ pharos search protein folding --from 2021 --category q-bio --limit 5
  $ pharos search '"attention is all you need"' --mode keyword
  $ pharos search 1706.03762 --json`;

export function searchCommand({ io, finish }: CommandContext): Command {
  const command = new Command('search')
    .description(
      'Finds papers that answer a question, by words and by meaning. An id or a title finds that paper.',
    )
    .argument('<question...>', 'the question; quotes around it are only needed for what the shell would eat')
    .addHelpText('after', EXAMPLES);
  addNarrowingOptions(command);
  addSettingOptions(command, ['index', 'model']);
  return command.action((words: string[], flags: NarrowingFlags) =>
    finish(async () => {
      const narrowing = readNarrowing(flags);
      const query = checkedQuestion(words.join(' '));
      const settings = await loadSettings(io, settingFlags(command));
      const answer = await withSearch(
        { io, settings, ...(needsModel(query, narrowing) && { question: query }) },
        ({ searcher }) => searcher.search({ query, ...narrowing }),
      );
      await printAnswer(io, answer, {
        asJson: flags.json === true,
        narrowing,
        adviceIfEmpty:
          narrowing.mode === 'keyword'
            ? 'Use other words, or leave out --mode keyword to look for the meaning as well.'
            : 'Use other words; `pharos status` tells whether there are papers at all.',
      });
      return EXIT.FINE;
    }),
  );
}

/** A paper that is named is looked up, and words are matched, without the model. */
function needsModel(query: string, { mode, passage }: Narrowing): boolean {
  return (mode !== 'keyword' || passage === 'semantic') && parseIdentifier(query) === undefined;
}

function checkedQuestion(question: string): string {
  if (question.trim() === '') throw new AppError('QUERY_EMPTY');
  if (question.length > MAX_QUERY_LENGTH) {
    const message = `the question has ${question.length} characters; at most ${MAX_QUERY_LENGTH} are read`;
    const remedy = 'Give a long text to `pharos related -` on standard input.';
    throw new AppError('INPUT_INVALID', { message, remedy });
  }
  return question;
}
