/**
 * Highlights in every script that the shared corpora hold: in UTF-16 units of the passage, ascending, apart, never
 * inside a character or an entity, and always on something that was asked.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPapers } from '../../src/ingest/open-source.ts';
import type { Passage } from '../../src/search/answer.ts';
import { PassageFinder } from '../../src/search/passage.ts';
import { terms } from '../../src/text/analyze.ts';

const CORPORA = ['arxiv-100k', 'acl-52k', 'ml-1000'].map((name) => `../shared/corpora/${name}.jsonl.gz`);
const areHere = CORPORA.every(existsSync);
/** Those there are in papers; whatever is found beyond them counts as `other`. */
const SCRIPTS =
  `Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada
  Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic Khmer Mongolian Hiragana Katakana Han`.split(
    /\s+/,
  );
const PATTERNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ...SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const),
  ['marks', /\p{M}/u],
  ['astral', /[\u{10000}-\u{10ffff}]/u],
  ['pictures', /\p{Extended_Pictographic}/u],
  ['entities', /&(?:#\d+|[a-z]+);/iu],
  [
    'other',
    new RegExp(
      `(?=\\p{L})[^${SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}\\p{Script=Common}]`,
      'u',
    ),
  ],
];
const TEXTS_OF_A_SCRIPT = 60;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

async function textsByScript(): Promise<Map<string, string[]>> {
  const texts = new Map<string, string[]>();
  for (const path of CORPORA) {
    for await (const row of readPapers(path)) {
      if (!('paper' in row)) continue;
      const text = `${row.paper.title}. ${row.paper.abstract}`;
      for (const [name, pattern] of PATTERNS) {
        const found = texts.get(name) ?? [];
        if (found.length < TEXTS_OF_A_SCRIPT && pattern.test(text)) texts.set(name, [...found, text]);
      }
    }
  }
  return texts;
}

/** Everything, every third word, and some of the last words alone. */
function questionsAbout(text: string): string[][] {
  const all = [...new Set(terms(text))];
  return [all, all.filter((_, at) => at % 3 === 0), ...all.slice(-4).map((term) => [term])];
}

function expectSound({ text, highlights }: Passage, asked: ReadonlySet<string>): void {
  const cuts = new Set([...Array.from(segmenter.segment(text), ({ index }) => index), text.length]);
  for (const { 0: entity, index } of text.matchAll(ENTITY)) {
    for (let at = index + 1; at < index + entity.length; at += 1) cuts.delete(at);
  }
  let before = -1;
  for (const [start, end] of highlights) {
    expect(start).toBeGreaterThan(before);
    expect(end).toBeGreaterThan(start);
    expect([cuts.has(start), cuts.has(end), text.slice(start, end)]).toEqual([true, true, expect.anything()]);
    expect(terms(text.slice(start, end)).some((term) => asked.has(term))).toBe(true);
    before = end;
  }
}

describe('highlights', () => {
  it.skipIf(!areHere)('are sound in every script of the shared corpora', { timeout: 120_000 }, async () => {
    const texts = await textsByScript();
    for (const name of ['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Han', 'Telugu', 'marks', 'entities']) {
      expect(texts.has(name)).toBe(true);
    }
    for (const text of new Set([...texts.values()].flat())) {
      for (const asked of questionsAbout(text)) {
        const passage = new PassageFinder(new Map(asked.map((term) => [term, 1]))).best(text);
        if (passage) expectSound(passage, new Set(asked));
      }
    }
  });
});
