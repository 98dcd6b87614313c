/** The judged collections of ../shared, each on an index that is made once and kept under .cache/evaluate. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { withEvaluationIndex } from '../../src/cli/evaluation-index.ts';
import type { Io } from '../../src/cli/io.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import type { Embedder } from '../../src/embed/embedder.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type JudgedCollection, readCollection } from '../../src/evaluate/collection.ts';
import { openBundledEmbedder } from '../bench/bundled-model.ts';

const COLLECTIONS = resolve(import.meta.dirname, '../../../shared/collections');
const CACHE = resolve(import.meta.dirname, '../../.cache/evaluate');

/** Questions first, then the two that ask for related work. */
export const COLLECTION_NAMES = ['cacm', 'cranfield', 'med', 'nfcorpus', 'csfcube', 'cacm-related'] as const;
export type CollectionName = (typeof COLLECTION_NAMES)[number];

export function areCollectionsThere(): boolean {
  return existsSync(COLLECTIONS);
}

export interface OnBench {
  readonly collection: JudgedCollection;
  readonly engine: Engine;
  readonly embedder: Embedder;
}

export class Workbench {
  readonly embedder: Embedder;
  readonly #settings = resolveSettings({ flags: {}, environment: {} }).settings;

  constructor(embedder: Embedder) {
    this.embedder = embedder;
  }

  static async open(): Promise<Workbench> {
    return new Workbench(await openBundledEmbedder());
  }

  read(name: CollectionName): Promise<JudgedCollection> {
    return readCollection(resolve(COLLECTIONS, name));
  }

  async with<T>(name: CollectionName, use: (bench: OnBench) => Promise<T>): Promise<T> {
    const { embedder } = this;
    const collection = await this.read(name);
    return withEvaluationIndex(
      collection.papers,
      { io: quietIo(), settings: this.#settings, embedder, cacheFolder: CACHE },
      (engine) => use({ collection, engine, embedder }),
    );
  }

  close(): Promise<void> {
    return this.embedder.close();
  }
}

function quietIo(): Io {
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, environment: {}, interruptible: () => new AbortController().signal };
}
