/** Rows, papers and an embedder that counts, for the tests of the indexer. */
import { createHash } from 'node:crypto';
import type { Embedder, ModelIdentity } from '../../src/embed/embedder.ts';
import { AppError } from '../../src/fault/app-error.ts';
import type { IncomingRow } from '../../src/indexer/store-papers.ts';
import type { Paper } from '../../src/paper/paper.ts';

export const DIMENSIONS = 16;
export const SPACE = { name: 'counting', dimensions: DIMENSIONS, fingerprint: 'c0ffee' };

const MODEL: ModelIdentity = {
  ...SPACE,
  revision: '1',
  dtype: 'fp32',
  pooling: 'hashing',
  maxTokens: 256,
  queryPrefix: '',
  documentPrefix: '',
  textTemplate: 'title\nabstract',
};

export function paper(id: string, more: Partial<Paper> = {}): Paper {
  return {
    id,
    title: `Paper ${id}`,
    abstract: `What ${id} found out.`,
    authors: ['A. Author'],
    categories: [],
    ...more,
  };
}

export function papers(count: number): Paper[] {
  return Array.from({ length: count }, (_, at) =>
    paper(`p${at}`, { abstract: 'word '.repeat((at * 7) % 30).trim() }),
  );
}

export async function* rowsOf(list: readonly (Paper | 'faulty')[]): AsyncGenerator<IncomingRow> {
  for (const [at, item] of list.entries()) {
    const place = { file: 'test.jsonl', line: at + 1 };
    const fault = new AppError('ROW_INVALID', { message: 'no title' });
    yield { row: item === 'faulty' ? { place, fault } : { place, paper: item } };
  }
}

/** A vector that depends on nothing but the text. */
export function vectorOf(text: string): Float32Array {
  const bytes = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, at) => (bytes[at] ?? 0) - 127.5);
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}

/** Remembers every text it embedded; `beforeBatch` may throw to stand for a crash. */
export class CountingEmbedder implements Embedder {
  readonly model = MODEL;
  readonly texts: string[] = [];
  beforeBatch: () => void = () => undefined;

  async embedQuery(text: string): Promise<Float32Array> {
    return vectorOf(text);
  }

  async embedDocuments(texts: readonly string[]): Promise<Float32Array[]> {
    await Promise.resolve();
    this.beforeBatch();
    this.texts.push(...texts);
    return texts.map(vectorOf);
  }

  async close(): Promise<void> {}
}
