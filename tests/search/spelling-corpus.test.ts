/** Thousands of planted typos in words of real papers: how many are understood, and that nothing else is touched. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { readPapers } from '../../src/ingest/open-source.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { corrections } from '../../src/search/spelling.ts';
import { terms } from '../../src/text/analyze.ts';
import { removeFolders, SPACE, temporaryFolder } from '../engine/embedded/temporary-index.ts';

const PAPERS = 3_000;
const TYPOS = 1_500;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Well under the measured rate, which docs/decisions/spelling.md tells. */
const UNDERSTOOD = 0.9;
const PLAIN_WORD = /(?<![\p{L}\p{N}\\${}_^-])[a-z]{6,20}(?![\p{L}\p{N}\\${}_^-])/gu;

describe.each(['arxiv-100k', 'acl-52k'])('in the corpus %s', (corpus) => {
  const path = `../shared/corpora/${corpus}.jsonl.gz`;
  const isHere = existsSync(path);
  const papers: Paper[] = [];
  let engine: Engine;

  beforeAll(async () => {
    if (!isHere) return;
    engine = await openEmbeddedEngine({ dir: temporaryFolder(), space: SPACE });
    for await (const row of readPapers(path)) {
      if ('paper' in row) papers.push(row.paper);
      if (papers.length === PAPERS) break;
    }
    await engine.upsert(papers.map((paper) => ({ paper })));
    await engine.statistics([]);
  }, 60_000);

  afterAll(async () => {
    await engine?.close();
    await removeFolders();
  });

  it.skipIf(!isHere)('words with one letter wrong are understood', { timeout: 60_000 }, async () => {
    const random = numbers(17);
    let asked = 0;
    let understood = 0;
    for (let at = 0; asked < TYPOS; at += 1) {
      const words = papers[at % PAPERS]?.abstract.match(PLAIN_WORD) ?? [];
      const meant = words[random(words.length)];
      const typed = meant && misspelt(meant, random);
      if (!meant || !typed || (await isKnown(engine, typed))) continue;
      asked += 1;
      const found = await corrections(engine, `on ${typed}`);
      if (found.terms.some(({ term }) => term === terms(meant)[0])) understood += 1;
    }
    expect(understood / asked).toBeGreaterThan(UNDERSTOOD);
  });

  it.skipIf(!isHere)('no title and no abstract is ever changed', { timeout: 60_000 }, async () => {
    for (const { title, abstract } of papers) {
      expect((await corrections(engine, title)).didYouMean).toEqual([]);
      expect((await corrections(engine, abstract)).didYouMean).toEqual([]);
    }
  });
});

async function isKnown(engine: Engine, word: string): Promise<boolean> {
  return ((await engine.statistics(terms(word))).documentFrequencies[0] ?? 0) > 0;
}

/** One letter left out, added, replaced, or two in the wrong order. */
function misspelt(word: string, random: (below: number) => number): string {
  const at = random(word.length);
  const other = LETTERS.charAt(random(LETTERS.length));
  const head = word.slice(0, at);
  const rest = word.slice(at + 1);
  const slips = [
    head + rest,
    head + other + word.slice(at),
    head + other + rest,
    head + rest.slice(0, 1) + word.charAt(at) + rest.slice(1),
  ];
  return slips[random(slips.length)] ?? word;
}

/** Reproducible whole numbers from 0 (Park & Miller, CACM 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
