/**
 * Papers as citations, in the formats that reference managers read and in the words that people print. The one
 * function that the command line, the API and every other door call.
 */
import { AppError } from '../fault/app-error.ts';
import type { Paper } from '../paper/paper.ts';
import type { CitationFormat, CitationOptions } from './citation-formats.ts';
import { citationKeys } from './citation-keys.ts';
import { type CitedWork, citedWork } from './cited-work.ts';
import { cslItem } from './csl-item.ts';
import { bibtexEntry } from './write-bibtex.ts';
import { formatReferences } from './write-formatted.ts';
import { risRecord } from './write-ris.ts';

/**
 * In the order of the papers, each once; `text` and `markdown` in the order of the style. The same papers give the
 * same text. Ends in a line feed unless it is empty. Throws INPUT_INVALID for a style that is none, or that is given
 * to a format that has no styles.
 */
export async function citePapers(papers: readonly Paper[], options: CitationOptions): Promise<string> {
  const { format, style, withAbstracts = false } = options;
  const isFormatted = format === 'text' || format === 'markdown';
  if (style !== undefined && !isFormatted) {
    const message = `A style goes with text and markdown; ${format} has none.`;
    throw new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: 'style' }] });
  }
  if (!isFormatted) return writeReferences(papers, { format, withAbstracts });
  const each = eachOf(worksOf(papers, { withAbstracts }));
  const items = each((work, key) => cslItem(work.hasMoreAuthors ? withOthers(work) : work, key));
  return formatReferences(items, { style: style ?? 'apa', isMarkdown: format === 'markdown' });
}

/** What `citePapers` gives of the formats that programs read. */
export function writeReferences(
  papers: readonly Paper[],
  { format, withAbstracts = false }: ReferenceOptions,
): string {
  const each = eachOf(worksOf(papers, { withAbstracts }));
  if (format === 'bibtex') return each(bibtexEntry).join('\n');
  if (format === 'ris') return each(risRecord).join('\n');
  return `${JSON.stringify(each(cslItem), null, 2)}\n`;
}

interface ReferenceOptions {
  readonly format: Exclude<CitationFormat, 'text' | 'markdown'>;
  readonly withAbstracts?: boolean;
}

function worksOf(
  papers: readonly Paper[],
  { withAbstracts }: { readonly withAbstracts: boolean },
): CitedWork[] {
  const works = distinct(papers).map(citedWork);
  return withAbstracts ? works : works.map(withoutAbstract);
}

function eachOf(works: readonly CitedWork[]) {
  const keys = citationKeys(works);
  return <T>(write: (work: CitedWork, key: string) => T): T[] =>
    works.map((work, at) => write(work, keys[at] ?? ''));
}

function distinct(papers: readonly Paper[]): Paper[] {
  return [...new Map(papers.map((paper) => [paper.id, paper])).values()];
}

function withoutAbstract({ abstract: _, ...work }: CitedWork): CitedWork {
  return work;
}

/** A printed list of authors must not look complete when it is not. */
function withOthers(work: CitedWork): CitedWork {
  return work.authors.length === 0 ? work : { ...work, authors: [...work.authors, { whole: 'others' }] };
}
