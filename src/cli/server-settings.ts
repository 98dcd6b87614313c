/** From the settings to what a server listens as, and whom it lets in. */
import type { KeyStore } from '../access/key-store.ts';
import { readRateLimits } from '../api/rate-limit.ts';
import { isLoopbackHost, type ServerSettings } from '../api/start-server.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';

export interface Entry {
  readonly keys: KeyStore;
  /** `--public` was given. */
  readonly isPublic: boolean;
}

/** SETTINGS_INVALID for a server that others reach and nobody could use. */
export async function serverSettings(settings: Settings, { keys, isPublic }: Entry): Promise<ServerSettings> {
  const { host, rateLimits } = settings;
  if (!isPublic && !isLoopbackHost(host) && (await keys.list()).length === 0) {
    throw new AppError('SETTINGS_INVALID', {
      message: `Whoever reaches ${host} would need a key, and this index has none`,
      remedy: 'Make one with `pharos keys create --name NAME`, or let everybody read with --public.',
    });
  }
  return {
    ...settings,
    isPublic,
    rateLimits: rateLimits && readRateLimits(rateLimits),
    allowedHosts: withPublicHost(settings),
  };
}

/** Links in mails lead to the public address, so requests that come under its name are meant. */
function withPublicHost({ publicUrl, allowedHosts }: Settings): readonly string[] {
  return publicUrl === undefined ? allowedHosts : [...allowedHosts, new URL(publicUrl).hostname];
}
