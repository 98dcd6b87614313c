import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/ingest/detect-format.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { brief, rowsOf } from './sources.ts';

async function papersIn(text: string): Promise<Paper[]> {
  return (await rowsOf(text)).map((row) => {
    if (!('paper' in row)) throw new Error(brief(row));
    return row.paper;
  });
}

describe('BibTeX', () => {
  const LIBRARY = String.raw`% Encoding: UTF-8
A remark, as BibTeX allows.
@string{nat = "Nature"}
@comment{jabref-meta: databaseType:bibtex;}
@preamble{ "\newcommand{\x}{y}" }

@article{lecun2015,
  title    = {The {\'E}tale {DNA} of $\alpha_{1}$-nets: \textit{C. elegans} \& M{\"u}ller's ${'``'}way''},
  author   = {van Beethoven, Ludwig and von der M{\"u}hlen, Jr., Ada and Donald~E. Knuth and {The {ATLAS} and CMS Collaborations} and others},
  journal  = nat, volume = 521, number = 7553, pages = {436--444},
  month    = jun # "~12", year = 2015,
  doi      = {10.1000/a\_b}, keywords = {deep learning; nets, vision},
  abstract = "Quoted {"}text{"} with {\ss} and 50\% --- done.",
}
@misc{vaswani, title={{Attention Is All You Need}}, author="Vaswani, Ashish and Shazeer, Noam", year={2017},
  eprint={1706.03762v5}, archivePrefix={arXiv}, primaryClass={cs.CL}}
@article(scholar, title = "From Scholar", journal={arXiv preprint arXiv:1810.04805}, year={in press})
`;

  it('is recognised and read, LaTeX as it prints and mathematics as typed', async () => {
    expect(detectFormat(LIBRARY)).toBe('bibtex');
    expect(await papersIn(LIBRARY)).toEqual([
      {
        id: '10.1000/a_b',
        doi: '10.1000/a_b',
        title: "The Étale DNA of $\\alpha_{1}$-nets: C. elegans & Müller's “way”",
        authors: [
          'Ludwig van Beethoven',
          'Ada von der Mühlen Jr.',
          'Donald E. Knuth',
          'The ATLAS and CMS Collaborations',
        ],
        published: '2015-06-12',
        venue: 'Nature',
        journalRef: 'Nature 521(7553), 436–444',
        abstract: 'Quoted "text" with ß and 50% — done.',
        categories: [],
        tags: ['deep learning', 'nets', 'vision'],
      },
      {
        id: '1706.03762',
        version: 5,
        title: 'Attention Is All You Need',
        abstract: '',
        authors: ['Ashish Vaswani', 'Noam Shazeer'],
        published: '2017',
        categories: ['cs.CL'],
        venue: 'arXiv',
        url: 'https://arxiv.org/abs/1706.03762v5',
      },
      {
        id: '1810.04805',
        title: 'From Scholar',
        abstract: '',
        authors: [],
        categories: [],
        venue: 'arXiv',
        url: 'https://arxiv.org/abs/1810.04805',
      },
    ]);
  });

  it('makes a faulty row of a broken entry, with its line, and goes on', async () => {
    const rows = await rowsOf(`@article{one, title={One}}

@article{two,
  title = {Two never closes,
  year = 2001
}
@article{three, title={Three}, year}
@article{four,
  title={Four}, % a remark
  year=2004,
`);
    expect(rows.map(brief)).toEqual([
      '1 One',
      '3 !The entry two has no closing brace',
      '7 !The field "year" of the entry three has no "="',
      '8 !The entry four has no closing brace',
    ]);
  });

  it('lets an entry inherit from the one it refers to, which comes later', async () => {
    const papers = await papersIn(`@inproceedings{a, title={A}, crossref={P}}
@inproceedings{b, title={B}, crossref={nowhere}, year=1999}
@proceedings{p, title={Proc. of X}, year={2003}, doi={10.1000/proc}}`);
    expect(papers.map(({ title, venue, published, doi }) => ({ title, venue, published, doi }))).toEqual([
      { title: 'Proc. of X', published: '2003', doi: '10.1000/proc' },
      { title: 'A', venue: 'Proc. of X', published: '2003' },
      { title: 'B', published: '1999' },
    ]);
  });

  it('reads several entries on one line and addresses with an @ in them', async () => {
    const text =
      '@misc{a, title={A}, url={https://x.org/@{u}(v)}} @misc{b, title={B}, month={October--November}, year=1998}';
    expect((await papersIn(text)).map(({ title, published }) => [title, published])).toEqual([
      ['A', undefined],
      ['B', '1998-10'],
    ]);
  });
});

describe('RIS and its relatives', () => {
  it.each([
    [
      'RIS',
      `TY  - JOUR
AU  - LeCun, Yann
AU  - King, Martin L., Jr.
TI  - Deep learning
T2  - Nature
AB  - Two lines
that belong together.
PY  - 2015
DA  - 2015/05/27/
VL  - 521
IS  - 7553
SP  - 436
EP  - 444
DO  - https://doi.org/10.1038/nature14539
UR  - https://www.nature.com/x
KW  - nets
KW  - vision
ER  - 
`,
    ],
    [
      'EndNote',
      `%0 Journal Article
%A LeCun, Yann
%A King, Martin L., Jr.
%T Deep learning
%J Nature
%X Two lines
that belong together.
%D 2015
%8 2015-05-27
%V 521
%N 7553
%P 436-444
%R 10.1038/nature14539
%U https://www.nature.com/x
%K nets
vision
`,
    ],
    [
      'Web of Science',
      `FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU LeCun, Y
   King, ML
AF LeCun, Yann
   King, Martin L., Jr.
TI Deep
   learning
SO Nature
AB Two lines that belong together.
DE nets; vision
PD MAY 27
PY 2015
VL 521
IS 7553
BP 436
EP 444
DI 10.1038/nature14539
ER

EF
`,
    ],
    [
      'PubMed',
      `PMID- 26017442
OWN - NLM
VI  - 521
IP  - 7553
DP  - 2015 May 27
TI  - Deep learning
PG  - 436-444
LID - 10.1038/nature14539 [doi]
AB  - Two lines that belong
      together.
FAU - LeCun, Yann
AU  - LeCun Y
FAU - King, Martin L., Jr.
JT  - Nature
OT  - nets
OT  - vision
`,
    ],
  ])('%s is recognised and read', async (_, text) => {
    for (const form of [text, text.replaceAll('\n', '\r\n')]) {
      expect(detectFormat(form)).toBe('ris');
      const [paper, ...others] = await papersIn(form);
      expect(others).toEqual([]);
      expect(paper).toMatchObject({
        id: '10.1038/nature14539',
        doi: '10.1038/nature14539',
        title: 'Deep learning',
        abstract: 'Two lines that belong together.',
        authors: ['Yann LeCun', 'Martin L. King Jr.'],
        published: '2015-05-27',
        venue: 'Nature',
        journalRef: 'Nature 521(7553), 436-444',
      });
      expect(paper?.tags?.join(' ')).toBe('nets vision');
    }
  });

  it('makes faulty rows of records without a title and goes on without their ends', async () => {
    const rows = await rowsOf(
      'TY  - JOUR\nAU  - A, B\nER  - \n\nTY  - JOUR\nTI  - Two\nTY  - JOUR\nT1  - Three\nER  - \n',
    );
    expect(rows.map(brief)).toEqual(['1 !The title is missing', '5 Two', '7 Three']);
  });

  it('takes the arXiv id from the address', async () => {
    const [paper] = await papersIn(
      'TY  - PREP\nTI  - T\nUR  - http://arxiv.org/abs/hep-th/9711200v3\nER  - \n',
    );
    expect(paper).toMatchObject({ id: 'hep-th/9711200', version: 3 });
  });
});

const EXPECTED = {
  id: '10.1038/nature14539',
  title: 'Deep learning in C. elegans',
  abstract: 'About x < y & more.',
  authors: ['Yann LeCun', 'Ludwig van Beethoven', 'The ATLAS Collaboration'],
  published: '2015-05-27',
  venue: 'Nature',
  journalRef: 'Nature 521(7553), 436-444',
  tags: ['nets', 'vision'],
};

describe('CSL-JSON', () => {
  const item = {
    id: 'lecun',
    type: 'article-journal',
    title: 'Deep learning in <i>C. elegans</i>',
    abstract: '<jats:p>About x &lt; y &amp; more.</jats:p>',
    author: [
      { family: 'LeCun', given: 'Yann' },
      { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' },
      { literal: 'The ATLAS Collaboration' },
    ],
    issued: { 'date-parts': [['2015', 5, 27]] },
    'container-title': 'Nature',
    volume: 521,
    issue: '7553',
    page: '436-444',
    DOI: '10.1038/NATURE14539',
    keyword: 'nets, vision',
  };

  it.each([0, 2])('is recognised and read, indented by %i', async (indent) => {
    const text = JSON.stringify(
      [item, { id: 'b', type: 'book', title: 'B [1], {2}', issued: { raw: '1999' } }],
      null,
      indent,
    );
    expect(detectFormat(text)).toBe('csl');
    const papers = await papersIn(text);
    expect(papers).toMatchObject([EXPECTED, { title: 'B [1], {2}', published: '1999' }]);
  });

  it('names the line of a broken item and goes on', async () => {
    const text = `[\n  {"type": "book", "title": "One"},\n  {"type": "book", "title": },\n  {"type": "book"},\n  {"type": "book", "title": "Four"}\n]\n`;
    expect((await rowsOf(text)).map(brief)).toEqual([
      '2 One',
      expect.stringMatching(/^3 !The row is broken JSON/),
      '4 !The title is missing',
      '5 Four',
    ]);
  });
});

describe('Zotero', () => {
  const data = {
    key: 'ABCD2345',
    itemType: 'journalArticle',
    title: 'Deep learning in <i>C. elegans</i>',
    abstractNote: 'About x < y & more.',
    creators: [
      { creatorType: 'author', firstName: 'Yann', lastName: 'LeCun' },
      { creatorType: 'editor', firstName: 'Ed', lastName: 'Itor' },
      { creatorType: 'author', firstName: 'Ludwig', lastName: 'van Beethoven' },
      { creatorType: 'author', name: 'The ATLAS Collaboration' },
    ],
    date: '2015-05-27',
    publicationTitle: 'Nature',
    volume: '521',
    issue: '7553',
    pages: '436-444',
    DOI: '10.1038/nature14539',
    tags: [{ tag: 'nets' }, { tag: 'vision', type: 1 }],
  };
  const note = { itemType: 'note', note: '<p>mine</p>' };

  it.each([
    [
      'its API',
      [
        { key: 'A', version: 1, data },
        { key: 'B', data: note },
      ],
    ],
    ['Better BibTeX', { config: { id: 'x', list: [1] }, collections: {}, items: [data, note] }],
    [
      'Better BibTeX, the items first',
      { items: [note, data], collections: { C: { name: 'C', items: ['a'] } } },
    ],
  ])('is read as %s gives it', async (_, library) => {
    for (const indent of [0, 2]) {
      const text = JSON.stringify(library, null, indent);
      expect(detectFormat(text)).toBe('zotero');
      expect(await papersIn(text)).toMatchObject([EXPECTED]);
    }
  });

  const RDF = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
  <bib:Article rdf:about="#item_1">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:0028-0836"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>LeCun</foaf:surname><foaf:givenName>Yann</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>van Beethoven</foaf:surname><foaf:givenName>Ludwig</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>The ATLAS Collaboration</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <link:link rdf:resource="#item_2"/>
    <dc:subject>nets</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>vision</rdf:value></z:AutomaticTag></dc:subject>
    <dc:title>Deep learning in &lt;i&gt;C. elegans&lt;/i&gt;</dc:title>
    <dcterms:abstract>About x &lt; y &amp; more.</dcterms:abstract>
    <dc:date>2015-05-27</dc:date>
    <dc:identifier>DOI 10.1038/nature14539</dc:identifier>
    <bib:pages>436-444</bib:pages>
  </bib:Article>
  <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
  <bib:Journal rdf:about="urn:issn:0028-0836">
    <dc:title>Nature</dc:title><prism:volume>521</prism:volume><prism:number>7553</prism:number>
    <dc:identifier>ISSN 0028-0836</dc:identifier>
  </bib:Journal>
  <bib:Document rdf:about="https://arxiv.org/abs/1706.03762v5">
    <z:itemType>preprint</z:itemType>
    <dc:title>Attention</dc:title>
  </bib:Document>
  <bib:Document rdf:about="#item_9"><z:itemType>book</z:itemType><dc:title>Bomb &a;&x;</dc:title></bib:Document>
`;

  it('is read as its RDF export, whatever a DOCTYPE says', async () => {
    expect(detectFormat(RDF)).toBe('zotero-rdf');
    const rows = await rowsOf(`${RDF}</rdf:RDF>`);
    expect(rows.map(brief)).toEqual([
      '28 Attention',
      expect.stringMatching(/^32 !The item is broken XML: /),
      '6 Deep learning in C. elegans',
    ]);
    expect(rows.flatMap((row) => ('paper' in row ? [row.paper] : []))).toMatchObject([
      { id: '1706.03762' },
      EXPECTED,
    ]);
    expect(JSON.stringify(rows)).not.toContain('root:');
  });

  it('says of an RDF that is cut off which item it lost', async () => {
    const rows = await rowsOf(`${RDF}<bib:Book rdf:about="#item_10"><z:itemType>book</z:itemType><dc:ti`);
    expect(rows.map(brief)).toContain('33 !The item is broken XML: the file ends within it');
    expect(rows.map(brief)).toContain('28 Attention');
  });
});

describe('a list of ids', () => {
  it('is recognised and read as references', async () => {
    const list =
      '# mine\n1706.03762v5\nhttps://doi.org/10.1038/nature14539  # deep learning\n\nP18-1001\nwhat is this\n';
    expect(detectFormat(list)).toBe('ids');
    expect((await rowsOf(list)).map(brief)).toEqual([
      '2 =1706.03762',
      '3 =10.1038/nature14539',
      '5 =P18-1001',
      '6 !"what is this" is no arXiv id, DOI, ACL id or address of a paper',
    ]);
  });
});
