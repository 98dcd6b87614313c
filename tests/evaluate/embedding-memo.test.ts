import { describe, expect, it } from 'vitest';
import { EmbeddingMemo } from '../../src/evaluate/embedding-memo.ts';
import { BinEmbedder, binVector } from '../search/fixtures.ts';

describe('EmbeddingMemo', () => {
  it('asks the model once for a question and once for the same text as a paper', async () => {
    const model = new BinEmbedder();
    const memo = new EmbeddingMemo(model);
    for (let time = 0; time < 3; time += 1) {
      expect(await memo.embedQuery('whales')).toEqual(binVector('whales'));
      expect(await memo.embedDocuments(['whales', 'rivers'])).toEqual(['whales', 'rivers'].map(binVector));
    }
    expect(model.queries).toEqual(['whales']);
    expect(model.documents).toEqual(['whales', 'rivers']);
  });

  it('counts what it saved, and only that', async () => {
    const memo = new EmbeddingMemo(new BinEmbedder());
    await memo.embedQuery('whales');
    expect(memo.takeSavedMs()).toBe(0);
    await memo.embedQuery('whales');
    const once = memo.takeSavedMs();
    expect(once).toBeGreaterThan(0);
    expect(memo.takeSavedMs()).toBe(0);
    await memo.embedQuery('whales');
    await memo.embedQuery('whales');
    expect(memo.takeSavedMs()).toBeCloseTo(2 * once, 9);
  });
});
