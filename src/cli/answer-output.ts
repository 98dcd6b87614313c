/** Prints an answer: JSON or the list on stdout, and what goes with the list on stderr. */
import type { SearchAnswer } from '../search/answer.ts';
import type { Sort } from '../search/request.ts';
import { renderFacets } from './facet-table.ts';
import { renderHits } from './hit-list.ts';
import { type Io, writeTo } from './io.ts';
import { count, countOf, duration, widthOf } from './layout.ts';
import type { Narrowing } from './narrowing-options.ts';
import { paletteFor } from './palette.ts';

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  relevance: 'most relevant first',
  date: 'newest first',
  oldest: 'oldest first',
  fresh: 'recent work favoured',
};

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
  const look = { width: widthOf(io.stdout), palette: paletteFor(io.stdout, io.environment) };
  const facets = answer.total > 0 ? renderFacets(answer.facets ?? {}, look) : '';
  if (answer.hits.length === 0) {
    if (facets !== '') await writeTo(io.stdout, facets);
    io.stderr.write(`${nothing(answer, options)}\n`);
    return;
  }
  await writeTo(io.stdout, renderHits(answer, look) + (facets === '' ? '' : `\n${facets}`));
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
function summary(answer: SearchAnswer, { offset, limit, cursor }: Narrowing): string {
  const { hits, total, mode, sort, next, tookMs } = answer;
  const first = hits[0]?.rank ?? 1;
  const isWhole = first === 1 && next === null;
  const parts = [
    isWhole
      ? countOf(total, 'paper')
      : `${count(first)} to ${count(first + hits.length - 1)} of ${countOf(total, 'paper')}`,
    ...(sort === 'relevance' ? [mode] : [mode, SORT_WORDS[sort]]),
    duration(tookMs),
  ];
  if (next !== null)
    parts.push(cursor === undefined ? `next: --page ${offset / limit + 2}` : `next: --cursor ${next}`);
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
