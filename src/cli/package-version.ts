/** The version of this Pharos, as its package says. */
import { readFileSync } from 'node:fs';
import { packagePath } from '../config/package-root.ts';

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };
  return version;
}
