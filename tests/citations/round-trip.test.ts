/**
 * Every paper comes back from its citation with the same title, authors, year and id, read by parsers that know
 * nothing of Pharos. Needs a Python with bibtexparser and rispy, named by CITATION_PYTHON; `.ci/run` makes one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { citePapers } from '../../src/citations/cite-papers.ts';
import { personName, spokenName } from '../../src/citations/person-name.ts';
import { readPapers } from '../../src/ingest/open-source.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { brief, rowsOf } from '../ingest/sources.ts';
import { ATTENTION, DEEP_LEARNING, ISOTROPY, paperOf } from './papers.ts';

const PYTHON = process.env.CITATION_PYTHON;
const SCRIPT = resolve(import.meta.dirname, '../../scripts/parse-citations.py');
const CORPORA = ['arxiv-100k', 'acl-52k', 'ml-1000', 'seed-47'].map(
  (name) => `../shared/corpora/${name}.jsonl.gz`,
);
/** One in so many is taken whatever it holds, and all that are odd. */
const EVERY = 200;
const ODD_TITLE = /[\\{}%&#_~^]|``|''|--|^\P{L}|\$[^$]*$/u;
const ODD_NAME =
  /[\p{N}()[\]{}\\,:;@&]|^\S+$|^(?:\S+ ){5}|\bvan\b|\bde\b|\b(?:Jr|II+|IV)\b|Collaboration|\p{Lo}/u;
const MOST_ODD = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'pharos-citations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly key: string;
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: string;
}

async function readBack(papers: readonly Paper[], format: 'bibtex' | 'ris'): Promise<Read[]> {
  const file = join(folder, `papers.${format}`);
  writeFileSync(file, await citePapers(papers, { format, withAbstracts: papers.length < 100 }));
  const printed = execFileSync(PYTHON ?? '', [SCRIPT, format, file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Names turned round come back in order: `Lovelace, Ada` and `Ada Lovelace` are one. */
function essence({ id, title, authors, published = '' }: Paper) {
  const names = authors.map((name) => spokenName(personName(name)));
  return { id, title: title.replaceAll('ˆ', '^'), authors: names, year: published.slice(0, 4) };
}

function expectSame(read: readonly Read[], papers: readonly Paper[]): void {
  const came = read.map(({ id, title, authors, year }) => ({
    id,
    title: title.replaceAll('ˆ', '^'),
    authors,
    year,
  }));
  const lost = papers.map(essence).filter((want, at) => JSON.stringify(want) !== JSON.stringify(came[at]));
  expect(lost.slice(0, 5)).toEqual([]);
  expect(read).toHaveLength(papers.length);
  expect(new Set(read.map(({ key }) => key)).size).toBe(papers.length);
}

async function sampleOf(path: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  let at = 0;
  let odd = 0;
  for await (const row of readPapers(path)) {
    if (!('paper' in row)) continue;
    const { title, authors } = row.paper;
    const isOdd = odd < MOST_ODD && (ODD_TITLE.test(title) || authors.some((name) => ODD_NAME.test(name)));
    if (isOdd) odd += 1;
    if (isOdd || at % EVERY === 0) papers.push(row.paper);
    at += 1;
  }
  return papers;
}

/** A comma divides a name in RIS, without any way to say otherwise. */
const isSayable = ({ authors }: Paper) =>
  !authors.map(personName).some((name) => 'whole' in name && name.whole.includes(','));

const ODD: readonly Paper[] = [
  ATTENTION,
  DEEP_LEARNING,
  ISOTROPY,
  paperOf({ id: 'odd-1', title: 'Braces } open { and \\ 100 % #1 _x_ ~ ^2 $5 or $6', abstract: 'a } b' }),
  paperOf({
    id: 'odd-2',
    title: "@article{x, title={y}} -- ``quoted'' ?` <b>",
    authors: ['Plato', 'C. -P. Yuan'],
  }),
  paperOf({
    id: 'odd}3',
    title: 'The $\\Lambda_{x}$CDM $^{12}$C',
    authors: ['王小明', 'Ludwig van Beethoven'],
  }),
  paperOf({
    id: 'odd-4',
    title: 'TY - JOUR',
    authors: ['ATLAS Collaboration', 'Barnes and Noble', 'M. King Jr.'],
  }),
  paperOf({
    id: 'odd-5',
    title: '{',
    authors: ['A B C D E F G H I J', 'de Broglie', 'Acme } {'],
    published: '1924-11',
  }),
];

describe.skipIf(PYTHON === undefined).each(['bibtex', 'ris'] as const)(
  'citations as %s come back (skipped unless CITATION_PYTHON is set)',
  (format) => {
    it('from odd papers', async () => {
      const read = await readBack(ODD, format);
      expectSame(read, ODD);
      const types = format === 'ris' ? ['UNPB', 'JOUR', 'CONF'] : ['misc', 'article', 'inproceedings'];
      expect(read.slice(0, 3).map(({ type }) => type)).toEqual(types);
    }, 30_000);

    it.each(CORPORA)(
      'from %s (skipped without ../shared)',
      async (path) => {
        if (!existsSync(path)) return console.warn(`${path} is not here: skipped`);
        const papers = (await sampleOf(path)).filter((paper) => format === 'bibtex' || isSayable(paper));
        expectSame(await readBack(papers, format), papers);
      },
      120_000,
    );
  },
);

describe.each(['bibtex', 'ris', 'csl'] as const)('what was exported as %s', (format) => {
  it('can be added elsewhere', async () => {
    const papers = [ATTENTION, ISOTROPY, DEEP_LEARNING];
    const rows = await rowsOf(await citePapers(papers, { format }));
    const read = rows.map((row) => ('paper' in row ? row.paper : brief(row)));
    // Of a paper of the ACL the DOI is what a reader of RIS goes by.
    const ids = papers.map(({ id, doi }) => (format === 'ris' ? (id === ATTENTION.id ? id : doi) : id));
    expect(read).toMatchObject(papers.map(({ title, authors }, at) => ({ id: ids[at], title, authors })));
  });
});
