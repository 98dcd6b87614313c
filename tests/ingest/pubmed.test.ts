import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/ingest/detect-format.ts';
import { brief, rowsOf } from './sources.ts';

const PROLOGUE = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
`;
const REFERENCES =
  '<ReferenceList><Reference><Citation>Cited.</Citation><ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId></ArticleIdList></Reference></ReferenceList>';

const FULL = `<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM">
    <PMID Version="1">38000001</PMID>
    <DateRevised><Year>2025</Year><Month>02</Month><Day>03</Day></DateRevised>
    <Article PubModel="Print-Electronic">
      <Journal>
        <JournalIssue CitedMedium="Internet"><Volume>30</Volume><Issue>2</Issue>
          <PubDate><Year>2024</Year><Month>Mar</Month></PubDate></JournalIssue>
        <Title>The journal of things</Title><ISOAbbreviation>J Things</ISOAbbreviation>
      </Journal>
      <ArticleTitle>Growth of <i>E. coli</i> at CO<sub>2</sub> &lt; 5% &amp; more in the U.S.A.</ArticleTitle>
      <Pagination><MedlinePgn>101-10</MedlinePgn></Pagination>
      <ELocationID EIdType="doi" ValidYN="Y">10.1000/Things.1</ELocationID>
      <Abstract>
        <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Why <b>this</b>
          matters.</AbstractText>
        <AbstractText Label="UNLABELLED">And &#x3b2;.</AbstractText>
        <CopyrightInformation>Somebody owns it.</CopyrightInformation>
      </Abstract>
      <AuthorList CompleteYN="Y">
        <Author ValidYN="N"><LastName>Fxo</LastName><ForeName>Ada</ForeName></Author>
        <Author ValidYN="Y"><LastName>Fox</LastName><ForeName>Ada B</ForeName><Initials>AB</Initials><Suffix>Jr</Suffix></Author>
        <Author ValidYN="Y"><CollectiveName>Things Study Group</CollectiveName></Author>
      </AuthorList>
      <Language>eng</Language>
      <PublicationTypeList><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
      <ArticleDate DateType="Electronic"><Year>2023</Year><Month>12</Month><Day>05</Day></ArticleDate>
    </Article>
    <MeshHeadingList>
      <MeshHeading><DescriptorName MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
      <MeshHeading><DescriptorName MajorTopicYN="N">Bacteria</DescriptorName><QualifierName MajorTopicYN="Y">growth</QualifierName></MeshHeading>
    </MeshHeadingList>
    <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">culture <i>in vitro</i></Keyword></KeywordList>
  </MedlineCitation>
  <PubmedData><ArticleIdList><ArticleId IdType="pubmed">38000001</ArticleId></ArticleIdList>${REFERENCES}</PubmedData>
</PubmedArticle>`;

/** A small record with what is given inside its article. */
function article(pmid: number, inside: string, ids = ''): string {
  return `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article>${inside}</Article></MedlineCitation><PubmedData><ArticleIdList>${ids}</ArticleIdList>${REFERENCES}</PubmedData></PubmedArticle>`;
}
const titled = (title: string) => `<ArticleTitle>${title}</ArticleTitle>`;
const set = (...records: string[]) => `${PROLOGUE}${records.join('\n')}\n</PubmedArticleSet>\n`;

async function paperOf(record: string) {
  const [row, ...others] = await rowsOf(set(record));
  expect(others).toEqual([]);
  if (row === undefined || !('paper' in row)) throw new Error(row && brief(row));
  return row.paper;
}

describe('XML of PubMed', () => {
  it('is recognised, and gives everything that is kept of an article', async () => {
    expect(detectFormat(set(FULL))).toBe('pubmed');
    expect(await rowsOf(set(FULL))).toEqual([
      {
        place: { file: '-', line: expect.any(Number) },
        source: 'pubmed',
        paper: {
          id: '10.1000/things.1',
          doi: '10.1000/things.1',
          title: 'Growth of E. coli at CO2 < 5% & more in the U.S.A.',
          abstract: 'BACKGROUND: Why this matters. And β.',
          authors: ['Ada B Fox Jr', 'Things Study Group'],
          categories: [],
          published: '2023-12-05',
          venue: 'The journal of things',
          journalRef: 'J Things 30(2), 101-10',
          url: 'https://pubmed.ncbi.nlm.nih.gov/38000001/',
          language: 'eng',
          keywords: ['culture in vitro', 'Bacteria'],
          comment: 'Retracted Publication',
        },
      },
    ]);
  });

  it('is the same when it is packed', async () => {
    const records = set(FULL, article(2, titled('Two.')));
    expect(await rowsOf(gzipSync(records))).toEqual(await rowsOf(records));
  });

  it.each([
    ['its DOI in the list of ids', titled('T'), '<ArticleId IdType="doi">10.1000/A</ArticleId>', '10.1000/a'],
    [
      'arXiv, by the DOI of a preprint',
      titled('T'),
      '<ArticleId IdType="doi">10.48550/arXiv.2401.00001</ArticleId>',
      '2401.00001',
    ],
    ['its number where there is no DOI', titled('T'), '', 'pmid:7'],
    [
      'its number where the DOI is known to be wrong',
      `${titled('T')}<ELocationID EIdType="doi" ValidYN="N">10.1000/x</ELocationID>`,
      '',
      'pmid:7',
    ],
  ])('names a paper by %s', async (_, inside, ids, id) => {
    expect((await paperOf(article(7, inside, ids))).id).toBe(id);
  });

  it.each([
    ['[A title that was translated].', 'A title that was translated'],
    ['[A title that was translated.]', 'A title that was translated'],
    ['Is it so?', 'Is it so?'],
    ['On vitamin A.', 'On vitamin A.'],
    ['And so on...', 'And so on...'],
  ])('brings the title %s', async (written, title) => {
    expect((await paperOf(article(7, titled(written)))).title).toBe(title);
  });

  it('takes the title in its own language where there is no other', async () => {
    const inside = `${titled('[Not Available].')}<VernacularTitle>Über Dinge.</VernacularTitle>`;
    expect((await paperOf(article(7, inside))).title).toBe('Über Dinge');
  });

  it.each([
    ['<Year>2019</Year>', '2019'],
    ['<Year>2019</Year><Month>Feb</Month><Day>30</Day>', '2019-02'],
    ['<Year>2019</Year><Season>Winter</Season>', '2019'],
    ['<MedlineDate>1998 Dec-1999 Jan</MedlineDate>', '1998-12'],
    ['<MedlineDate>Winter</MedlineDate>', undefined],
    ['', undefined],
  ])('reads the date of an issue %s', async (date, published) => {
    const journal = `<Journal><JournalIssue><PubDate>${date}</PubDate></JournalIssue></Journal>`;
    expect((await paperOf(article(7, journal + titled('T')))).published).toBe(published);
  });

  it('holds chapters of books too', async () => {
    const chapter = `<PubmedBookArticle><BookDocument><PMID Version="1">9</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><BookTitle>A book of things</BookTitle><PubDate><Year>2001</Year></PubDate></Book>
<ArticleTitle>Chapter one</ArticleTitle><AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList>
<AuthorList Type="authors"><Author><LastName>Writer</LastName><ForeName>Ann</ForeName></Author></AuthorList>
<Abstract><AbstractText>What it says.</AbstractText></Abstract></BookDocument></PubmedBookArticle>`;
    expect(await paperOf(chapter)).toMatchObject({
      id: 'pmid:9',
      title: 'Chapter one',
      authors: ['Ann Writer'],
      venue: 'A book of things',
      published: '2001',
      abstract: 'What it says.',
    });
  });

  it('with a broken record loses that record only, and says where it was', async () => {
    const broken = '<PubmedArticle><MedlineCitation><PMID>3</PMID></Wrong></PubmedArticle>';
    const untitled = article(4, '<Journal/>');
    const rows = await rowsOf(set(article(2, titled('Two')), broken, untitled, article(5, titled('Five'))));
    expect(rows.map(brief)).toEqual([
      expect.stringMatching(/ Two$/),
      expect.stringMatching(/^5 !The record is broken XML: /),
      '6 !The title is missing',
      '7 Five',
    ]);
  });

  it('that is cut off gives what came before, and says what it lost', async () => {
    const text = set(article(2, titled('Two')), article(3, titled('Three')));
    const rows = await rowsOf(text.slice(0, text.indexOf('Three') + 3));
    expect(rows.map(brief)).toEqual([
      expect.stringMatching(/ Two$/),
      expect.stringMatching(/^5 !The record is broken XML: unclosed tag/),
    ]);
  });

  it('never resolves an entity of its own', async () => {
    const bomb = `<!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<PubmedArticleSet>${article(1, titled('&b;'))}${article(2, titled('&x;'))}${article(3, titled('Fine'))}</PubmedArticleSet>`;
    const rows = await rowsOf(bomb);
    expect(rows.map((row) => 'fault' in row)).toEqual([true, true, false]);
    expect(JSON.stringify(rows)).not.toMatch(/root:|aaaa/);
  });

  it('refuses what is nested without end', async () => {
    const deep = article(1, '<a>'.repeat(5_000) + '</a>'.repeat(5_000));
    expect((await rowsOf(set(deep))).map(brief)).toEqual([expect.stringContaining('too many elements')]);
  });

  it('takes 10,000 authors', async () => {
    const people = Array.from(
      { length: 10_000 },
      (_, at) => `<Author><LastName>Last${at}</LastName></Author>`,
    );
    const inside = `${titled('T')}<AuthorList>${people.join('')}</AuthorList>`;
    expect((await paperOf(article(7, inside))).authors).toHaveLength(10_000);
  });
});
