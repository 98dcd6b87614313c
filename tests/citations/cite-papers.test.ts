import { describe, expect, it } from 'vitest';
import { citePapers } from '../../src/citations/cite-papers.ts';
import { ATTENTION, DEEP_LEARNING, ISOTROPY, paperOf } from './papers.ts';

const bibtex = (...papers: Parameters<typeof paperOf>) =>
  citePapers(papers.map(paperOf), { format: 'bibtex' });

describe('BibTeX', () => {
  it('writes preprints, articles and conference papers', async () => {
    expect(await citePapers([ATTENTION, DEEP_LEARNING, ISOTROPY], { format: 'bibtex' })).toBe(
      `@misc{vaswani2017attention,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish and Kaiser, Łukasz},
  year = {2017},
  month = jun,
  day = 12,
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/1706.03762}
}

@article{lecun2015deep,
  title = {Deep learning},
  author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  journal = {Nature},
  volume = {521},
  number = {7553},
  pages = {436--444},
  year = {2015},
  month = may,
  doi = {10.1038/nature14539}
}

@inproceedings{rajaee2021fine,
  title = {How Does Fine-tuning Affect the Geometry of Embedding Space},
  author = {Rajaee, Sara and Pilehvar, Mohammad Taher},
  booktitle = {Findings},
  year = {2021},
  doi = {10.18653/v1/2021.findings-emnlp.261},
  url = {https://aclanthology.org/2021.findings-emnlp.261/}
}
`,
    );
  });

  it.each([
    ['100% of A&B #1_x', String.raw`100\% of {A\&B} \#1\_x`],
    ['BERT and GPT-4 for iPhone', '{BERT} and {GPT-4} for {iPhone}'],
    ['The $\\Lambda$CDM model of $^{12}$C', 'The {$\\Lambda$CDM} model of {$^{12}$C}'],
    ['costs $5 or $10', String.raw`costs \$5 or \$10`],
    [
      'W_{\\infty} ~ x^2',
      String.raw`W\_\lbrace{}\textbackslash{}infty\rbrace{} \textasciitilde{} x\textasciicircum{}2`,
    ],
    ['$\\input{/etc/passwd}$', String.raw`\$\textbackslash{}input\lbrace{}/etc/passwd\rbrace{}\$`],
    ['$^^5cinput x$', String.raw`\$\textasciicircum{}\textasciicircum{}5cinput x\$`],
    ['$a{b$ c}', String.raw`\$a\lbrace{}b\$ c\rbrace{}`],
    ["a -- b ``c''", "a -{}- b `{}`c'{}'"],
    ['é ß 漢字', 'é ß 漢字'],
    ['two\nlines\u0000\u202e', 'two lines'],
  ])('escapes %j', async (title, written) => {
    expect(await bibtex({ title })).toContain(`  title = {${written}},\n`);
  });

  it('keeps organisations and odd names whole, and says that there are more', async () => {
    const authors = ['ATLAS Collaboration', 'Barnes and Noble', 'Ludwig van Beethoven', 'M. L. King Jr.'];
    expect(await bibtex({ authors, authorCount: 9 })).toContain(
      'author = {{ATLAS Collaboration} and {Barnes and Noble} and van Beethoven, Ludwig and King, Jr., M. L. and others}',
    );
  });

  it('cites a journal only under its own year', async () => {
    const journalRef = 'Phys. Rev. D 47, 2517 (1993)';
    const id = 'hep-th/9209049';
    expect(await bibtex({ id, journalRef, published: '1992-09-14' })).toMatch(
      /^@misc[\s\S]*note = \{Phys\. Rev\. D 47, 2517 \(1993\)\}/,
    );
    expect(await bibtex({ id, journalRef, published: '1993' })).toMatch(
      /^@article[\s\S]*journal = \{Phys\. Rev\. D\},\n {2}volume = \{47\}/,
    );
  });

  it.each([
    ['NeurIPS 2017', 'inproceedings'],
    ['Proceedings of the 9th Workshop on Things', 'inproceedings'],
    ['Proceedings of the National Academy of Sciences', 'article'],
    ['Annals of Mathematics', 'article'],
    ['bioRxiv', 'misc'],
  ])('takes a paper of %s for @%s', async (venue, kind) => {
    expect(await bibtex({ venue })).toMatch(new RegExp(`^@${kind}\\{`));
  });

  it('names the id where no other field does, and encodes what would end the field', async () => {
    expect(await bibtex({ id: 'my}id{\\' })).toContain('pharosid = {my%7Did%7B%5C}');
    expect(await bibtex({ id: '10.1/a}b', doi: '10.1/a}b' })).toContain('doi = {10.1/a%7Db}');
  });
});

describe('citation keys', () => {
  const keysOf = async (...papers: ReturnType<typeof paperOf>[]) =>
    [...(await citePapers(papers, { format: 'bibtex' })).matchAll(/@\w+\{([^,]*),/g)].map(([, key]) => key);

  it.each([
    [
      { authors: ['Erwin Schrödinger'], published: '1926', title: 'An Undulatory Theory' },
      'schrodinger1926undulatory',
    ],
    [{ authors: ['王小明'], published: '2020', title: '漢字' }, 'ref2020x1'],
    [{ title: '漢字' }, 'refx1'],
    [{ title: '3D vision' }, 'ref3d'],
    [{ authors: ['The ATLAS Collaboration'], title: 'The Higgs' }, 'atlashiggs'],
  ])('are made of what is known: %j', async (fields, key) => {
    expect(await keysOf(paperOf(fields))).toEqual([key]);
  });

  it('are unique, the same in every order, and the same for a paper that stands alone', async () => {
    const alike = ['a', 'b', 'c'].map((id) => paperOf({ ...ATTENTION, id }));
    const keys = await keysOf(...alike, ATTENTION, DEEP_LEARNING);
    expect(new Set(keys).size).toBe(5);
    expect(keys[4]).toBe('lecun2015deep');
    expect((await keysOf(DEEP_LEARNING, ATTENTION, ...alike.toReversed())).toReversed()).toEqual([
      ...keys.slice(0, 3),
      ...keys.slice(3),
    ]);
    expect(await keysOf(ATTENTION, ATTENTION)).toEqual(['vaswani2017attention']);
  });
});

it('writes RIS', async () => {
  expect(await citePapers([ATTENTION, DEEP_LEARNING], { format: 'ris', withAbstracts: true })).toBe(
    `TY  - UNPB
ID  - vaswani2017attention
TI  - Attention Is All You Need
AU  - Vaswani, Ashish
AU  - Kaiser, Łukasz
PY  - 2017
DA  - 2017/06/12
PB  - arXiv
UR  - https://arxiv.org/abs/1706.03762
AN  - 1706.03762
M1  - arXiv:1706.03762
AB  - We propose a network.
ER  - 

TY  - JOUR
ID  - lecun2015deep
TI  - Deep learning
AU  - LeCun, Yann
AU  - Bengio, Yoshua
AU  - Hinton, Geoffrey
PY  - 2015
DA  - 2015/05/
T2  - Nature
VL  - 521
IS  - 7553
SP  - 436
EP  - 444
DO  - 10.1038/nature14539
AN  - 10.1038/nature14539
ER  - 
`,
  );
});

it('writes CSL-JSON', async () => {
  const paper = paperOf({ ...ATTENTION, authors: ['Ludwig van Beethoven', 'ATLAS Collaboration'] });
  expect(JSON.parse(await citePapers([paper, paperOf()], { format: 'csl' }))).toEqual([
    {
      id: '1706.03762',
      'citation-key': 'beethoven2017attention',
      type: 'article',
      title: 'Attention Is All You Need',
      author: [
        { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' },
        { literal: 'ATLAS Collaboration' },
      ],
      issued: { 'date-parts': [[2017, 6, 12]] },
      publisher: 'arXiv',
      number: 'arXiv:1706.03762',
      URL: 'https://arxiv.org/abs/1706.03762',
    },
    { id: 'x1', 'citation-key': 'title', type: 'article', title: 'A Title' },
  ]);
});

it.each(['bibtex', 'ris', 'text', 'markdown'] as const)('writes nothing of nothing as %s', async (format) => {
  expect(await citePapers([], { format })).toBe('');
});

it('writes abstracts only when asked, and never those that are not the authors’', async () => {
  const theirs = paperOf({ abstract: 'Costs 5 %.' });
  const ours = paperOf({ abstract: 'Costs 5 %.', abstractBy: 'Pharos' });
  for (const format of ['bibtex', 'ris', 'csl'] as const) {
    expect(await citePapers([theirs], { format, withAbstracts: true })).toContain('Costs');
    expect(await citePapers([theirs], { format })).not.toContain('Costs');
    expect(await citePapers([ours], { format, withAbstracts: true })).not.toContain('Costs');
  }
});
