/**
 * Exact hits over thousands of cases drawn from real papers: titles, ids, DOIs, quoted phrases and names of authors.
 * Real titles are what no made-up one is: full of colons, quotation marks, formulas and each other.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { titleKey } from '../../src/paper/title-key.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { fold } from '../../src/text/fold.ts';
import { removeFolders, temporaryFolder } from '../engine/embedded/temporary-index.ts';

const CORPORA = new URL('../../../shared/corpora/', import.meta.url);
const isThere = existsSync(CORPORA);
const CASES = 2_000;
const PHRASE_LENGTH = 5;
const BATCH = 500;
/** Hits looked at where more papers may hold a phrase. */
const LIMIT = 20;

/** Every `step`-th paper of a corpus. */
async function everyNth(file: string, step: number): Promise<Paper[]> {
  const papers: Paper[] = [];
  let row = 0;
  const lines = createReadStream(new URL(file, CORPORA)).pipe(createGunzip());
  for await (const line of createInterface({ input: lines })) {
    if (row++ % step === 0) papers.push(normalizePaper(JSON.parse(line)));
  }
  return papers;
}

describe.skipIf(!isThere)(
  `exact hits in a sample of the shared corpora${isThere ? '' : ' (not there)'}`,
  () => {
    const embedder = new HashingEmbedder();
    let papers: Paper[] = [];
    let engine: Engine;
    let searcher: Searcher;

    beforeAll(async () => {
      papers = [...(await everyNth('arxiv-100k.jsonl.gz', 60)), ...(await everyNth('acl-52k.jsonl.gz', 50))];
      engine = await openEmbeddedEngine({ dir: temporaryFolder(), space: embedder.model });
      for (let at = 0; at < papers.length; at += BATCH) {
        const batch = papers.slice(at, at + BATCH);
        const vectors = await embedder.embedDocuments(batch.map(embeddedText));
        await engine.upsert(batch.map((paper, i) => ({ paper, ...(vectors[i] && { vector: vectors[i] }) })));
      }
      searcher = new Searcher({ engine, embedder });
    }, 120_000);

    afterAll(async () => {
      await engine.close();
      await removeFolders();
    });

    const ask = (query: string, limit = 10): Promise<SearchAnswer> => searcher.search({ query, limit });

    it('has enough of them', () => {
      expect(papers.length).toBeGreaterThan(CASES);
    });

    it('finds a paper first by its title, beside those of the same title', async () => {
      const wrong: string[] = [];
      for (const { id, title } of papers.slice(0, CASES)) {
        const { hits } = await ask(title);
        const leading = hits.slice(
          0,
          hits.findIndex(({ match }) => match.exact !== 'title'),
        );
        const areAlike = leading.every(({ paper }) => titleKey(paper.title) === titleKey(title));
        if (!areAlike || !leading.some(({ paper }) => paper.id === id)) wrong.push(`${id} ${title}`);
      }
      expect(wrong).toEqual([]);
    }, 120_000);

    it('finds a paper by its id and by its DOI, and that one alone', async () => {
      const wrong: string[] = [];
      for (const { id, doi } of papers) {
        for (const name of [id, ...(doi ? [doi, `https://doi.org/${doi}`] : [])]) {
          const { hits } = await ask(name);
          if (hits[0]?.paper.id !== id && hits[0]?.paper.doi !== doi) wrong.push(name);
        }
      }
      expect(wrong).toEqual([]);
    }, 120_000);

    it('finds a paper by five words of its abstract in quotation marks, and only such as hold them', async () => {
      const plain = new Map(papers.map((paper) => [paper.id, plainText(paper)]));
      const isIn = ({ id }: Paper, words: string) => plain.get(id)?.includes(words) ?? false;
      const wrong: string[] = [];
      let asked = 0;
      for (const [at, paper] of papers.entries()) {
        const phrase = fiveWords(paper.abstract, at);
        if (phrase === undefined) continue;
        asked += 1;
        const { hits, total } = await ask(`"${phrase}"`, LIMIT);
        const words = ` ${phrase.toLowerCase()} `;
        const isFound = total > LIMIT || hits.some((hit) => hit.paper.id === paper.id);
        // LaTeX between the words is markup to us and a word to the plain text.
        const others = hits.filter((hit) => !isIn(hit.paper, words) && !hit.paper.abstract.includes('\\'));
        // To count all papers that hold them takes longer than to ask.
        const holders = at % 10 === 0 ? papers.filter((other) => isIn(other, words)).length : 0;
        if (!isFound || others.length > 0 || total < holders) wrong.push(`${paper.id} ${phrase}`);
      }
      expect(asked).toBeGreaterThanOrEqual(CASES);
      expect(wrong).toEqual([]);
    }, 120_000);

    it("finds an author's papers before all others by the full name", async () => {
      const byAuthor = new Map<string, Set<string>>();
      for (const { id, authors } of papers) {
        for (const author of authors.map(fold))
          byAuthor.set(author, (byAuthor.get(author) ?? new Set()).add(id));
      }
      const names = [...new Set(papers.flatMap(({ authors }) => authors))].filter((name) =>
        /^\p{Lu}\p{Ll}+(?: [\p{L}.-]+)* \p{Lu}\p{Ll}+$/u.test(name),
      );
      const wrong: string[] = [];
      for (const name of names.slice(0, CASES)) {
        const own = byAuthor.get(fold(name)) ?? new Set();
        const { hits } = await ask(name, own.size);
        const isHead = hits.every(({ paper, match }) => own.has(paper.id) && match.exact === 'author');
        if (hits.length !== own.size || !isHead) wrong.push(name);
      }
      expect(names.length).toBeGreaterThan(CASES);
      expect(wrong).toEqual([]);
    }, 120_000);
  },
);

/** Title and abstract as words with single blanks, by other means than those under test. */
function plainText({ title, abstract }: Paper): string {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${words(title)} | ${words(abstract)} `;
}

/** Five plain words that follow each other, from a place that depends on `seed`; undefined where there are none. */
function fiveWords(text: string, seed: number): string | undefined {
  const words = text.split(' ');
  for (let step = 0; step < words.length; step += 1) {
    const from = (seed * 7 + step) % words.length;
    const some = words.slice(from, from + PHRASE_LENGTH);
    if (some.length === PHRASE_LENGTH && some.every((word) => /^[A-Za-z]+$/.test(word)))
      return some.join(' ');
  }
  return undefined;
}
