/** What a command is given, and how it ends: a thrown error, or an exit code for bad news that is no error. */
import type { SettingName } from '../config/setting-notes.ts';
import type { Settings } from '../config/settings.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

export interface CommandContext {
  readonly io: Io;
  /** Runs the body of a command and keeps the exit code it resolves to. */
  readonly finish: (body: () => Promise<ExitCode>) => Promise<void>;
}

/** Flags as commander gives them, under the names of `setting-options.ts`. */
export type SettingFlags = Readonly<Partial<Record<SettingName, string>>>;

/** Loads zod, so only when a command runs and not for its help. SETTINGS_INVALID. */
export async function loadSettings(io: Io, flags: SettingFlags): Promise<Settings> {
  const { resolveSettings } = await import('../config/resolve-settings.ts');
  return resolveSettings({ flags, environment: io.environment }).settings;
}
