/** Papers by the names people have for them inside a question: an id as stored, an identifier, a DOI, an address. */
import type { EngineReader } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import { exactHits } from './exact-hits.ts';
import { parseQuery } from './parse-query.ts';

export interface NamedPapers {
  /** Each once. */
  readonly papers: readonly Paper[];
  /** The names that are not in the index. */
  readonly missing: readonly string[];
}

export async function findNamed(
  engine: Pick<EngineReader, 'lookup' | 'papers'>,
  names: readonly string[],
): Promise<NamedPapers> {
  const papers = new Map<string, Paper>();
  const missing: string[] = [];
  for (const name of names) {
    const { names: keys } = parseQuery(name);
    const [hit] = await exactHits(
      engine,
      keys.filter(({ as }) => as !== 'title'),
      {},
    );
    if (hit) papers.set(hit.paper.id, hit.paper);
    else missing.push(name);
  }
  return { papers: [...papers.values()], missing };
}
