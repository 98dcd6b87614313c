/** One article or chapter of PubMed as a record. */
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { journalReference } from './named-ids.ts';
import { elementAt, elementsIn, textAt, textWithin, type XmlElement } from './xml-element.ts';

const TITLE_MISSING = /^\[?not available\]?\.?$/i;
/** A title that was translated stands in brackets, with the full stop within or behind. */
const TRANSLATED = /^\[(.+?)\.?\]\.?$/s;
/** The full stop is PubMed's own; that of an abbreviation is not. */
const FULL_STOP = /(?<!\.|(?:^|[\s.])\p{Lu})\.$/u;
const NO_LABEL = /^unlabelled$/i;
const RETRACTED = 'Retracted Publication';

/**
 * Known by its DOI, else as `pmid:` and a number. Keywords are those of the authors, then the headings under which the
 * library put it as its main subjects.
 */
export function pubmedPaper(record: XmlElement): RawPaper {
  const citation = elementAt(record, 'MedlineCitation') ?? elementAt(record, 'BookDocument');
  const article = elementAt(citation, 'Article') ?? citation;
  const pmid = textAt(citation, 'PMID');
  const doi = doiOf(record, citation, article);
  const journal = elementAt(article, 'Journal');
  return {
    id: doi ?? (pmid && `pmid:${pmid}`),
    title: titleOf(article),
    abstract: abstractOf(article),
    authors: authorsOf(article),
    published: dateOf(elementAt(article, 'ArticleDate')) ?? dateOf(issueDate(article)),
    venue: textAt(journal, 'Title') ?? textAt(article, 'Book', 'BookTitle'),
    url: pmid && `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    doi,
    journalRef: journalReference({
      journal: textAt(journal, 'ISOAbbreviation') ?? textAt(journal, 'Title'),
      volume: textAt(journal, 'JournalIssue', 'Volume'),
      issue: textAt(journal, 'JournalIssue', 'Issue'),
      pages: textAt(article, 'Pagination', 'MedlinePgn') ?? textAt(article, 'Pagination', 'StartPage'),
    }),
    language: textAt(article, 'Language'),
    keywords: [...new Set([...keywordsOf(citation), ...headingsOf(citation)])],
    comment: isRetracted(article) ? RETRACTED : undefined,
  };
}

function doiOf(
  record: XmlElement,
  citation: XmlElement | undefined,
  article: XmlElement | undefined,
): string | undefined {
  const lists = [elementAt(record, 'PubmedData', 'ArticleIdList'), elementAt(citation, 'ArticleIdList')];
  const listed = lists
    .flatMap((list) => elementsIn(list, 'ArticleId'))
    .find(({ attributes }) => attributes.IdType === 'doi');
  const located = elementsIn(article, 'ELocationID').find(
    ({ attributes }) => attributes.EIdType === 'doi' && attributes.ValidYN !== 'N',
  );
  return textWithin(listed) ?? textWithin(located);
}

function titleOf(article: XmlElement | undefined): string | undefined {
  const names = [['ArticleTitle'], ['VernacularTitle'], ['Book', 'BookTitle']];
  const title = names
    .map((path) => textAt(article, ...path))
    .find((text) => text !== undefined && !TITLE_MISSING.test(text));
  return (TRANSLATED.exec(title ?? '')?.[1] ?? title)?.replace(FULL_STOP, '');
}

/** `BACKGROUND: ... METHODS: ...`, as PubMed's own pages show it; who holds the copyright is left out. */
function abstractOf(article: XmlElement | undefined): string {
  const sections = elementsIn(elementAt(article, 'Abstract'), 'AbstractText').map((section) => {
    const label = section.attributes.Label ?? '';
    const text = textWithin(section);
    return text === undefined || label === '' || NO_LABEL.test(label) ? text : `${label}: ${text}`;
  });
  return sections.filter((section) => section !== undefined).join(' ');
}

/** Groups stand among people. Names that were corrected stand there twice, the wrong one marked. */
function authorsOf(article: XmlElement | undefined): string[] {
  const list = elementsIn(article, 'AuthorList').find(({ attributes }) => attributes.Type !== 'editors');
  return elementsIn(list, 'Author')
    .filter(({ attributes }) => attributes.ValidYN !== 'N')
    .map((author) => {
      const first = textAt(author, 'ForeName') ?? textAt(author, 'Initials');
      const parts = [first, textAt(author, 'LastName'), textAt(author, 'Suffix')];
      return textAt(author, 'CollectiveName') ?? parts.filter(Boolean).join(' ');
    });
}

function issueDate(article: XmlElement | undefined): XmlElement | undefined {
  return elementAt(article, 'Journal', 'JournalIssue', 'PubDate') ?? elementAt(article, 'Book', 'PubDate');
}

/** In parts, or as the journal prints it: `1998 Dec-1999 Jan`. */
function dateOf(date: XmlElement | undefined): string | undefined {
  return looseDate({
    date: textAt(date, 'MedlineDate'),
    year: textAt(date, 'Year'),
    month: textAt(date, 'Month'),
    day: textAt(date, 'Day'),
  });
}

function keywordsOf(citation: XmlElement | undefined): string[] {
  return elementsIn(citation, 'KeywordList')
    .flatMap((list) => elementsIn(list, 'Keyword'))
    .flatMap((keyword) => textWithin(keyword) ?? []);
}

/** A heading is a main subject by itself or by one of its qualifiers. */
function headingsOf(citation: XmlElement | undefined): string[] {
  return elementsIn(elementAt(citation, 'MeshHeadingList'), 'MeshHeading')
    .filter((heading) => elementsIn(heading).some(({ attributes }) => attributes.MajorTopicYN === 'Y'))
    .flatMap((heading) => textAt(heading, 'DescriptorName') ?? []);
}

function isRetracted(article: XmlElement | undefined): boolean {
  return elementsIn(elementAt(article, 'PublicationTypeList'), 'PublicationType').some(
    (type) => textWithin(type) === RETRACTED,
  );
}
