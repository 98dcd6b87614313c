/** `pharos search`: a question in, papers out. */
import type { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import { readQuestion } from '../../search/read-question.ts';
import { MAX_QUERY_LENGTH, type Mode } from '../../search/request.ts';
import { textToEmbed } from '../../search/text-to-embed.ts';
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
import { QuestionCommand, questionOf } from '../question-command.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos search "why does dropout work"
  $ pharos search protein folding --from 2021 --category q-bio --limit 5
  $ pharos search '"attention is all you need"' --mode keyword
  $ pharos search author:"Geoffrey Hinton" year:2006..2012
  $ pharos search 'graph networks title:survey -molecule has:code'
  $ pharos search graph networks -- -molecule
  $ pharos search 1706.03762 --json

A question may hold "a phrase", -word, title:, author:, category:, venue:,
year:, after:, before:, has:, id: and related:. What begins with a hyphen must
be quoted together with the rest, or follow --.`;

export function searchCommand({ io, finish }: CommandContext): Command {
  const command: Command = new QuestionCommand('search')
    .description(
      'Finds papers that answer a question, by words and by meaning. An id or a title finds that paper.',
    )
    .argument('<question...>', 'the question; quotes around it are only needed for what the shell would eat')
    .addHelpText('after', EXAMPLES);
  addNarrowingOptions(command);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS]);
  return command.action((words: string[], flags: NarrowingFlags) =>
    finish(async () => {
      const narrowing = readNarrowing(flags);
      const query = checkedQuestion(questionOf(words));
      const settings = await loadSettings(io, settingFlags(command));
      const toEmbed = needsModel(narrowing) ? textToEmbed(query) : '';
      const answer = await withSearch(
        { io, settings, ...(toEmbed !== '' && { question: toEmbed }) },
        ({ searcher }) => searcher.search({ query, ...narrowing }),
      );
      await printAnswer(io, answer, {
        asJson: flags.json === true,
        narrowing,
        adviceIfEmpty: adviceFor(query, narrowing.mode),
      });
      return EXIT.FINE;
    }),
  );
}

/** Words are matched without the model. */
function needsModel({ mode, passage }: Narrowing): boolean {
  return mode !== 'keyword' || passage === 'semantic';
}

function adviceFor(query: string, mode: Mode): string {
  if (!readQuestion(query).isPlain) return 'Leave out a field, a phrase or an exclusion.';
  return mode === 'keyword'
    ? 'Use other words, or leave out --mode keyword to look for the meaning as well.'
    : 'Use other words; `pharos status` tells whether there are papers at all.';
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
