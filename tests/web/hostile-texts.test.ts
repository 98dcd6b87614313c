/** Everybody's texts through every page, in every place where there is one: they are shown, and are nothing else. */
import { describe, expect, it } from 'vitest';
import { MAX_NAME_LENGTH } from '../../src/paper/author-names.ts';
import { MAX_CATEGORY_LENGTH } from '../../src/paper/category-list.ts';
import { MAX_ID_LENGTH } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import type { Subscription } from '../../src/sync/subscription.ts';
import { ANSWER, FakeSearcher, fakeEngine, RECOMMENDED } from '../api/test-server.ts';
import { readMarkup } from './markup.ts';
import { startPages } from './start-pages.ts';

const OVERRIDE = '\u202e';
const MAX_LINE = 2_000;
const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script>',
  'the end of an element': '</title></textarea></pre></a></code><script>alert(1)</script>',
  'the end of an attribute': '" onmouseover="alert(1)" x="',
  'the other quote': "' onfocus='alert(1)' autofocus x='",
  handler: '"><svg onload=alert(1)><img src=x onerror=alert(1)>',
  comment: '<!-- --><![CDATA[ ]]><?php ?>',
  entities: '&#60;script&#62;&lt;b&gt;&amp;lt;&quot;&nbsp;&bogus;',
  address: 'javascript:alert(1)',
  backticks: '`<b>`x`',
  'bidi override': `abc ${OVERRIDE}evil\u2067\u202b \u0627\u0644\u0639`,
  controls: 'a\u0001b\u0008c\u001bd\u2028e\ufefff',
  'formula with a link': '$\\href{javascript:alert(1)}{x}$ $\\url{javascript:alert(1)}$',
  'formula with markup': '$\\htmlClass{x}{y}$ $\\text{<script>alert(1)</script>}$ \\(<b>\\)',
  'formula that grows': `$${'\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\d\\d}\\def\\d{\\a\\a}\\a'}$`,
  'formulas nested': `$${'{'.repeat(240)}${'}'.repeat(240)}$ $${'\\sqrt{'.repeat(70)}x${'}'.repeat(70)}$`,
  'formulas without end': '\\('.repeat(100_000),
  'dollars without end': '$ $'.repeat(50_000),
  'a megabyte': 'x'.repeat(1 << 20),
  'as many signs as an abstract may have': '<"&\'>'.repeat(20_000),
};

/** No longer than papers in an index are, but for title and abstract, which may be as long as they like. */
function paperOf(text: string): Paper {
  const name = text.slice(0, MAX_NAME_LENGTH - 1);
  const line = text.slice(0, MAX_LINE);
  return {
    ...{ id: text.slice(0, MAX_ID_LENGTH), title: text, abstract: text, abstractBy: line },
    ...{ authors: [name, 'A', 'B', 'C', `${name}!`], categories: [text.slice(0, MAX_CATEGORY_LENGTH)] },
    ...{ keywords: [line], venue: line, url: line, code: line, published: '2026-11-20' },
    doi: `10.1000/${text.slice(0, 100)}`,
  };
}

function answerOf(text: string): SearchAnswer {
  const [hit] = ANSWER.hits;
  if (!hit) throw new Error('the answer has no hit');
  const paper = paperOf(text);
  const passage = { text, highlights: [[0, 2]] as const };
  const line = text.slice(0, MAX_LINE);
  const values = [{ value: line, count: 1, within: [{ value: `${line}.x`, count: 1 }] }];
  const facet = { distinct: 1, missing: 0, values };
  const others = [{ id: paper.id, title: text, why: 'title' as const }];
  return {
    ...ANSWER,
    hits: [{ ...hit, paper, match: { ...hit.match, passage }, others }],
    notes: [{ code: 'LOW_CONFIDENCE', message: line }],
    didYouMean: [{ typed: 'attention', meant: [line] }],
    facets: { year: facet, category: facet, author: facet, venue: facet, source: facet, code: facet },
    next: line,
  };
}

function sourceOf(text: string): Subscription {
  const at = '2026-11-24T06:00:00.000Z';
  const counts = { added: 0, updated: 0, removed: 0, unchanged: 0, faulty: 0, embedded: 0 };
  return {
    ...{
      name: text,
      spec: text,
      schedule: '0 6 * * *',
      isPaused: false,
      added: at,
      failures: 9,
      failingSince: at,
    },
    last: { started: at, ended: at, outcome: 'failed', ...counts, failure: { code: text, message: text } },
  };
}

function mapOf(text: string) {
  const region = { words: [text, `${text} `, '<b>'], x: 1, y: 2, papers: 1 };
  const head = { index: text, generation: 0, laidOut: 1, years: [{ from: 1999, to: 2001 }] };
  const bytes = Uint8Array.of(1);
  const columns = { docIds: Uint32Array.of(1), places: Uint16Array.of(1, 2) };
  return {
    head: { ...head, categories: [text], regions: [region] },
    columns: { ...columns, categories: bytes, years: bytes, landmarks: bytes },
  };
}

async function start(text: string) {
  const searcher = new FakeSearcher();
  searcher.answer = async () => answerOf(text);
  const paper = paperOf(text);
  const status = await fakeEngine().status();
  const hits = [{ rank: 1, score: null, paper }];
  const list = { from: '2026-11-20', to: '2026-11-20', total: 1, basis: 'date' as const, hits, tookMs: 1 };
  const [found] = RECOMMENDED.hits;
  if (!found) throw new Error('nothing is recommended');
  return startPages({
    searcher,
    engine: {
      ...fakeEngine(),
      get: async () => [paper],
      papers: async () => [paper],
      lookup: async (keys) => keys.map(() => [1]),
      records: async () => [[{ source: String(paper.venue), taken: '2026-11-01', paper }]],
      status: async () => ({ ...status, index: 'i', space: { ...status.space, name: String(paper.venue) } }),
    },
    lists: {
      daily: async () => list,
      trending: async () => list,
      calendar: async () => [{ day: '2026-11-20', count: 1 }],
    },
    recommender: {
      recommend: async () => ({
        ...RECOMMENDED,
        themes: [{ words: [paper.venue ?? ''], papers: 1, examples: [] }],
        hits: [{ ...found, paper, because: [{ id: null, title: text, similarity: 0.5 }] }],
      }),
    },
    sources: async () => [sourceOf(text.slice(0, MAX_LINE))],
    maps: { read: async () => mapOf(text.slice(0, MAX_LINE)) },
  });
}

/** Each page, with what is asked of it hostile too as far as an address has room. */
function pathsWith(text: string): [path: string, status: number][] {
  const q = encodeURIComponent(text.slice(0, 300));
  return [
    ['/', 200],
    [`/search?q=${q}&category=${q}&author=${q}&venue=${q}`, 200],
    ['/papers/1706.03762', 200],
    ['/papers/1706.03762?more=a&less=b', 200],
    ['/papers?date=2026-11-20', 200],
    [`/related?text=${q}`, 200],
    [`/related?text=${encodeURIComponent('1706.03762\n2401.99999')}`, 200],
    ['/map', 200],
    [`/map?q=${q}`, 200],
    ['/status', 200],
    [`/subscribe?q=${q}&category=${q}`, 200],
    [`/search?q=a&limit=${q}`, 400],
    [`/papers?date=${q}`, 400],
  ];
}

const ALLOWED_ADDRESS = /^(?:\/(?!\/)|#|https?:\/\/|data:,$)/;
const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'srcset', 'data']);
const HARMLESS =
  /^(?:html|head|meta|title|link|body|a|header|search|form|label|input|button|nav|span|main|footer|div|p|h[1-3]|ul|ol|li|article|details|summary|strong|mark|code|section|aside|svg|rect|circle|line|select|option|dl|dt|dd|kbd|time|meter|table|caption|thead|tbody|tr|th|td|figure|figcaption|fieldset|legend|canvas|noscript|textarea|pre|m[a-z]+)$/;

function expectHarmless(html: string): void {
  // Its contents are JSON; that they hold no sign of markup is asserted where they are read.
  const withoutData = html.replace(/<script type="application\/ld\+json">([^<>&]*)<\/script>/, '');
  const { elements, texts } = readMarkup(withoutData);
  expect([...new Set(elements.map(({ name }) => name))].filter((name) => !HARMLESS.test(name))).toEqual([]);
  for (const { name, attributes } of elements) {
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(attribute, name).not.toMatch(/^(?:on|style$|srcdoc$)/i);
      if (ADDRESSES.has(attribute)) expect(value.slice(0, 100)).toMatch(ALLOWED_ADDRESS);
    }
  }
  const loose = texts.filter(({ text, within }) => text.includes(OVERRIDE) && !within.some(isIsolated));
  expect(loose.map(({ text, within }) => [within.at(-1)?.name, text])).toEqual([]);
}

/** The description of the paper for programs, which holds no sign that could end its element. */
function dataIn(html: string): unknown {
  return JSON.parse(html.match(/<script type="application\/ld\+json">([^<>&]*)<\/script>/)?.[1] ?? '');
}

/** Where what turns the direction of letters ends with the element. */
function isIsolated({ name, attributes }: { name: string; attributes: Readonly<Record<string, string>> }) {
  return attributes.dir === 'auto' || ['title', 'textarea', 'code', 'pre'].includes(name);
}

describe('texts that would be more than texts', () => {
  it.each(Object.entries(HOSTILE))('are shown and are nothing else: %s', async (_, text) => {
    const { page } = await start(text);
    for (const [path, status] of pathsWith(text)) {
      const { answer, html } = await page(path);
      expect([path.slice(0, 40), answer.status]).toEqual([path.slice(0, 40), status]);
      expectHarmless(html);
      if (path === '/papers/1706.03762')
        expect(dataIn(html)).toMatchObject({ headline: text, abstract: text });
    }
  });
});
