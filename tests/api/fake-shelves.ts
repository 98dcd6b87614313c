/** Readers' libraries over a fake engine, in a folder that is removed when the test ends. Nothing ever arrives. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NewsSource } from '../../src/alerts/find-news.ts';
import type { PaperStore } from '../../src/api/context.ts';
import { ShelfStore } from '../../src/shelf/shelf-store.ts';
import { Shelves } from '../../src/shelf/shelves.ts';

export function fakeShelves(engine: PaperStore): Shelves {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-shelf-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const reader = {
    ...{
      vectors: async () => [],
      semantic: async () => ({ docIds: new Uint32Array(), scores: new Float32Array() }),
    },
    ...{ get: engine.get.bind(engine), records: engine.records.bind(engine) },
    ...{ papers: engine.papers.bind(engine), lastDocId: engine.lastDocId.bind(engine) },
  };
  const searcher: NewsSource['searcher'] = {
    search: async () => {
      throw new Error('nothing is new, so nobody asks');
    },
  };
  return new Shelves({
    store: new ShelfStore({ folder: join(dir, 'readers'), lock: async () => ({ release: () => undefined }) }),
    source: () => ({ reader, searcher, lists: { trending: async () => ({ hits: [] }) } }),
    arrivals: () => ({ last: () => 0, after: () => [], catchUp: async () => 0 }),
    clock: Date.now,
  });
}
