/** `pharos profile`: libraries under names. */
import { Command } from 'commander';
import type { Profile } from '../../discover/profile-store.ts';
import { AppError } from '../../fault/app-error.ts';
import { type CommandContext, loadSettings, type SettingFlags } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { countOf } from '../layout.ts';
import { type LibraryFlags, readLibraryPapers } from '../library-files.ts';
import { withReader } from '../opening.ts';
import { openProfiles } from '../profiles.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';
import { addLibraryOptions } from './recommend.ts';

const EXAMPLES = `
Examples:
  $ pharos profile save thesis --like my-library.bib --negative 1409.0575
  $ pharos recommend --profile thesis --since 7d
  $ pharos profile list
  $ pharos profile remove thesis`;

interface JsonFlag {
  readonly json?: true;
}

/** What a command of `profile` is made with. */
interface Scene extends CommandContext {
  /** Options that the outer command has too end up there, wherever they stand. */
  readonly outer: () => SettingFlags;
}

export function profileCommand(context: CommandContext): Command {
  const command = new Command('profile')
    .description('Keeps libraries under names, beside the index, for `recommend --profile`.')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, ['index']);
  const scene = { ...context, outer: () => settingFlags(command) };
  for (const create of [saveCommand, listCommand, showCommand, removeCommand])
    command.addCommand(create(scene));
  return command;
}

function saveCommand({ io, finish, outer }: Scene): Command {
  const command = new Command('save')
    .description('Saves a library, in place of the one of that name.')
    .argument('<name>', 'lower-case letters, digits, dots, hyphens and underscores');
  addLibraryOptions(command).option('--json', 'print JSON: { name, saved, papers, negatives }');
  addSettingOptions(command, ['index']);
  return command.action((name: string, flags: LibraryFlags & JsonFlag) =>
    finish(async () => {
      const settings = await loadSettings(io, { ...outer(), ...settingFlags(command) });
      const library = await withReader({ io, settings }, (reader) =>
        readLibraryPapers({ io, reader }, flags),
      );
      if (library.papers.length === 0) {
        throw new AppError('INPUT_INVALID', {
          message: 'A profile needs papers to be near to',
          remedy: 'Give --like FILE or --positive PAPER.',
        });
      }
      const profile = { name, saved: new Date().toISOString().slice(0, 10), ...library };
      await openProfiles(settings).save(profile);
      const text = flags.json ? JSON.stringify(counted(profile), null, 2) : `Saved ${lineOf(profile)}.`;
      await writeTo(io.stdout, `${text}\n`);
      return EXIT.FINE;
    }),
  );
}

function listCommand(context: Scene): Command {
  const command = new Command('list').description('Lists the libraries that are saved.');
  return withProfiles(command, context, async (store, _names, json) => {
    const profiles: Profile[] = [];
    for (const name of await store.names()) profiles.push(await store.read(name));
    if (json) return `${JSON.stringify(profiles.map(counted), null, 2)}\n`;
    if (profiles.length === 0) context.io.stderr.write('No library is saved.\n');
    return profiles.map((profile) => `${lineOf(profile)}\n`).join('');
  });
}

function showCommand(context: Scene): Command {
  const command = new Command('show').description('Prints the papers of a saved library.').argument('<name>');
  return withProfiles(command, context, async (store, [name = ''], json) => {
    const profile = await store.read(name);
    if (json) return `${JSON.stringify(profile, null, 2)}\n`;
    const lines = [
      lineOf(profile),
      ...profile.papers.map(({ id, title }) => `  ${title} · ${id}`),
      ...profile.negatives.map(({ id, title }) => `  not ${title} · ${id}`),
    ];
    return `${lines.join('\n')}\n`;
  });
}

function removeCommand(context: Scene): Command {
  const command = new Command('remove').description('Forgets a saved library.').argument('<name>');
  return withProfiles(command, context, async (store, [name = ''], json) => {
    await store.remove(name);
    return json ? `${JSON.stringify({ removed: name })}\n` : `Removed ${name}.\n`;
  });
}

/** What the function resolves to is printed. */
function withProfiles(
  command: Command,
  { io, finish, outer }: Scene,
  answer: (
    store: ReturnType<typeof openProfiles>,
    names: readonly string[],
    asJson: boolean,
  ) => Promise<string>,
): Command {
  command.option('--json', 'print JSON');
  addSettingOptions(command, ['index']);
  return command.action(() =>
    finish(async (): Promise<ExitCode> => {
      const settings = await loadSettings(io, { ...outer(), ...settingFlags(command) });
      const { json } = command.opts<JsonFlag>();
      await writeTo(io.stdout, await answer(openProfiles(settings), command.args, json === true));
      return EXIT.FINE;
    }),
  );
}

function counted({ name, saved, papers, negatives }: Profile) {
  return { name, saved, papers: papers.length, negatives: negatives.length };
}

/** `thesis · 112 papers · 1 paper to keep away from · 2026-11-25`. */
function lineOf({ name, saved, papers, negatives }: Profile): string {
  const away = negatives.length > 0 ? [`${countOf(negatives.length, 'paper')} to keep away from`] : [];
  return [name, countOf(papers.length, 'paper'), ...away, saved].join(' · ');
}
