/**
 * PubMed's XML, as its yearly files and its efetch give it: a set of articles and chapters of books, read one at a
 * time. Format: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { closed, elementBoundary } from './element-boundary.ts';
import { frames } from './frames.ts';
import { pubmedPaper } from './pubmed-article.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { parseElement } from './xml-element.ts';

const RECORDS = ['PubmedArticle', 'PubmedBookArticle'];
const RECORD_START = /<Pubmed(?:Book)?Article[\s>]/;
const [REFERENCES, REFERENCES_END] = ['<ReferenceList', '</ReferenceList>'];

/** Whether a text begins like PubMed's XML. */
export function isPubmed(head: string): boolean {
  return /<Pubmed(?:Book)?ArticleSet[\s>]/.test(head.slice(0, 4_096));
}

/** One Row for each article or chapter. */
export function readPubmed(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Row> {
  return readRows(frames(chunks, { boundary: elementBoundary(RECORDS) }), file, parseRecord);
}

/** Undefined for what stands around the records. */
function parseRecord(row: string): RawPaper | undefined {
  const start = row.search(RECORD_START);
  return start < 0 ? undefined : pubmedPaper(parseElement(withoutReferences(closed(row.slice(start)))));
}

/** The works an article cites are half of its record, and say nothing that is kept. They stand in one piece. */
function withoutReferences(record: string): string {
  const [from, to] = [record.indexOf(REFERENCES), record.lastIndexOf(REFERENCES_END)];
  return from < 0 || to < from ? record : record.slice(0, from) + record.slice(to + REFERENCES_END.length);
}
