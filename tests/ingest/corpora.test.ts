import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPapers } from '../../src/ingest/open-source.ts';
import { brief } from './sources.ts';

describe.each([
  ['seed-47', 47],
  ['ml-1000', 1_000],
  ['acl-52k', 51_950],
  ['arxiv-100k', 100_000],
])('the corpus %s', (name, papers) => {
  const path = `../shared/corpora/${name}.jsonl.gz`;
  it.skipIf(!existsSync(path))(`has ${papers} papers and no faulty row`, { timeout: 60_000 }, async () => {
    const ids = new Set<string>();
    for await (const row of readPapers(path)) {
      if (!('paper' in row)) throw new Error(brief(row));
      ids.add(row.paper.id);
    }
    expect(ids.size).toBe(papers);
  });
});
