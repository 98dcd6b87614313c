/** The embedder without a model: every text has a direction, the same one always, and shared words bring near. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { dot, lengthOf } from './cosine.ts';

const embedder = new HashingEmbedder();

async function similarity(a: string, b: string): Promise<number> {
  return dot(await embedder.embedQuery(a), await embedder.embedQuery(b));
}

describe('HashingEmbedder', () => {
  it('gives every text a vector of unit length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const vector = await embedder.embedQuery(text);
        expect(vector).toHaveLength(384);
        expect(lengthOf(vector)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('embeds a text alike as a question, as a paper and by another instance', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.lorem({ maxCount: 20 }), { maxLength: 5 }), async (texts) => {
        const asPapers = await embedder.embedDocuments(texts);
        const other = new HashingEmbedder();
        for (const [at, text] of texts.entries()) {
          expect(Buffer.from((await other.embedQuery(text)).buffer)).toEqual(
            Buffer.from(asPapers[at]?.buffer ?? new ArrayBuffer(0)),
          );
        }
      }),
    );
  });

  it('does not see case, accents and punctuation', async () => {
    expect(await similarity('The Poincaré conjecture!', 'the poincare  conjecture')).toBeCloseTo(1, 6);
  });

  it('puts texts that share words nearer than texts that do not', async () => {
    const question = 'graph neural networks for molecules';
    const near = await similarity(question, 'Message passing in graph neural networks predicts molecules');
    const far = await similarity(question, 'The black holes at the centres of galaxies for a review');
    expect(near).toBeGreaterThan(0.4);
    expect(Math.abs(far)).toBeLessThan(0.2);
  });

  it('sees the order of words', async () => {
    const same = await similarity('dog bites man', 'dog bites man');
    expect(await similarity('dog bites man', 'man bites dog')).toBeLessThan(same - 0.05);
  });

  it('gives texts without words one direction of their own', async () => {
    expect(await similarity('', ' … ?')).toBe(1);
    expect(await similarity('', 'words')).not.toBe(1);
  });

  it('names dimensions apart', async () => {
    const small = new HashingEmbedder({ dimensions: 16 });
    expect(await small.embedQuery('a text of words')).toHaveLength(16);
    expect(small.model.fingerprint).not.toBe(embedder.model.fingerprint);
    expect(embedder.model.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('rejects with INTERRUPTED when the signal has aborted', async () => {
    const interrupted = embedder.embedDocuments(['text'], { signal: AbortSignal.abort() });
    await expect(interrupted).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
