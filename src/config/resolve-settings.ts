/**
 * Finds the value of every setting: flag, then environment, then default. Everything that is wrong is told at
 * once, and a name nobody knows is wrong, because a misspelt setting that is silently ignored costs an hour.
 */
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import { nearestName } from '../text/nearest.ts';
import type { Environment } from './environment.ts';
import { SETTING_NAMES, type SettingName, settingNote } from './setting-notes.ts';
import { type Settings, settingsSchema } from './settings.ts';

export type SettingSource = 'flag' | 'environment' | 'default';

export interface ResolvedSettings {
  readonly settings: Settings;
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
}

export interface SettingLayers {
  /** By setting name, as typed; undefined where the flag was not given. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  /** The whole environment; only names that begin with PHAROS_ are looked at, and empty ones count as unset. */
  readonly environment?: Environment;
}

interface Found {
  readonly source: SettingSource;
  /** The name the user would recognise: `--port` or `PHAROS_PORT`. */
  readonly label: string;
  readonly text: string | undefined;
  readonly isSecret: boolean;
}

const ENVIRONMENT_PREFIX = 'PHAROS_';
/** `user:password@` of an address. */
const PASSWORD = /(:\/\/[^\s/:@]*):[^\s/@]*@/;

/** Throws SETTINGS_INVALID with one issue for each problem. */
export function resolveSettings({ flags = {}, environment = {} }: SettingLayers): ResolvedSettings {
  const found = new Map(SETTING_NAMES.map((name) => [name, find(name, flags, environment)]));
  const texts = Object.fromEntries([...found].map(([name, { text }]) => [name, text]));
  const parsed = settingsSchema.safeParse(texts);
  const issues = [
    ...unknownNames(Object.keys(flags), SETTING_NAMES, (name) => `${name} is not a setting`),
    ...unknownNames(
      Object.keys(environment).filter((name) => name.startsWith(ENVIRONMENT_PREFIX)),
      SETTING_NAMES.map((name) => settingNote(name).env),
      (name) => `the environment variable ${name} is not a setting`,
    ),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, found))),
  ];
  if (!parsed.success || issues.length > 0) throw invalid(issues);
  const sources = Object.fromEntries([...found].map(([name, { source }]) => [name, source]));
  return { settings: parsed.data, sources: sources as Record<SettingName, SettingSource> };
}

function find(
  name: SettingName,
  flags: Readonly<Record<string, string | undefined>>,
  environment: Environment,
): Found {
  const { env, flag = env, isSecret = false } = settingNote(name);
  const given = flags[name];
  if (given !== undefined) return { source: 'flag', label: flag, text: given, isSecret };
  const inherited = environment[env];
  if (inherited !== undefined && inherited !== '') {
    return { source: 'environment', label: env, text: inherited, isSecret };
  }
  return { source: 'default', label: name, text: undefined, isSecret };
}

function unknownNames(
  given: readonly string[],
  known: readonly string[],
  complain: (name: string) => string,
): FaultIssue[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return { pointer: name, message: complain(name) + (nearest ? `; did you mean ${nearest}?` : '') };
    });
}

function describe(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
  found: ReadonlyMap<SettingName, Found>,
): FaultIssue {
  const { label, text, isSecret } = found.get(issue.path[0] as SettingName) ?? {
    label: String(issue.path[0]),
    text: '',
    isSecret: false,
  };
  const shown = isSecret ? 'what it holds' : `"${text?.replace(PASSWORD, '$1:***@')}"`;
  return { pointer: label, message: `${label}: ${shown} ${issue.message}` };
}

function invalid(issues: readonly FaultIssue[]): AppError {
  const [first] = issues;
  const message = issues.length === 1 && first ? first.message : `${issues.length} settings are not valid`;
  return new AppError('SETTINGS_INVALID', { message, issues });
}
