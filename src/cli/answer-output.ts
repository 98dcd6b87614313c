/** Prints an answer: JSON or the list on stdout, and what goes with the list on stderr. */
import type { SearchAnswer } from '../search/answer.ts';
import { renderHits } from './hit-list.ts';
import { type Io, writeTo } from './io.ts';
import { count, countOf, duration, widthOf } from './layout.ts';
import type { Narrowing } from './narrowing-options.ts';
import { paletteFor } from './palette.ts';

export interface AnswerOutputOptions {
  readonly asJson: boolean;
  readonly narrowing: Narrowing;
  /** Said when nothing was found and no filter is to blame. */
  readonly adviceIfEmpty: string;
}

export async function printAnswer(io: Io, answer: SearchAnswer, options: AnswerOutputOptions): Promise<void> {
  if (options.asJson) {
    await writeTo(io.stdout, `${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  for (const { message } of answer.notes) io.stderr.write(`note: ${message}\n`);
  if (answer.hits.length === 0) {
    io.stderr.write(`${nothing(answer, options)}\n`);
    return;
  }
  const palette = paletteFor(io.stdout, io.environment);
  await writeTo(io.stdout, renderHits(answer, { width: widthOf(io.stdout), palette }));
  io.stderr.write(`\n${summary(answer, options.narrowing)}\n${alsoLookedFor(answer)}`);
}

/** `No paper says "netwroks"; looked for "networks" as well.`, a line for each such word. */
function alsoLookedFor({ didYouMean = [] }: SearchAnswer): string {
  const quoted = (word: string) => `"${word}"`;
  return didYouMean
    .map(
      ({ typed, meant }) =>
        `No paper says ${quoted(typed)}; looked for ${meant.map(quoted).join(' and ')} as well.\n`,
    )
    .join('');
}

/** `7 papers · hybrid · 8 ms`, or `1 to 10 of 1,234 papers · hybrid · 8 ms · next: --page 2`. */
function summary({ hits, total, mode, tookMs }: SearchAnswer, { offset, limit }: Narrowing): string {
  const last = offset + hits.length;
  const isWhole = offset === 0 && last >= total;
  const parts = [
    isWhole
      ? countOf(total, 'paper')
      : `${count(offset + 1)} to ${count(last)} of ${countOf(total, 'paper')}`,
    mode,
    duration(tookMs),
  ];
  if (last < total) parts.push(`next: --page ${offset / limit + 2}`);
  return parts.join(' · ');
}

function nothing({ total }: SearchAnswer, { narrowing, adviceIfEmpty }: AnswerOutputOptions): string {
  if (total > 0) {
    return `The list ends before this page: it has ${countOf(total, 'paper')}.\nhint: Ask for an earlier --page.`;
  }
  const isFiltered = Object.keys(narrowing.filter).length > 0;
  const advice = isFiltered ? 'Leave out a filter, or ask without the dates.' : adviceIfEmpty;
  return `Nothing was found.\nhint: ${advice}`;
}
