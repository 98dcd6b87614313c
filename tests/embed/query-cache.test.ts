/** Questions are embedded once, however often and however many at a time they are asked. */
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embed/embedder.ts';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { CachedEmbedder } from '../../src/embed/query-cache.ts';

class CountingEmbedder extends HashingEmbedder implements Embedder {
  readonly asked: string[] = [];
  isClosed = false;
  failure: Error | undefined;

  override async embedQuery(text: string): Promise<Float32Array> {
    this.asked.push(text);
    if (this.failure) throw this.failure;
    return super.embedQuery(text);
  }

  override async close(): Promise<void> {
    this.isClosed = true;
  }
}

describe('CachedEmbedder', () => {
  it('embeds a repeated question once', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner);
    const first = await cached.embedQuery('what is attention');
    expect(await cached.embedQuery('what is attention')).toBe(first);
    expect(first).toEqual(await new HashingEmbedder().embedQuery('what is attention'));
    expect(inner.asked).toEqual(['what is attention']);
  });

  it('takes questions for the same that differ in white space and composition of letters', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner);
    await cached.embedQuery('Poincaré  conjecture\n');
    await cached.embedQuery('Poincare\u0301 conjecture');
    await cached.embedQuery('poincaré conjecture');
    expect(inner.asked).toEqual(['Poincaré conjecture', 'poincaré conjecture']);
  });

  it('shares one run among those who ask at the same time', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner);
    const vectors = await Promise.all(Array.from({ length: 10 }, () => cached.embedQuery('same')));
    expect(new Set(vectors).size).toBe(1);
    expect(inner.asked).toHaveLength(1);
  });

  it('forgets the question that was not asked for longest', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner, { maxQuestions: 2 });
    for (const question of ['a', 'b', 'a', 'c', 'a', 'b']) await cached.embedQuery(question);
    expect(inner.asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('asks again after a failure, and tells all who waited', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner);
    inner.failure = new Error('out of order');
    const both = await Promise.allSettled([cached.embedQuery('q'), cached.embedQuery('q')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    inner.failure = undefined;
    expect(await cached.embedQuery('q')).toHaveLength(384);
    expect(inner.asked).toHaveLength(2);
  });

  it('passes papers, model and end through', async () => {
    const inner = new CountingEmbedder();
    const cached = new CachedEmbedder(inner);
    expect(cached.model).toBe(inner.model);
    expect(await cached.embedDocuments(['x', 'x'])).toEqual(await inner.embedDocuments(['x', 'x']));
    await cached.close();
    expect(inner.isClosed).toBe(true);
  });
});
