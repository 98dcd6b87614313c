/** One start, for start.ts: opens the index named on the command line, then the model, and asks ten questions. */
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { bundledModelIdentity, openBundledEmbedder } from './bundled-model.ts';
import { round } from './measure.ts';

const [dir = ''] = process.argv.slice(2);
const begun = performance.now();
const engine = await openEmbeddedReader({ dir, space: await bundledModelIdentity() });
const opened = performance.now();
const embedder = await openBundledEmbedder({ workers: 1 });
await embedder.embedQuery('warm up');
const loaded = performance.now();
const searcher = new Searcher({ engine, embedder });
const answers: number[] = [];
for (let number = 0; number < 10; number++) {
  const asked = performance.now();
  await searcher.search({ query: `how do neural networks learn representations ${number}` });
  answers.push(performance.now() - asked);
}
await engine.close();
await embedder.close();
process.stdout.write(
  JSON.stringify({
    openMs: round(opened - begun),
    modelMs: round(loaded - opened),
    firstAnswerMs: round(answers[0] ?? 0),
    tenthAnswerMs: round(answers[9] ?? 0),
  }),
);
