/** Recommendations to read: the themes of the library, then each paper with what speaks for it. */
import type { RecommendAnswer, Recommendation, ThemeSummary } from '../discover/request.ts';
import { type ListOptions, sourceLine } from './hit-list.ts';
import { type Io, writeTo } from './io.ts';
import { countOf, duration, paragraph, widthOf } from './layout.ts';
import { paletteFor } from './palette.ts';

/** More themes fill a screen; all are in the JSON. */
const SHOWN_THEMES = 6;
/** Of the likeness of the first reason; what is less alike is only the next best. */
const WORTH_NAMING = 0.7;

export async function printRecommendations(
  io: Io,
  answer: RecommendAnswer,
  { asJson }: { readonly asJson: boolean },
): Promise<void> {
  if (asJson) {
    await writeTo(io.stdout, `${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  for (const { message } of answer.notes) io.stderr.write(`note: ${message}\n`);
  const look = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
  const { hits, themes } = answer;
  if (hits.length === 0) {
    io.stderr.write('Nothing to recommend.\nhint: Go further back with --since, or leave out a filter.\n');
    return;
  }
  io.stderr.write(`${themeTable(themes)}\n`);
  const rankWidth = Math.max(2, String(hits.length).length);
  await writeTo(
    io.stdout,
    hits.map((hit) => `${renderHit(hit, themes, { ...look, rankWidth })}\n`).join('\n'),
  );
  io.stderr.write(`\n${summary(answer)}\n`);
}

function themeTable(themes: readonly ThemeSummary[]): string {
  const lines = themes
    .slice(0, SHOWN_THEMES)
    .map(
      ({ words, papers }, at) =>
        `${String(at + 1).padStart(2)}  ${wordsOf(words)} · ${countOf(papers, 'paper')}`,
    );
  const others = themes.length - lines.length;
  return ['Themes of the library:', ...lines, ...(others > 0 ? [`    and ${others} smaller`] : []), ''].join(
    '\n',
  );
}

function wordsOf(words: readonly string[]): string {
  return words.length > 0 ? words.join(', ') : 'no words of the index';
}

function renderHit(
  { rank, theme, paper, because }: Recommendation,
  themes: readonly ThemeSummary[],
  { width, palette, rankWidth }: ListOptions & { readonly rankWidth: number },
): string {
  const indent = rankWidth + 2;
  const block = (text: string) => paragraph(text, { width, indent });
  const words = themes[theme - 1]?.words.slice(0, 3) ?? [];
  const [first] = because;
  const reasons = [
    `theme ${theme}${words.length > 0 ? ` (${words.join(', ')})` : ''}`,
    ...(first ? [`because of ${first.title} (${first.similarity.toFixed(2)})`] : []),
    ...because
      .slice(1)
      .filter(({ similarity }) => similarity >= WORTH_NAMING * (first?.similarity ?? 0))
      .map(({ title, similarity }) => `${title} (${similarity.toFixed(2)})`),
  ];
  return [
    `${palette.faint(String(rank).padStart(rankWidth))}  ${block(palette.strong(paper.title)).trimStart()}`,
    block(sourceLine(paper, width - indent)),
    block(palette.faint(reasons.join(' · '))),
  ].join('\n');
}

/** `10 of 1,234 new papers since 2026-11-18 · for 112 papers, 98 of them in the index · 41 ms`. */
function summary({ hits, total, since, library, tookMs }: RecommendAnswer): string {
  const away = library.negatives > 0 ? [`away from ${library.negatives}`] : [];
  return [
    `${hits.length} of ${countOf(total, 'paper')}${since === null ? '' : ` since ${since}`}`,
    `for ${countOf(library.papers, 'paper')}, ${library.known} of them in the index`,
    ...away,
    duration(tookMs),
  ].join(' · ');
}
