/**
 * The process that reembed-crash.test.ts kills: embeds an index anew with an embedder of so many dimensions and
 * switches it over. It says when it has begun, and when it is done.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Embedder } from '../../src/embed/embedder.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openReembedding } from '../../src/engine/embedded/reembedding.ts';
import { reembedPapers } from '../../src/indexer/reembed-papers.ts';

const [dir = '', dimensions = '16', pauseMs = '0'] = process.argv.slice(2);
const embedder = new HashingEmbedder({ dimensions: Number(dimensions) });
/** As slow as a real one, so that there is something to interrupt. */
const slow: Embedder = {
  model: embedder.model,
  embedQuery: (text) => embedder.embedQuery(text),
  embedDocuments: async (texts) => {
    await sleep(Number(pauseMs));
    return embedder.embedDocuments(texts);
  },
  close: () => embedder.close(),
};
const target = await openReembedding({ dir, space: embedder.model });
process.stdout.write('begun\n');
await reembedPapers({ target, embedder: slow, sizes: { step: 8, concurrency: 1 } });
process.stdout.write('done\n');
await target.close();
