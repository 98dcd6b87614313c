/** `pharos config`: every setting with its value and where it came from. */
import { Command } from 'commander';
import type { ResolvedSettings } from '../../config/resolve-settings.ts';
import { SETTING_NAMES, type SettingName, settingNote } from '../../config/setting-notes.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { writeTo } from '../io.ts';
import { paletteFor } from '../palette.ts';
import { addSettingOptions, settingFlags } from '../setting-options.ts';

const EXAMPLES = `
Examples:
  $ pharos config
  $ PHAROS_PORT=8080 pharos config --json`;

export function configCommand({ io, finish }: CommandContext): Command {
  const command = new Command('config')
    .description('Prints every setting with its value and where it came from: flag, environment or default.')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(command, SETTING_NAMES);
  return command.action((flags: { readonly json?: true }) =>
    finish(async () => {
      const { resolveSettings } = await import('../../config/resolve-settings.ts');
      const resolved = resolveSettings({ flags: settingFlags(command), environment: io.environment });
      const { faint } = paletteFor(io.stdout, io.environment);
      await writeTo(io.stdout, flags.json ? asJson(resolved) : asTable(resolved, faint));
      return EXIT.FINE;
    }),
  );
}

function asJson({ settings, sources }: ResolvedSettings): string {
  const entries = SETTING_NAMES.map((name) => [
    name,
    { value: masked(name, settings[name]) ?? null, source: sources[name] },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function asTable({ settings, sources }: ResolvedSettings, faint: (text: string) => string): string {
  const rows = SETTING_NAMES.map(
    (name) => [name, shown(name, masked(name, settings[name])), sourceOf(name, sources[name])] as const,
  );
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  return rows
    .map(
      ([name, value, source]) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${faint(source)}\n`,
    )
    .join('');
}

type SettingValue = string | number | readonly string[] | undefined;

/** Of a secret only that there is one, and of a list of them for whom they are: `s2=***`. */
function masked(name: SettingName, value: SettingValue): SettingValue {
  if (!settingNote(name).isSecret || value === undefined) return value;
  if (typeof value !== 'object') return '***';
  return value.map((entry) => `${entry.slice(0, entry.indexOf('='))}=***`);
}

function shown(name: SettingName, value: SettingValue): string {
  if (value === undefined) return `(${settingNote(name).defaultNote})`;
  if (typeof value === 'object') return value.length === 0 ? '(none)' : value.join(', ');
  return String(value);
}

function sourceOf(name: SettingName, source: ResolvedSettings['sources'][SettingName]): string {
  if (source === 'default') return 'default';
  const { env, flag = env } = settingNote(name);
  return source === 'flag' ? flag : env;
}
