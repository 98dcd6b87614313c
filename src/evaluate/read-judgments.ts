/** Judgments as tab-separated lines: query, paper, grade. BEIR's header line is passed over. */
import type { PaperId } from '../paper/paper.ts';
import { readLines } from './read-lines.ts';

/** By query, then by paper. A grade above 0 says that the paper is relevant, and how much. */
export type Judgments = ReadonlyMap<string, ReadonlyMap<PaperId, number>>;

const HEADER = /^query[-_]?id\t/i;
const GRADE = /^[+-]?\d{1,9}$/;

/** ROW_INVALID for a line that is no judgment, or contradicts one above. */
export async function readJudgments(path: string): Promise<Judgments> {
  const judgments = new Map<string, Map<PaperId, number>>();
  let isFirst = true;
  for await (const { text, refuse } of readLines(path)) {
    const isHeader = isFirst && HEADER.test(text);
    isFirst = false;
    if (isHeader) continue;
    const [query = '', paper = '', grade = '', ...rest] = text.split('\t').map((field) => field.trim());
    if (query === '' || paper === '' || !GRADE.test(grade) || rest.length > 0) {
      refuse('a judgment is query, paper and a whole number, with tabs between them');
    }
    const grades = judgments.get(query) ?? new Map<PaperId, number>();
    const earlier = grades.get(paper);
    if (earlier !== undefined && earlier !== Number(grade)) {
      refuse(`paper ${paper} has grade ${earlier} for query ${query} above`);
    }
    judgments.set(query, grades.set(paper, Number(grade)));
  }
  return judgments;
}
