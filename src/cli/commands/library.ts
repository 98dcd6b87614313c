/** `pharos library`: the papers, tags, notes and searches that a reader keeps, on the machine of the index. */
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { loadSettings, type SettingFlags } from '../context.ts';
import { libraryAddCommand } from '../library-add.ts';
import type { LibraryContext } from '../library-context.ts';
import { libraryExportCommand, libraryImportCommand } from '../library-exchange.ts';
import { libraryRemoveCommand, listLibrary } from '../library-list.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos library add 1706.03762 --tag thesis --note "Section 3.2"
  $ pharos library add 1706.03762 --read
  $ pharos library
  $ pharos library export > library.json
  $ pharos library import library.json
  $ pharos library remove 1706.03762`;

export function libraryCommand({ io, finish }: CommandContext): Command {
  const command = new Command('library')
    .description('Keeps papers to read, with tags and notes. Without more it lists them.')
    .option('--of <key>', 'the library of the key of that id, instead of your own')
    .option('--json', 'print JSON, as the API gives it')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  const context: LibraryContext = {
    io,
    finish,
    // Options that the outer command has too end up there, wherever they stand.
    scene: async (own) => {
      const flags = { ...settingFlags(command), ...settingFlags(own) } as SettingFlags;
      return { io, settings: await loadSettings(io, flags) };
    },
    flags: (own) => own.optsWithGlobals(),
  };
  command.addCommand(
    new Command('list')
      .description('Lists what is kept.')
      .action((_, own: Command) => finish(() => listLibrary(own, context))),
  );
  for (const create of [
    libraryAddCommand,
    libraryRemoveCommand,
    libraryExportCommand,
    libraryImportCommand,
  ]) {
    command.addCommand(create(context));
  }
  return command.action((_, own: Command) => finish(() => listLibrary(own, context)));
}
