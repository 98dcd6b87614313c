/** `pharos suggest`: completes titles, authors and categories. */
import { Command } from 'commander';
import { AppError } from '../../fault/app-error.ts';
import { MAX_SUGGESTIONS, type Suggestion, suggest } from '../../search/suggest.ts';
import { type CommandContext, loadSettings } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf, widthOf } from '../layout.ts';
import { wholeNumber } from '../narrowing-options.ts';
import { withReader } from '../opening.ts';
import { type Palette, paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos suggest attention is
  $ pharos suggest vasw --limit 3
  $ pharos suggest cs. --json`;

interface SuggestFlags {
  readonly limit: number;
  readonly json?: true;
}

export function suggestCommand({ io, finish }: CommandContext): Command {
  const command = new Command('suggest')
    .description('Completes what is typed to titles, authors and categories that the index holds.')
    .argument('<text...>', 'the beginning of a title, a name or a category')
    .option(
      '-n, --limit <number>',
      `suggestions, at most ${MAX_SUGGESTIONS}`,
      wholeNumber(MAX_SUGGESTIONS),
      MAX_SUGGESTIONS,
    )
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  return command.action((words: string[], { limit, json }: SuggestFlags) =>
    finish(async () => {
      const text = words.join(' ');
      if (text.trim() === '') throw new AppError('QUERY_EMPTY');
      const settings = await loadSettings(io, settingFlags(command));
      const answer = await withReader({ io, settings }, (reader) => suggest(reader, text, { limit }));
      const palette = paletteFor(io.stdout, io.environment);
      const lines = answer.suggestions.map((suggestion) => lineOf(suggestion, palette, widthOf(io.stdout)));
      await writeTo(io.stdout, json ? `${JSON.stringify(answer, null, 2)}\n` : lines.join(''));
      if (lines.length === 0) io.stderr.write('Nothing begins like that.\n');
      return EXIT.FINE;
    }),
  );
}

/** `author    Ashish Vaswani · 3 papers`, cut to the width of a terminal. */
function lineOf(suggestion: Suggestion, { faint }: Palette, width: number): string {
  const { kind, text } = suggestion;
  const note = suggestion.kind === 'title' ? suggestion.id : countOf(suggestion.papers, 'paper');
  const room = width - kind.padEnd(10).length - note.length - 3;
  const shown = text.length > room ? `${[...text].slice(0, Math.max(1, room - 1)).join('')}…` : text;
  return `${faint(kind.padEnd(10))}${shown} ${faint(`· ${note}`)}\n`;
}
