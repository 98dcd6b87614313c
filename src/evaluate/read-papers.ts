/**
 * The papers of a judged collection. Unlike an import this keeps every id as it is written, because judgments name
 * papers by it and small numbers must not be taken for something else, and takes papers without a title, because
 * they are judged too.
 */
import { isAppError } from '../fault/app-error.ts';
import { normalizePaper } from '../paper/normalize-paper.ts';
import type { Paper } from '../paper/paper.ts';
import { idIn, type Line, parseObject, readLines } from './read-lines.ts';

/** Stands in for a title that is missing while the paper is normalised. */
const NO_TITLE = '-';

/** ROW_INVALID for a row that is no paper, and for an id that comes twice. */
export async function readJudgedPapers(path: string): Promise<Paper[]> {
  const papers = new Map<string, Paper>();
  for await (const line of readLines(path)) {
    const paper = paperIn(line);
    if (papers.has(paper.id)) line.refuse(`there is a paper ${paper.id} above already`);
    papers.set(paper.id, paper);
  }
  return [...papers.values()];
}

function paperIn(line: Line): Paper {
  const { text, ...row } = parseObject(line);
  const id = idIn(row, line);
  const abstract = row.abstract ?? text ?? '';
  const title = row.title ?? '';
  if (typeof title !== 'string' || typeof abstract !== 'string') {
    return line.refuse('title and text must be strings');
  }
  if (`${title}${abstract}`.trim() === '') line.refuse(`paper ${id} has neither a title nor a text`);
  const hasTitle = title.trim() !== '';
  try {
    const paper = normalizePaper({ ...row, id: 'judged', abstract, title: hasTitle ? title : NO_TITLE });
    return { ...paper, id, title: hasTitle ? paper.title : '' };
  } catch (error) {
    if (isAppError(error, 'ROW_INVALID')) return line.refuse(error.message);
    throw error;
  }
}
