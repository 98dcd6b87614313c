/**
 * The process that crash.test.ts kills: adds numbered papers for ever, as the indexer does (stored first, vectors
 * after, a checkpoint now and then), and says on standard output what has been acknowledged. A second life embeds
 * what the first left without a vector before it goes on.
 */
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';

const BATCH = 15;
const BATCHES_BETWEEN_CHECKPOINTS = 6;

const [dir = '', firstNumber = '1'] = process.argv.slice(2);
const embedder = new HashingEmbedder();
const engine = await openEmbeddedEngine({ dir, space: embedder.model });

function paper(number: number): Paper {
  return {
    id: `p${number}`,
    title: `Paper number ${number} about subject ${number % 17}`,
    abstract: `The abstract of paper ${number} repeats its subject ${number % 17}.`,
    authors: [`Author ${number % 5}`],
    categories: ['cs.IR'],
  };
}

function say(what: string): void {
  process.stdout.write(`${what}\n`);
}

async function embedPending(): Promise<void> {
  for (;;) {
    const papers = await engine.unembedded(BATCH);
    if (papers.length === 0) return;
    const vectors = await embedder.embedDocuments(papers.map(embeddedText));
    await engine.attachVectors(papers.map(({ id }, at) => ({ id, vector: vectors[at] as Float32Array })));
    for (const { id } of papers) say(`embedded ${id}`);
  }
}

say('open');
await embedPending();
let number = Number(firstNumber);
for (let round = 1; ; round++) {
  const papers = Array.from({ length: BATCH }, () => paper(number++));
  await engine.upsert(papers.map((one) => ({ paper: one })));
  for (const { id } of papers) say(`stored ${id}`);
  await embedPending();
  if (round % BATCHES_BETWEEN_CHECKPOINTS === 0) await engine.checkpoint();
}
