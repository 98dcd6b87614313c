/** A small index on disk with the hashing embedder, an alert book beside it, and a clock that is set by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AlertBook } from '../../src/alerts/alert-book.ts';
import type { DeliverySettings } from '../../src/alerts/delivery-settings.ts';
import type { NewsSource } from '../../src/alerts/find-news.ts';
import { type RunOptions, type RunReport, runAlerts } from '../../src/alerts/run-alerts.ts';
import { Lists } from '../../src/discover/lists.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import type { Engine, EngineReader } from '../../src/engine/engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher } from '../../src/search/searcher.ts';

export const NOTHING_SET: DeliverySettings = { webhookHosts: [] };

export function paperOf(id: string, title: string, more: Partial<Paper> = {}): Paper {
  return { id, title, abstract: `${title}.`, authors: ['Ada Lovelace'], categories: ['cs.LG'], ...more };
}

export interface House {
  readonly dir: string;
  readonly book: AlertBook;
  /** Stores and embeds. */
  readonly put: (...papers: Paper[]) => Promise<void>;
  /** Stores without a vector. */
  readonly store: (...papers: Paper[]) => Promise<void>;
  readonly remove: (...ids: string[]) => Promise<void>;
  /** Anything else that is done to an index. */
  readonly write: (use: (engine: Engine) => Promise<unknown>) => Promise<void>;
  readonly read: <T>(use: (reader: EngineReader) => Promise<T>) => Promise<T>;
  readonly addAlert: (question: string, more?: Partial<Parameters<AlertBook['add']>[0]>) => Promise<string>;
  /** `onQuery` is told every question, and may throw. */
  readonly run: (options?: Partial<RunOptions>, onQuery?: (query: string) => void) => Promise<RunReport>;
  readonly now: { ms: number };
}

/** Closed and removed when the test ends. */
export async function openHouse(): Promise<House> {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-alerts-'));
  const embedder = new HashingEmbedder();
  const space = embedder.model;
  const now = { ms: Date.UTC(2026, 10, 25, 3) };
  const write = async (use: (engine: Engine) => Promise<unknown>) => {
    const engine = await openEmbeddedEngine({ dir, space, pharos: 'test' });
    await use(engine).finally(() => engine.close());
  };
  const read = async <T>(use: (parts: NewsSource & { reader: EngineReader }) => Promise<T>) => {
    const reader = await openEmbeddedReader({ dir, space });
    const searcher = new Searcher({ engine: reader, embedder });
    return use({ reader, searcher, lists: new Lists({ engine: reader }) }).finally(() => reader.close());
  };
  const put = (...papers: Paper[]) =>
    write(async (engine) => {
      const vectors = await embedder.embedDocuments(papers.map(embeddedText));
      await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] as Float32Array })));
    });
  await put();
  const book = AlertBook.open(dir);
  onTestFinished(() => {
    book.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    ...{ dir, book, now, put, write },
    read: (use) => read(({ reader }) => use(reader)),
    store: (...papers) => write((engine) => engine.upsert(papers.map((paper) => ({ paper })))),
    remove: (...ids) => write((engine) => engine.remove(ids)),
    addAlert: (question, more = {}) =>
      read(async ({ reader }) => {
        const request = {
          question,
          targets: [`file:${join(dir, 'news.jsonl')}`],
          minSimilarity: 0.2,
          ...more,
        };
        return (await book.add(request, { reader, nowMs: now.ms })).id;
      }),
    run: (options = {}, onQuery = () => undefined) =>
      read(({ reader, searcher, lists }) => {
        const search: typeof searcher.search = async (request) => {
          onQuery(request.query);
          return searcher.search(request);
        };
        const run = { settings: NOTHING_SET, clock: () => now.ms, ...options };
        return runAlerts(book, { reader, lists, searcher: { search } }, run);
      }),
  };
}
