import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/ingest/detect-format.ts';
import { brief, rowsOf } from './sources.ts';

const COLLECTION = `<?xml version='1.0' encoding='UTF-8'?>
<collection id="2023.acl">
  <volume id="long" ingest-date="2023-07-08" type="proceedings">
    <meta>
      <booktitle>Proceedings of a Meeting on <fixed-case>W</fixed-case>ords (Volume 1)</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor>
      <month>July 9-14</month><year>2023</year><venue>acl</venue>
      <url hash="0">2023.acl-long</url>
    </meta>
    <frontmatter><url hash="1">2023.acl-long.0</url><bibkey>x</bibkey></frontmatter>
    <paper id="1">
      <!-- https://aclanthology.org/2023.acl-long.1/ -->
      <title><fixed-case>P</fixed-case>arsing in <tex-math>O(n^3)</tex-math> with <b>S</b>tyle &amp; <span class="acl-fixed-case">BERT</span></title>
      <author id="ada"><first>Ada B.</first><last>Fox</last><affiliation>Somewhere</affiliation><variant script="hani"><first>甲</first><last>乙</last></variant></author>
      <author><first/><last>Prince</last></author>
      <editor><first>Not</first><last>Author</last></editor>
      <pages>1-15</pages>
      <abstract>We show <i>that</i> it is so.<br/>And more, see <url>https://example.org/x</url>.</abstract>
      <url hash="2">2023.acl-long.1</url>
      <doi>10.18653/v1/2023.acl-long.1</doi>
      <pwccode url="https://github.com/x/y" additional="false">x/y</pwccode>
    </paper>
    <paper id="2"><title>Without an address</title></paper>
    <paper id="3"><title>Withdrawn later</title><url>2023.acl-long.3</url><retracted date="2024-01-01">Copied.</retracted></paper>
  </volume>
  <volume id="short">
    <meta><booktitle>Short ones</booktitle><year>2022</year></meta>
    <paper id="1"><title>Short</title><url>2023.acl-short.1</url></paper>
  </volume>
  <event id="acl-2023"><meta><title>A Meeting</title><year>1999</year></meta></event>
</collection>
`;

describe('XML of the ACL Anthology', () => {
  it('is recognised, and gives everything that is kept of a paper', async () => {
    expect(detectFormat(COLLECTION)).toBe('acl');
    expect((await rowsOf(COLLECTION))[0]).toEqual({
      place: { file: '-', line: 11 },
      source: 'acl',
      paper: {
        id: '2023.acl-long.1',
        title: 'Parsing in $O(n^3)$ with Style & BERT',
        abstract: 'We show that it is so. And more, see https://example.org/x.',
        authors: ['Ada B. Fox', 'Prince'],
        categories: [],
        published: '2023-07-09',
        venue: 'Proceedings of a Meeting on Words (Volume 1)',
        url: 'https://aclanthology.org/2023.acl-long.1',
        doi: '10.18653/v1/2023.acl-long.1',
        code: 'https://github.com/x/y',
      },
    });
  });

  it('gives every paper of every volume, with what its volume says', async () => {
    const rows = await rowsOf(COLLECTION);
    expect(rows.map((row) => 'paper' in row && [row.paper.id, row.paper.published, row.paper.venue])).toEqual(
      [
        ['2023.acl-long.1', '2023-07-09', expect.stringContaining('Meeting')],
        ['2023.acl-long.2', '2023-07-09', expect.stringContaining('Meeting')],
        ['2023.acl-long.3', '2023-07-09', expect.stringContaining('Meeting')],
        ['2023.acl-short.1', '2022', 'Short ones'],
      ],
    );
    expect(rows[2]).toMatchObject({ paper: { comment: 'Retracted: Copied.' } });
  });

  it('before 2020 names papers by letter, year and number; journals are venues', async () => {
    const old = `<collection id="J98"><volume id="1"><meta><booktitle>Volume 24</booktitle><journal-title>A Journal</journal-title>
<journal-volume>24</journal-volume><journal-issue>1</journal-issue><year>1998</year></meta>
<paper id="1"><title>Old</title><pages>3-4</pages><url>J98-1001</url></paper><paper id="2"><title>Older</title></paper></volume></collection>`;
    const rows = await rowsOf(old);
    expect(rows[0]).toMatchObject({
      paper: { id: 'J98-1001', venue: 'A Journal', journalRef: 'A Journal 24(1), 3-4' },
    });
    expect(rows[1]).toMatchObject({ paper: { id: expect.stringMatching(/^title:/) } });
  });

  it('with a broken paper loses that paper only', async () => {
    const rows = await rowsOf(
      COLLECTION.replace('<title>Without an address</title>', '<title>&bomb;</oops>'),
    );
    expect(rows.map(brief)).toEqual([
      expect.stringMatching(/^11 Parsing/),
      expect.stringMatching(/^23 !The record is broken XML: /),
      '24 Withdrawn later',
      expect.stringMatching(/ Short$/),
    ]);
  });
});
