/** One process for memory.ts: opens an index, asks a hundred questions by words and by meaning, prints its resident size. */
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { SEMANTIC_DEPTH } from '../../src/search/retrieve.ts';
import { DIMENSIONS, mulberry32 } from './bench-corpus.ts';
import { bundledModelIdentity } from './bundled-model.ts';

const [dir = ''] = process.argv.slice(2);
const engine = await openEmbeddedReader({ dir, space: await bundledModelIdentity() });
const random = mulberry32(1);
const terms = ['network', 'graph', 'quantum', 'learn', 'galaxi'].map((term) => ({ term, weight: 1 }));
for (let number = 0; number < 100; number++) {
  const direction = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const length = Math.hypot(...direction);
  const vector = direction.map((component) => component / length);
  const { docIds } = await engine.semantic(vector, { filter: {}, limit: SEMANTIC_DEPTH });
  const lexical = await engine.lexical(terms, { filter: {}, limit: 10, also: [...docIds] });
  await engine.papers([...lexical.docIds]);
}
globalThis.gc?.();
process.stdout.write(String(process.memoryUsage().rss));
await engine.close();
