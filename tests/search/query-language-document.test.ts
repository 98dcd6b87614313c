/** Every example of docs/query-language.md, asked of the sample that comes with Pharos. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { matchesFilter, PAPER_PARTS } from '../../src/engine/filter.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import { FIELD_NAMES } from '../../src/search/query-fields.ts';
import { readQuestion } from '../../src/search/read-question.ts';
import { type Library, makeLibrary } from './fixtures.ts';

const DOCUMENT = readFileSync('docs/query-language.md', 'utf8');
const SAMPLE = readFileSync('data/sample.jsonl', 'utf8');
const CODE = /`([^`\n]+)`/g;

function rows(pattern: RegExp): string[] {
  return [...DOCUMENT.matchAll(pattern)].map(([, found = '']) => found);
}

/** Of the table at the top: the first code of each row. */
const FINDING = rows(/^\| `([^`]+)` \| (?!for instance)[^`|]*(?:\||`|;)/gm).filter(
  (code) => !/^[A-Z_]+$/.test(code),
);
const NOTED = [...DOCUMENT.matchAll(/^\| `([A-Z_]+)` \| `([^`]+)`/gm)].map(([, code = '', example = '']) => [
  code,
  example,
]);
const TEXT = DOCUMENT.split('No string is an error.')[1]?.split('\n')[0] ?? '';

let library: Library;

beforeAll(async () => {
  const papers = SAMPLE.trim()
    .split('\n')
    .map((line) => normalizePaper(JSON.parse(line)));
  // The sample knows no code.
  library = await makeLibrary(
    papers.map((paper) => (paper.id === '1706.03762' ? { ...paper, code: 'https://code.example' } : paper)),
  );
});

describe('docs/query-language.md', () => {
  it('has examples', () => {
    expect(FINDING.length).toBeGreaterThanOrEqual(19);
    expect(NOTED).toHaveLength(4);
    expect(rows(CODE).length).toBeGreaterThan(50);
  });

  it.each(FINDING)('finds papers by %s, and only what it restricts to', async (query) => {
    const { filter, near, far, text } = readQuestion(query);
    const answer = await library.searcher.search({ query, limit: 100 });
    expect(answer.notes).toEqual([]);
    expect(answer.total).toBeGreaterThan(0);
    expect(answer.hits.every(({ paper }) => matchesFilter(paper, filter))).toBe(true);
    expect(text).not.toMatch(/[":]/);
    for (const id of [...near, ...far]) expect(answer.hits.some(({ paper }) => paper.id === id)).toBe(false);
  });

  it.each(NOTED)('notes %s for %s', async (code, query) => {
    expect((await library.searcher.search({ query })).notes).toMatchObject([{ code }]);
  });

  it('names the codes there are', () => {
    const codes = rows(/^\| `([A-Z_]+)` \|/gm);
    expect(codes).toEqual([
      'FIELD_UNKNOWN',
      'VALUE_UNREADABLE',
      'PAPER_UNKNOWN',
      'READ_AS_PROSE',
      'TOO_MANY_PARTS',
    ]);
  });

  it('names every field and every part', () => {
    for (const name of FIELD_NAMES) expect(DOCUMENT).toContain(`\`${name}:`);
    for (const part of PAPER_PARTS) expect(DOCUMENT).toContain(`\`has:${part}\``);
  });

  it('takes for text what it says is text', () => {
    const examples = [...TEXT.matchAll(CODE)].map(([, code = '']) => code);
    expect(examples.length).toBeGreaterThan(5);
    for (const example of examples) expect(readQuestion(example)).toMatchObject({ isPlain: true, notes: [] });
  });

  it('holds no code that is an error', async () => {
    const questions = rows(CODE).filter((code) => /[\p{L}\p{N}]/u.test(code));
    for (const query of questions) await library.searcher.search({ query, mode: 'keyword' });
  });
});
