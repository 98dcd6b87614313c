/**
 * Adds papers and runs the alert, over and over, until somebody kills it. Parameters: the folder of the index, the
 * port of a mail server, and a name that the ids of its papers begin with. With `finish` for a name it only runs.
 */
import { AlertBook } from '../../src/alerts/alert-book.ts';
import { runAlerts } from '../../src/alerts/run-alerts.ts';
import { Lists } from '../../src/discover/lists.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher } from '../../src/search/searcher.ts';

const [dir = '', port = '', name = ''] = process.argv.slice(2);
const embedder = new HashingEmbedder();
const engine = await openEmbeddedEngine({ dir, space: embedder.model, waitMs: 10_000 });
const book = AlertBook.open(dir);
const source = { reader: engine, searcher: new Searcher({ engine, embedder }), lists: new Lists({ engine }) };
const settings = { smtp: `smtp+plain://127.0.0.1:${port}`, mailFrom: 'pharos@example.org', webhookHosts: [] };
process.stdout.write('open\n');

for (let round = 0; ; round++) {
  const isLast = name === 'finish';
  if (!isLast) await put([0, 1, 2].map((at) => paperOf(`${name}x${round}x${at}`)));
  // What the last one failed to send is due at once: time is not what is tested.
  book.retry('graphs', Date.now());
  await runAlerts(book, source, { ids: ['graphs'], settings, clock: Date.now });
  if (isLast) break;
}
book.close();
await engine.close();

function paperOf(id: string): Paper {
  const title = `Graph networks ${id}`;
  return { id, title, abstract: title, authors: [], categories: [] };
}

async function put(papers: readonly Paper[]): Promise<void> {
  const vectors = await embedder.embedDocuments(papers.map(embeddedText));
  await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] as Float32Array })));
}
