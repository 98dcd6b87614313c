/** Whatever stands in a paper, a file of citations stays whole: every entry is there, and nothing more. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { citePapers } from '../../src/citations/cite-papers.ts';
import { entryOffsets, monthAbbreviations, readEntry } from '../../src/ingest/bibtex-entry.ts';
import { latexText } from '../../src/ingest/latex-text.ts';
import { oneLine } from '../../src/paper/normalize-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { paperOf } from './papers.ts';

const PIECES = [
  ...'{}\\$%&#_^~"\'`@,=-<>()[]*|!?:; \n\r\t\0',
  ...[
    '@article{x, ',
    '\nER  - \n',
    'TY  - JOUR',
    '\\end',
    '\\input{x}',
    '$x$',
    '$\\alpha_{1}$',
    ' and ',
    ' AND ',
  ],
  ...[
    'é',
    '漢',
    '\u202e',
    '\u2028',
    '\ud800',
    '<i>',
    '</div>',
    '&#38;',
    'Word',
    'lower',
    'a',
    'B',
    '1',
    '--',
    '``',
  ],
];
const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 24 })
  .map((pieces) => pieces.join(''))
  .filter((text) => oneLine(text) !== '');
const papers = fc
  .record({
    title: hostile,
    authors: fc.array(hostile, { maxLength: 3 }),
    venue: fc.option(hostile, { nil: 'Nature' }),
    journalRef: hostile,
    abstract: hostile,
    doi: hostile.map((text) => `10.1000/${text.replace(/\s/g, '')}`),
  })
  .map((fields) => fields as Partial<Paper>);
const lists = fc
  .uniqueArray(fc.tuple(hostile, papers), { minLength: 1, maxLength: 4, selector: ([id]) => oneLine(id) })
  .map((all) => all.map(([id, fields]) => paperOf({ ...fields, id })));

function titlesIn(bibtex: string): string[] {
  const titles: string[] = [];
  for (let rest = bibtex; entryOffsets(rest).length > 0; ) {
    const from = entryOffsets(rest)[0] ?? 0;
    const { entry, length } = readEntry(rest.slice(from), monthAbbreviations());
    titles.push(latexText(entry?.fields.get('title') ?? ''));
    rest = rest.slice(from + length);
  }
  return titles;
}

/** How many braces are open before each entry; NaN once more were closed than opened. BibTeX counts escaped ones too. */
function depthsIn(bibtex: string): number[] {
  const depths: number[] = [];
  let depth = 0;
  for (const [sign] of bibtex.matchAll(/[{}]|^@/gm)) {
    if (sign === '@') depths.push(depth);
    else depth += sign === '{' ? 1 : -1;
    if (depth < 0) depth = Number.NaN;
  }
  return depths;
}

it('keeps BibTeX whole, and every title what it was', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const text = await citePapers(list, { format: 'bibtex', withAbstracts: true });
      expect(titlesIn(text)).toEqual(list.map(({ title }) => oneLine(title)));
      expect(depthsIn(text)).toEqual(list.map(() => 0));
    }),
    { numRuns: 150 },
  );
});

it('keeps RIS whole: a tag at the start of every line, one title and one end each', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const text = await citePapers(list, { format: 'ris', withAbstracts: true });
      const lines = text.split('\n').filter((line) => line !== '');
      for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
      expect(lines.filter((line) => line.startsWith('TY  - '))).toHaveLength(list.length);
      expect(lines.filter((line) => line === 'ER  - ')).toHaveLength(list.length);
      expect(lines.filter((line) => line.startsWith('TI  - ')).map((line) => line.slice(6))).toEqual(
        list.map(({ title }) => oneLine(title)),
      );
    }),
    { numRuns: 150 },
  );
});

it('keeps keys plain and apart', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const items: { 'citation-key': string }[] = JSON.parse(await citePapers(list, { format: 'csl' }));
      const keys = items.map((item) => item['citation-key']);
      for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9]*$/);
      expect(new Set(keys).size).toBe(list.length);
    }),
    { numRuns: 150 },
  );
});

it.each(['text', 'markdown'] as const)('prints hostile papers as %s, a line each', async (format) => {
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const lines = (await citePapers(list, { format })).split('\n').filter((line) => line !== '');
      expect(lines).toHaveLength(list.length);
      if (format === 'markdown') expect(lines.join('')).not.toMatch(/(?<!\\)<(?!\/?(?:i|b)>)[a-z/]/i);
    }),
    { numRuns: 20 },
  );
});

it.each(['{', '\\', '$', '$a', '\n@article{', 'A ', 'x'])('is done with a megabyte of %j', async (piece) => {
  const title = piece.repeat(1_000_000 / piece.length);
  const list = [paperOf({ title, authors: [title.slice(0, 10_000)] })];
  const text = await citePapers(list, { format: 'bibtex' });
  expect(text.match(/^@/gm)).toHaveLength(1);
  expect(await citePapers(list, { format: 'ris' })).toContain('\nER  - \n');
});
