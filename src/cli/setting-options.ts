/** Settings as options of commands: the flag, the words and the default come from the one table in `config`. */
import { type Command, Option } from 'commander';
import { SETTING_NAMES, type SettingName, settingNote } from '../config/setting-notes.ts';
import type { SettingFlags } from './context.ts';

const PLACEHOLDERS: Readonly<Partial<Record<SettingName, string>>> = {
  index: 'dir',
  model: 'model',
  modelsDir: 'dir',
  hub: 'address',
  contact: 'text',
  sourceUrls: 'name=url',
  sourceKeys: 'name=key',
  server: 'address',
  host: 'address',
  allowedHosts: 'host',
  corsOrigins: 'origin',
  trustProxy: 'address',
  publicUrl: 'address',
  smtp: 'address',
  mailFrom: 'address',
  webhookHosts: 'host',
  logLevel: 'level',
  logCallers: 'yes|no',
  rateLimits: 'name=number',
};

const LISTS: ReadonlySet<SettingName> = new Set([
  'allowedHosts',
  'corsOrigins',
  'trustProxy',
  'sourceUrls',
  'sourceKeys',
  'webhookHosts',
  'rateLimits',
]);

/** What a command takes that needs a model: which, where it lies, and where it is fetched from. */
export const MODEL_SETTINGS = ['model', 'modelsDir', 'hub'] as const satisfies readonly SettingName[];

/** Adds the options that set these settings, in the order given. */
export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const option = settingOption(name);
    if (option) command.addOption(option.helpGroup('Settings:'));
  }
  return command;
}

/** The settings the user gave on the command line; undefined where a flag was left out. */
export function settingFlags(command: Command): SettingFlags {
  const given: Record<string, unknown> = command.opts();
  const flags: Partial<Record<SettingName, string>> = {};
  for (const name of SETTING_NAMES) {
    const value = given[settingOption(name)?.attributeName() ?? ''];
    if (typeof value === 'string') flags[name] = value;
  }
  return flags;
}

/** Undefined for a setting that only the environment may hold. */
function settingOption(name: SettingName): Option | undefined {
  const { flag, env, description, defaultNote } = settingNote(name);
  if (flag === undefined) return undefined;
  const option = new Option(
    `${flag} <${PLACEHOLDERS[name] ?? 'number'}>`,
    `${description} (or ${env}; default: ${defaultNote})`,
  );
  // A flag that is a list may be given several times.
  if (LISTS.has(name)) {
    option.argParser((value, earlier?: string) => (earlier === undefined ? value : `${earlier},${value}`));
  }
  return option;
}
