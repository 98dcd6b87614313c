/** Small papers and vectors for the tests of engines and of what stands on them. */
import type { EngineReader, VectorSpace } from '../../src/engine/engine.ts';
import type { Ranking } from '../../src/engine/ranking.ts';
import type { Paper, PaperId } from '../../src/paper/paper.ts';

export const SPACE: VectorSpace = { name: 'test-model', dimensions: 8, fingerprint: 'f00d' };

export function makePaper(fields: Partial<Paper> & { readonly id: PaperId }): Paper {
  return { title: `Paper ${fields.id}`, abstract: '', authors: [], categories: [], ...fields };
}

/** A unit vector along `axis`, tilted towards the next one by `tilt` radians. */
export function makeVector(axis: number, tilt = 0): Float32Array {
  const vector = new Float32Array(SPACE.dimensions);
  vector[axis % SPACE.dimensions] = Math.cos(tilt);
  vector[(axis + 1) % SPACE.dimensions] = Math.sin(tilt);
  return vector;
}

/** The ids behind a ranking, best first. */
export async function idsOf(engine: EngineReader, ranking: Ranking): Promise<(PaperId | undefined)[]> {
  const papers = await engine.papers([...ranking.docIds]);
  return papers.map((paper) => paper?.id);
}
