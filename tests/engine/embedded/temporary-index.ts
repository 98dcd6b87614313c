/** Index folders that live as long as a test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedEngine } from '../../../src/engine/embedded/open.ts';
import type { Engine, IndexedPaper, VectorSpace } from '../../../src/engine/engine.ts';
import { makePaper } from '../fixtures.ts';
import { randomUnitVectors } from './random-vectors.ts';

export const SPACE: VectorSpace = { name: 'test-model', dimensions: 24, fingerprint: 'f00d' };

const WORDS = 'neural graph quantum galaxy protein market theorem search retrieval climate'.split(' ');
const folders: string[] = [];

export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-index-'));
  folders.push(dir);
  return dir;
}

export async function removeFolders(): Promise<void> {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** Papers `p<from>` to `p<from + count - 1>` with vectors; each number always gives the same paper. */
export function somePapers(count: number, from = 1): IndexedPaper[] {
  const vectors = randomUnitVectors(from + count, { dimensions: SPACE.dimensions, seed: 21 });
  return Array.from({ length: count }, (_, at) => {
    const number = from + at;
    const word = (step: number) => WORDS[(number * step + (number >> 3)) % WORDS.length];
    const paper = makePaper({
      id: `p${number}`,
      title: `On ${word(1)} ${word(3)} number ${number}`,
      abstract: `We study ${word(7)} and ${word(9)} in depth.`,
      authors: [`Ada Author${number % 7}`, 'Bo Common'],
      categories: [`cs.A${number % 3}`],
      published: `${2000 + (number % 20)}-03`,
    });
    return { paper, vector: vectors[number - 1] as Float32Array };
  });
}

export async function builtIndex(dir: string, papers: readonly IndexedPaper[]): Promise<void> {
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert(papers);
  await engine.checkpoint();
  await engine.close();
}

/** What each migration after the first has made. */
const TABLES_OF: Readonly<Record<number, readonly string[]>> = {
  2: ['texts'],
  3: ['title_words', 'author_words', 'authors', 'categories'],
  4: ['records'],
  5: ['names'],
  6: ['arrivals'],
};

/** Takes out of a store what migrations after the given one have made: 1 had no texts, 2 no suggestions. */
export function downgrade(dir: string, version: 1 | 2 | 4): void {
  const db = new Database(join(dir, 'papers.db'));
  for (const [at, tables] of Object.entries(TABLES_OF)) {
    if (Number(at) > version) db.exec(tables.map((table) => `DROP TABLE ${table};`).join(''));
  }
  db.exec('DROP INDEX papers_votes');
  db.pragma(`user_version = ${version}`);
  db.close();
}

/** What an engine answers to a few fixed questions, by public ids: equal answers mean equal content. */
export async function answersOf(engine: Pick<Engine, 'lexical' | 'semantic' | 'papers'>): Promise<unknown> {
  const terms = [{ term: 'quantum', weight: 1 }];
  const lexical = await engine.lexical(terms, { filter: {}, limit: 50 });
  const filtered = await engine.lexical(terms, { filter: { authors: ['author3'], from: '2005' }, limit: 50 });
  const probe = somePapers(1, 4)[0]?.vector as Float32Array;
  const semantic = await engine.semantic(probe, { filter: {}, limit: 20 });
  const ids = async (docIds: Uint32Array) => (await engine.papers([...docIds])).map((paper) => paper?.id);
  return {
    total: lexical.total,
    lexical: await ids(lexical.docIds),
    filtered: await ids(filtered.docIds),
    semantic: await ids(semantic.docIds),
  };
}
