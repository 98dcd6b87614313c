/** Where saved libraries lie: with the index, so that they move with it. */
import { join, resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { ProfileStore } from '../discover/profile-store.ts';

export function openProfiles({ index }: Pick<Settings, 'index'>): ProfileStore {
  return new ProfileStore(join(resolve(index), 'profiles'));
}
