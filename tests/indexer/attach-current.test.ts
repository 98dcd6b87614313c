import { expect, it } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { attachCurrent } from '../../src/indexer/attach-current.ts';
import { embedPending } from '../../src/indexer/embed-pending.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';

const paper = (abstract: string): Paper => ({ id: 'a', title: 'A', abstract, authors: [], categories: [] });

it('gives a paper that was revised meanwhile a vector of its new text', async () => {
  const model = new HashingEmbedder();
  const engine = new ExactEngine(model.model);
  await engine.upsert([{ paper: paper('of cats') }]);
  let isFirst = true;
  const embedder = {
    model: model.model,
    embedQuery: (text: string) => model.embedQuery(text),
    close: () => model.close(),
    embedDocuments: async (texts: readonly string[]) => {
      if (isFirst) await engine.upsert([{ paper: paper('of stars') }]);
      isFirst = false;
      return model.embedDocuments(texts);
    },
  };
  await embedPending({ engine: attachCurrent(engine), embedder });
  const [vector] = await engine.vectors(['a']);
  const [expected] = await model.embedDocuments([embeddedText(paper('of stars'))]);
  expect(vector && [...vector]).toEqual(expected && [...expected]);
});
