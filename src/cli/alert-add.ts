/** `pharos alert add`: a question to keep. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_LIMIT, DEFAULT_MIN_SIMILARITY, MAX_BACKFILL } from '../alerts/alert.ts';
import type { FilterWords } from '../engine/filter-words.ts';
import { MAX_LIMIT, type Mode } from '../search/request.ts';
import type { AlertContext } from './alert-context.ts';
import { printAlert } from './alert-output.ts';
import { DELIVERY_SETTINGS, requireDeliverable, withAlerts } from './alert-scene.ts';
import { EXIT } from './exit-codes.ts';
import { addFilterOptions, collect, modeOption, readFilter, wholeNumber } from './narrowing-options.ts';
import { withReader } from './opening.ts';
import { QuestionCommand, questionOf } from './question-command.ts';
import { addSettingOptions } from './setting-options.ts';

interface AddFlags extends Omit<FilterWords, 'to'> {
  readonly mode: Mode;
  readonly trending?: true;
  readonly to?: readonly string[];
  readonly name?: string;
  readonly every: string;
  readonly minSimilarity: number;
  readonly limit: number;
  readonly backfill: number;
}

const EXAMPLES = `
Examples:
  $ pharos alert add "graph neural networks" --to file:news.jsonl
  $ pharos alert add "protein folding" --every week --to mail:me@example.org
  $ pharos alert add 'title:survey language models' --every "0 7 * * 1-5" \\
      --to webhook:https://example.org/hook --backfill 10
  $ pharos alert add --trending --category cs --to mail:me@example.org`;

export function alertAddCommand(context: AlertContext): Command {
  const command: Command = new QuestionCommand('add')
    .description(
      'Keeps a question. What is in the index by now is not announced, unless --backfill asks for it.',
    )
    .argument('[question...]', 'the question, in the query language')
    .option('--trending', 'follow what is read now instead of a question')
    .option('--to <target>', 'mail:ADDRESS, webhook:URL or file:PATH (repeatable)', collect)
    .option('--every <time>', 'hour, day, week or five fields of cron', 'day')
    .option('--name <name>', 'name of the alert; otherwise it is made of the question')
    .option('--min-similarity <number>', 'how near a paper must be', cosine, DEFAULT_MIN_SIMILARITY)
    .option('--limit <number>', 'papers in one message', wholeNumber(MAX_LIMIT), DEFAULT_LIMIT)
    .option('--backfill <number>', 'announce so many older papers first', wholeNumber(MAX_BACKFILL), 0)
    .addOption(modeOption())
    .addHelpText('after', EXAMPLES);
  addFilterOptions(command);
  addSettingOptions(command, DELIVERY_SETTINGS);
  return command.action((words: string[], flags: AddFlags) =>
    context.finish(async () => {
      const { to = [], trending, name, mode, every, minSimilarity, limit, backfill, ...filter } = flags;
      const scene = await context.scene(command);
      const targets = to.map(withAbsolutePath);
      await requireDeliverable(targets, scene.settings);
      const request = {
        ...{
          question: questionOf(words),
          ...(trending && { list: 'trending' as const }),
          filter: readFilter(filter),
          targets,
        },
        ...{ mode, every, minSimilarity, limit, backfill },
        ...(name !== undefined && { id: name }),
      };
      const alert = await withAlerts(scene, (book) =>
        withReader(scene, (reader) => book.add(request, { reader, nowMs: Date.now() })),
      );
      await printAlert(context.io, alert, { asJson: context.asJson(command) });
      return EXIT.FINE;
    }),
  );
}

/** A path means the same wherever the alert is run. */
function withAbsolutePath(target: string): string {
  return target.startsWith('file:') ? `file:${resolve(target.slice('file:'.length))}` : target;
}

function cosine(text: string): number {
  const value = /^-?\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= -1 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from -1 to 1.');
}
