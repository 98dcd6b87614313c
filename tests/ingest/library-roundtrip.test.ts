/** What libraries hold comes out as it went in, over papers of the shared corpora written in every format. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPapers } from '../../src/ingest/open-source.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { brief, rowsOf } from './sources.ts';

const CORPORA = ['arxiv-100k', 'acl-52k', 'ml-1000'].map((name) => `../shared/corpora/${name}.jsonl.gz`);
const PAPERS_EACH = 1_000;

async function papersOf(path: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const row of readPapers(path)) {
    if ('paper' in row) papers.push(row.paper);
    if (papers.length === PAPERS_EACH) break;
  }
  return papers;
}

/** Text as LaTeX prints it; what corpora hold of LaTeX is meant to be read as it stands. */
const escaped = (text: string) =>
  text
    .replace(/[\\~^{}$]/g, (sign) => NAMED[sign] ?? sign)
    .replace(/[&%#_]/g, '\\$&')
    .replace(/-(?=-)/g, '-{}')
    .replace(/([`'])(?=\1)/g, '$1{}');
const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
};
const xml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const html = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const year = ({ published = '' }: Paper) => published.slice(0, 4);
const address = ({ id }: Paper) => `https://arxiv.org/abs/${id}`;

const WRITERS: Readonly<Record<string, (papers: readonly Paper[]) => string>> = {
  bibtex: (papers) =>
    papers
      .map(
        (paper, at) =>
          `@misc{k${at},\n  title = {${escaped(paper.title)}},\n  author = {${paper.authors.map((name) => `{${escaped(name)}}`).join(' and ')}},\n  year = ${year(paper)},\n  ${link(paper)}\n}\n`,
      )
      .join('\n'),
  ris: (papers) =>
    papers
      .map((paper) =>
        [
          'TY  - GEN',
          `TI  - ${paper.title}`,
          ...paper.authors.map((name) => `AU  - ${name}`),
          `PY  - ${year(paper)}`,
          `UR  - ${linkOf(paper)}`,
          'ER  - ',
          '',
        ].join('\n'),
      )
      .join('\n'),
  csl: (papers) =>
    JSON.stringify(
      papers.map((paper) => ({
        type: 'article',
        title: html(paper.title),
        author: paper.authors.map((literal) => ({ literal })),
        issued: { 'date-parts': [[Number(year(paper))]] },
        URL: linkOf(paper),
      })),
    ),
  zotero: (papers) =>
    JSON.stringify(
      papers.map((paper) => ({
        data: {
          itemType: 'preprint',
          title: html(paper.title),
          creators: paper.authors.map((name) => ({ creatorType: 'author', name })),
          date: year(paper),
          url: linkOf(paper),
        },
      })),
    ),
  'zotero-rdf': (papers) =>
    `<rdf:RDF xmlns:rdf="r" xmlns:z="z" xmlns:dc="d" xmlns:bib="b" xmlns:foaf="f" xmlns:dcterms="t">${papers
      .map(
        (paper) => `<bib:Document rdf:about="${xml(linkOf(paper))}"><z:itemType>preprint</z:itemType>
<bib:authors><rdf:Seq>${paper.authors.map((name) => `<rdf:li><foaf:Person><foaf:surname>${xml(name)}</foaf:surname></foaf:Person></rdf:li>`).join('')}</rdf:Seq></bib:authors>
<dc:title>${xml(html(paper.title))}</dc:title><dc:date>${year(paper)}</dc:date></bib:Document>`,
      )
      .join('\n')}</rdf:RDF>`,
};

const isAcl = ({ id }: Paper) => /^(?:[A-Z]\d\d-|\d{4}\.[a-z])/.test(id) && !/^\d{4}\.\d/.test(id);
const linkOf = (paper: Paper) => (isAcl(paper) ? `https://aclanthology.org/${paper.id}/` : address(paper));
const link = (paper: Paper) =>
  isAcl(paper) ? `url = {${linkOf(paper)}}` : `eprint = {${paper.id}}, archivePrefix = {arXiv}`;
const essence = ({ id, title, authors, published = '' }: Paper) => [
  id,
  title,
  authors,
  published.slice(0, 4),
];

describe.each(Object.keys(WRITERS))('papers written as %s', (format) => {
  it.each(CORPORA)('come back from %s with title, authors, year and id', async (path) => {
    if (!existsSync(path)) return console.warn(`${path} is not here: skipped`);
    // A comma in a name divides it, in RIS without any way to say otherwise.
    const isSayable = ({ published, authors }: Paper) =>
      published !== undefined && !(format === 'ris' && authors.some((name) => name.includes(',')));
    const papers = (await papersOf(path)).filter(isSayable);
    const rows = await rowsOf(WRITERS[format]?.(papers) ?? '');
    const read = rows.map((row) => ('paper' in row ? essence(row.paper) : brief(row)));
    const differing = papers.flatMap((paper, at) =>
      JSON.stringify(read[at]) === JSON.stringify(essence(paper)) ? [] : [[essence(paper), read[at]]],
    );
    expect(differing.slice(0, 5)).toEqual([]);
    expect(read).toHaveLength(papers.length);
  });
});
