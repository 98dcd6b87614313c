/** Lists that no question made, to read. */
import type { TimedList } from '../discover/lists.ts';
import type { ListBasis, ListedPaper } from '../discover/paper-list.ts';
import { type ListOptions, sourceLine } from './hit-list.ts';
import { type Io, writeTo } from './io.ts';
import { count, countOf, duration, paragraph, widthOf } from './layout.ts';
import { paletteFor } from './palette.ts';

const BASIS: Readonly<Record<ListBasis, string>> = {
  votes: 'by upvotes and comments',
  activity: 'no votes are known: by how many others are on the same subject now',
  date: 'no votes are known: newest first',
};

export async function printPaperList(io: Io, list: TimedList, asJson: boolean): Promise<void> {
  if (asJson) {
    await writeTo(io.stdout, `${JSON.stringify(list, null, 2)}\n`);
    return;
  }
  if (list.hits.length === 0) {
    const when = list.from === null ? 'No paper is known to the day' : `No paper is of ${timeOf(list)}`;
    io.stderr.write(`${when}.\nhint: \`pharos daily --calendar\` lists the days that have papers.\n`);
    return;
  }
  const look = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
  await writeTo(io.stdout, list.hits.map((hit) => `${renderHit(hit, look)}\n`).join('\n'));
  const shown = list.hits.length < list.total ? `1 to ${list.hits.length} of ` : '';
  const parts = [
    `${shown}${countOf(list.total, 'paper')}`,
    timeOf(list),
    BASIS[list.basis],
    duration(list.tookMs),
  ];
  io.stderr.write(`\n${parts.join(' · ')}\n`);
}

function timeOf({ from, to }: TimedList): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

function renderHit({ rank, paper }: ListedPaper, { width, palette }: ListOptions): string {
  const indent = 5;
  const block = (text: string) => paragraph(text, { width, indent });
  const { upvotes, comments } = paper;
  const votes = [
    ...(upvotes === undefined ? [] : [countOf(upvotes, 'upvote')]),
    ...(comments === undefined ? [] : [countOf(comments, 'comment')]),
  ];
  return [
    `${palette.faint(count(rank).padStart(indent - 2))}  ${block(palette.strong(paper.title)).trimStart()}`,
    block(sourceLine(paper, width - indent)),
    ...(votes.length > 0 ? [block(palette.faint(votes.join(' · ')))] : []),
  ].join('\n');
}
