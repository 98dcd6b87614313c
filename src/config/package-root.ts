/**
 * Where this package lies, whether it runs from `src` or from `dist`: the bundled model and the sample are
 * beside them. Not the folder the user stands in.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file that comes with Pharos. */
export function packagePath(...parts: readonly string[]): string {
  // src/config/ and dist/config/ are equally deep.
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', ...parts);
}
