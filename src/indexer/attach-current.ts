/**
 * Embedding while papers are being stored: a paper may be given another text while a vector is made of the old one.
 * Such a vector is dropped, and the paper waits for one of its new text.
 */
import type { Engine } from '../engine/engine.ts';
import { embeddedText } from '../paper/embedded-text.ts';
import type { PaperId } from '../paper/paper.ts';
import type { EmbedTarget } from './embed-pending.ts';

/** The engine as `embedPending` should see it. */
export function attachCurrent(engine: Engine): EmbedTarget {
  const texts = new Map<PaperId, string>();
  return {
    status: () => engine.status(),
    checkpoint: (onProgress) => engine.checkpoint(onProgress),
    unembedded: async (limit) => {
      const papers = await engine.unembedded(limit);
      for (const paper of papers) texts.set(paper.id, embeddedText(paper));
      return papers;
    },
    attachVectors: async (batch) => {
      const now = await engine.get(batch.map(({ id }) => id));
      const current = batch.filter(({ id }, at) => {
        const paper = now[at];
        return paper !== undefined && embeddedText(paper) === texts.get(id);
      });
      for (const { id } of batch) texts.delete(id);
      await engine.attachVectors(current);
    },
  };
}
