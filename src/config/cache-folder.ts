/** Where programs keep what they can fetch again, as the operating systems want it. */
import { homedir, platform } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from './environment.ts';

/** Absolute. XDG_CACHE_HOME goes before the custom of the system; a relative one is to be ignored, says its standard. */
export function cacheFolder(environment: Environment, system: string = platform()): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (system === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (system === 'win32' && local !== undefined && local !== '') return local;
  return join(homedir(), '.cache');
}
