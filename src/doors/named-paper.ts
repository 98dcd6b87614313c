/** The one paper that an address or a list of a caller names. */
import type { EngineReader } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import { findNamed } from '../search/find-named.ts';

/** By its id, an id with prefix or version, its DOI or the address of its page; undefined where there is none. */
export async function namedPaper(
  engine: Pick<EngineReader, 'lookup' | 'papers'>,
  name: string,
): Promise<Paper | undefined> {
  const { papers } = await findNamed(engine, [name]);
  return papers[0];
}
