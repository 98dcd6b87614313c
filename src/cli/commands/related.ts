/** `pharos related`: papers or a pasted text in, the work around them out. */
import { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import { MAX_TEXT_LENGTH } from '../../search/request.ts';
import { printAnswer } from '../answer-output.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { requirePapers } from '../find-papers.ts';
import type { InputStream, Io } from '../io.ts';
import { addNarrowingOptions, collect, type NarrowingFlags, readNarrowing } from '../narrowing-options.ts';
import { withSearch } from '../opening.ts';
import { addSettingOptions, MODEL_SETTINGS, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos related 1706.03762
  $ pharos related https://arxiv.org/abs/1512.03385 --from 2020
  $ pharos related 1706.03762 10.1038/nature14539
  $ pharos related 1706.03762 --not 1810.04805
  $ pbpaste | pharos related -`;

interface RelatedFlags extends NarrowingFlags {
  readonly not?: readonly string[];
}

export function relatedCommand({ io, finish }: CommandContext): Command {
  const command = new Command('related')
    .description(
      'Finds the work around papers, or around a text such as an abstract. The papers named are left out.',
    )
    .argument('<paper...>', 'ids, DOIs or addresses of papers; - reads a text from standard input')
    .option('--not <paper>', 'away from this paper (repeatable)', collect)
    .addHelpText('after', EXAMPLES);
  addNarrowingOptions(command);
  addSettingOptions(command, ['index', ...MODEL_SETTINGS]);
  return command.action((names: string[], flags: RelatedFlags) =>
    finish(async () => {
      const narrowing = readNarrowing(flags);
      const settings = await loadSettings(io, settingFlags(command));
      const positiveTexts = names.includes('-') ? [await pastedText(io)] : [];
      const answer = await withSearch({ io, settings }, async ({ reader, searcher }) => {
        const positive = await requirePapers(
          reader,
          names.filter((name) => name !== '-'),
        );
        const negative = await requirePapers(reader, flags.not ?? []);
        return searcher.related({
          positive: positive.map(({ id }) => id),
          negative: negative.map(({ id }) => id),
          positiveTexts,
          ...narrowing,
        });
      });
      await printAnswer(io, answer, {
        asJson: flags.json === true,
        narrowing,
        adviceIfEmpty: 'There may be no other papers; `pharos status` tells how many there are.',
      });
      return EXIT.FINE;
    }),
  );
}

async function pastedText({ stdin, stderr }: Io): Promise<string> {
  if (stdin.isTTY) stderr.write('Paste the text, then press Ctrl-D.\n');
  const text = (await readAll(stdin, MAX_TEXT_LENGTH)).trim();
  if (text === '') throw new AppError('QUERY_EMPTY', { message: 'The text on standard input is empty' });
  return text;
}

/** The whole stream as UTF-8; INPUT_INVALID as soon as it is longer than `most` UTF-16 units. */
async function readAll(stream: InputStream, most: number): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  for await (const piece of stream) {
    text += piece;
    if (text.length > most) {
      const message = `the text on standard input is longer than ${most} characters`;
      throw new AppError('INPUT_INVALID', { message, remedy: 'Give less of it; an abstract is enough.' });
    }
  }
  return text;
}
