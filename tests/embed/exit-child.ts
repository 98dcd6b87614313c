/** A process for `exit-guard.test.ts` that exits while papers are being embedded, or is left with nothing to do. */
import { resolve } from 'node:path';
import { openTransformerEmbedder } from '../../src/embed/transformer-embedder.ts';

const MODEL_FOLDER = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');

const embedder = await openTransformerEmbedder({ modelFolder: MODEL_FOLDER, workers: 2 });
await embedder.warmUp();
if (process.argv[2] === 'exit') {
  void embedder.embedDocuments(Array.from({ length: 100 }, (_, at) => `${at} paper `.repeat(200)));
  setTimeout(() => process.exit(7), 150);
}
