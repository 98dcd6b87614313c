/** Libraries over an engine in memory, with the arrivals of a real alerts.db. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AlertBook } from '../../src/alerts/alert-book.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { takeProcessLock } from '../../src/engine/embedded/process-lock.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { ShelfStore } from '../../src/shelf/shelf-store.ts';
import { Shelves } from '../../src/shelf/shelves.ts';

export function paperOf(id: string, title: string, more: Partial<Paper> = {}): Paper {
  return { id, title, abstract: `${title}.`, authors: ['Ada Lovelace'], categories: ['cs.LG'], ...more };
}

/** Removed when the test ends. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-shelf-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** As the command line opens it. */
export function storeIn(folder: string): ShelfStore {
  const lock = (dir: string) => takeProcessLock(dir, { name: 'change', doing: 'changes', waitMs: 10_000 });
  return new ShelfStore({ folder, lock });
}

export interface House {
  readonly shelves: Shelves;
  readonly engine: Engine;
  readonly put: (...papers: Paper[]) => Promise<void>;
  readonly store: ShelfStore;
  readonly now: { ms: number };
}

export function openShelves(): House {
  const dir = temporaryFolder();
  // The book of the alerts lies beside an index, and this one is in memory.
  writeFileSync(join(dir, 'papers.db'), '');
  const book = AlertBook.open(dir);
  onTestFinished(() => book.close());
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  const searcher = new Searcher({ engine, embedder });
  const store = storeIn(join(dir, 'readers'));
  const now = { ms: Date.UTC(2026, 10, 25) };
  const shelves = new Shelves({
    store,
    source: () => ({ reader: engine, searcher }),
    arrivals: () => book.arrivals,
    clock: () => now.ms++,
  });
  const put = async (...papers: Paper[]) => {
    const vectors = await embedder.embedDocuments(papers.map(embeddedText));
    await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] as Float32Array })));
  };
  return { shelves, engine, put, store, now };
}
