/** An answer as a list to read: what was found, where in the list it stands, and why it was found. */
import type { Paper } from '../paper/paper.ts';
import type { Explanation, Hit, Match, OtherPaper, Passage, SearchAnswer } from '../search/answer.ts';
import { countOf, paragraph } from './layout.ts';
import type { Palette } from './palette.ts';

export interface ListOptions {
  /** Columns; Infinity for no wrapping. */
  readonly width: number;
  readonly palette: Palette;
}

const MOST_NAMED = 3;
const NAMINGS = {
  id: 'named by its ID',
  doi: 'named by its DOI',
  title: 'named by its title',
  author: 'by the author named',
  text: 'the very text',
} as const;

const SAME: Readonly<Record<OtherPaper['why'], string>> = {
  id: 'same id',
  doi: 'same DOI',
  title: 'same title and authors',
  text: 'nearly the same text',
};

/** One block a hit, a blank line between them; the empty string where there is none. */
export function renderHits({ hits }: Pick<SearchAnswer, 'hits'>, options: ListOptions): string {
  const rankWidth = Math.max(2, ...hits.map(({ rank }) => String(rank).length));
  return hits.map((hit) => `${renderHit(hit, rankWidth, options)}\n`).join('\n');
}

/**
 * `Ashish Vaswani, Noam Shazeer, Niki Parmar and 5 others`, with at most `most` of them named; empty where nobody is
 * known.
 */
export function foldAuthors(
  { authors, authorCount }: Pick<Paper, 'authors' | 'authorCount'>,
  most = MOST_NAMED,
): string {
  const all = Math.max(authors.length, authorCount ?? 0);
  if (authors.length === 0) return all > 0 ? countOf(all, 'author') : '';
  const named = authors.slice(0, most);
  const others = all - named.length;
  return others > 0 ? `${named.join(', ')} and ${countOf(others, 'other')}` : named.join(', ');
}

/** Half-open ranges of the passage in the style of marked words. */
export function markPassage({ text, highlights }: Passage, mark: (text: string) => string): string {
  let marked = '';
  let at = 0;
  for (const [start, end] of highlights) {
    marked += text.slice(at, start) + mark(text.slice(start, end));
    at = end;
  }
  return marked + text.slice(at);
}

/** `words and meaning · similarity 0.71 · word rank 3, meaning rank 1`. */
export function explain({ exact, lexicalRank, semanticRank, similarity }: Match): string {
  const ranks = [
    ...(lexicalRank === null ? [] : [`word rank ${lexicalRank}`]),
    ...(semanticRank === null ? [] : [`meaning rank ${semanticRank}`]),
  ];
  const parts = [
    ...(exact === null ? [] : [NAMINGS[exact]]),
    ...(ranks.length === 2 ? ['words and meaning'] : []),
    ...(ranks.length === 1 ? [lexicalRank === null ? 'meaning' : 'words'] : []),
    ...(similarity === null ? [] : [`similarity ${similarity.toFixed(2)}`]),
    ...(ranks.length > 0 ? [ranks.join(', ')] : []),
  ];
  return parts.join(' · ');
}

/** `words: attention 62 % (title, abstract) · heads 38 % (abstract)`, `score 0.912 = words 0.481 + meaning 0.431`. */
export function explainScore({ words, shares }: Explanation, score: number): string[] {
  const named = words.map(
    ({ word, fields, share }) => `${word} ${Math.round(100 * share)} % (${fields.join(', ')})`,
  );
  const sum = shares.map(({ name, share }) => `${name} ${share.toFixed(3)}`).join(' + ');
  return [
    ...(named.length > 0 ? [`words: ${named.join(' · ')}`] : []),
    ...(sum === '' ? [] : [`score ${score.toFixed(3)} = ${sum}`]),
  ];
}

function renderHit(hit: Hit, rankWidth: number, { width, palette }: ListOptions): string {
  const { rank, score, confidence, paper, match, others } = hit;
  const indent = rankWidth + 2;
  const block = (text: string) => paragraph(text, { width, indent });
  const number = palette.faint(String(rank).padStart(rankWidth));
  const reasons = explain(match);
  // What is named, or listed by filters alone, is certain.
  const isCertain = match.exact !== null || reasons === '';
  const why = isCertain ? reasons : `${reasons} · confidence ${Math.round(confidence * 100)}%`;
  return [
    `${number}  ${block(palette.strong(paper.title)).trimStart()}`,
    block(sourceLine(paper, width - indent)),
    ...(match.passage ? [block(markPassage(match.passage, palette.mark))] : []),
    ...(why === '' ? [] : [block(palette.faint(why))]),
    ...(match.explanation
      ? explainScore(match.explanation, score).map((line) => block(palette.faint(line)))
      : []),
    ...others.map(({ id, why: reason }) => block(palette.faint(`also as ${id} (${SAME[reason]})`))),
  ].join('\n');
}

/** Who, when, where and the id, on one line as long as that can be had by naming fewer of the authors. */
export function sourceLine(paper: Paper, columns: number): string {
  const sources = [MOST_NAMED, 2, 1].map((most) =>
    [foldAuthors(paper, most), paper.published, paper.venue, paper.id].filter(Boolean).join(' · '),
  );
  return sources.find((source) => source.length <= columns) ?? sources.at(-1) ?? '';
}
