/** PubMed's E-utilities in the stand-in: a search that keeps its result under a name, and pages of articles. */
import type { StandInPaper } from './stand-in-services.ts';
import { escaped } from './stand-in-xml.ts';

const FIRST_NUMBER = 38_000_000;
const DOCTYPE =
  '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">';

export interface LiteratureQuestion {
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly papers: readonly StandInPaper[];
}

export function pubmedAnswer({ path, parameters, papers }: LiteratureQuestion): {
  body: string;
  type: string;
} {
  if (path === 'esearch.fcgi')
    return { body: JSON.stringify(foundBy(parameters, papers)), type: 'application/json' };
  return { body: articles(parameters, papers), type: 'text/xml; charset=UTF-8' };
}

/** The name says which days the result is of, so that nothing has to be kept. */
function foundBy(parameters: URLSearchParams, papers: readonly StandInPaper[]) {
  const [from = '', to = '9'] = ['mindate', 'maxdate'].map(
    (name) => parameters.get(name)?.replaceAll('/', '-') ?? undefined,
  );
  const count = within(papers, from, to).length;
  return {
    header: { type: 'esearch', version: '0.3' },
    esearchresult: {
      count: String(count),
      retmax: '0',
      retstart: '0',
      querykey: '1',
      webenv: `MCID_${from}_${to}`,
      idlist: [],
      ...(parameters.get('term')?.includes('xyzzy') && { errorlist: { phrasesnotfound: ['xyzzy'] } }),
    },
  };
}

function articles(parameters: URLSearchParams, papers: readonly StandInPaper[]): string {
  const numbers = parameters.get('id')?.split(',');
  if (numbers) {
    const known = numbers.flatMap((number) => {
      const paper = papers[Number(number) - FIRST_NUMBER];
      return paper ? article(paper, Number(number)) : [];
    });
    return known.length > 0
      ? articleSet(known)
      : refused('ID list is empty! In it there are neither IDs nor accessions.');
  }
  const [, from = '', to = ''] = (parameters.get('WebEnv') ?? '').split('_');
  const start = Number(parameters.get('retstart'));
  const found = within(papers, from, to).slice(start, start + Number(parameters.get('retmax')));
  return articleSet(found.map((paper) => article(paper, FIRST_NUMBER + papers.indexOf(paper))));
}

function within(papers: readonly StandInPaper[], from: string, to: string): StandInPaper[] {
  return papers.filter(({ stamp }) => stamp >= from && stamp <= to);
}

export function refused(words: string): string {
  return `<?xml version="1.0" encoding="UTF-8" ?><!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd"><eFetchResult><ERROR>${words}</ERROR></eFetchResult>`;
}

function articleSet(inside: readonly string[]): string {
  return `<?xml version="1.0" ?>\n${DOCTYPE}\n<PubmedArticleSet>${inside.join('\n')}</PubmedArticleSet>\n`;
}

function article({ id, title, abstract, authors, versions }: StandInPaper, number: number): string {
  const [year, month, day] = (versions[0] ?? '').split('-');
  const people = authors.map((name) => {
    const [first = '', last = ''] = name.split(' ');
    return `<Author ValidYN="Y"><LastName>${escaped(last)}</LastName><ForeName>${escaped(first)}</ForeName></Author>`;
  });
  return `<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">${number}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>${year}</Year><Month>${month}</Month><Day>${day}</Day></PubDate></JournalIssue><Title>Journal of things</Title></Journal>
<ArticleTitle>${escaped(title)}.</ArticleTitle><Abstract><AbstractText>${escaped(abstract)}</AbstractText></Abstract>
<AuthorList>${people.join('')}</AuthorList><Language>eng</Language></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">${number}</ArticleId><ArticleId IdType="doi">10.1000/${id}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>`;
}
