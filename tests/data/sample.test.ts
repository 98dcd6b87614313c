import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArxivId } from '../../src/paper/arxiv-id.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { dateRange } from '../../src/paper/partial-date.ts';
import { titleKey } from '../../src/paper/title-key.ts';

const LINES = readFileSync('data/sample.jsonl', 'utf8').trimEnd().split('\n');
const PAPERS = LINES.map((line): Paper => normalizePaper(JSON.parse(line)));

const LANDMARKS =
  '1706.03762 1810.04805 1512.03385 2005.14165 1412.6980 1312.6114 1406.2661 2006.11239 1301.3781 1603.09320 ' +
  '1908.10084 1602.03837 hep-th/9711200 quant-ph/9508027 math/0211159';

const without = (test: (paper: Paper) => boolean) =>
  PAPERS.filter((paper) => !test(paper)).map(({ id }) => id);
const archiveOf = (category = '') => category.split('.')[0];
const sentencesIn = (text: string) => text.split(/(?<=[.!?])\s+(?=[A-Z0-9"“(])/).length;

/** Months since the year 0. */
const monthOf = (date: number) => Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100);

/** The month in which arXiv gave out an id: `YYMM.number` or `archive/YYMMNNN`. */
function arxivMonth(id: string): number | undefined {
  const digits = parseArxivId(id) && /(?:^|\/)(\d\d)(\d\d)/.exec(id);
  if (!digits) return undefined;
  const year = Number(digits[1]);
  return (year > 90 ? 1900 + year : 2000 + year) * 12 + Number(digits[2]);
}

describe('the sample papers', () => {
  it('are at least 300, from at least ten fields', () => {
    expect(PAPERS.length).toBeGreaterThanOrEqual(300);
    const perField = new Map<string | undefined, number>();
    for (const { categories } of PAPERS) {
      const field = archiveOf(categories[0]);
      perField.set(field, (perField.get(field) ?? 0) + 1);
    }
    expect([...perField.values()].filter((papers) => papers >= 5).length).toBeGreaterThanOrEqual(10);
  });

  it('have the landmarks among them', () => {
    expect(PAPERS.map(({ id }) => id)).toEqual(expect.arrayContaining(LANDMARKS.split(' ')));
  });

  it('are written in normal form, by date and id', () => {
    expect(LINES).toEqual(PAPERS.map((paper) => JSON.stringify(paper)));
    const order = PAPERS.map(({ published, id }) => `${published} ${id}`);
    expect(order).toEqual([...order].sort());
  });

  it('have authors, a date, a category, a venue and an address', () => {
    const isComplete = ({ authors, published, categories, venue, url }: Paper) =>
      authors.length > 0 && published !== undefined && categories.length > 0 && !!venue && !!url;
    expect(without(isComplete)).toEqual([]);
  });

  it('have summaries of two to four sentences, marked as ours', () => {
    const isOurs = ({ abstract, abstractBy }: Paper) =>
      abstractBy === 'Pharos' && sentencesIn(abstract) >= 2 && sentencesIn(abstract) <= 4;
    expect(without(isOurs)).toEqual([]);
  });

  it('are all different, by id and by title', () => {
    expect(new Set(PAPERS.map(({ id }) => id)).size).toBe(PAPERS.length);
    expect(new Set(PAPERS.map(({ title }) => titleKey(title))).size).toBe(PAPERS.length);
  });

  it('were published within a month of what their arXiv id says', () => {
    const isNear = ({ id, published = '' }: Paper) => {
      const month = arxivMonth(id);
      if (month === undefined) return true;
      const { first, last } = dateRange(published);
      return monthOf(first) - 1 <= month && month <= monthOf(last) + 1;
    };
    expect(without(isNear)).toEqual([]);
    expect(PAPERS.filter(({ id }) => arxivMonth(id) !== undefined).length).toBeGreaterThan(200);
  });
});
