/** The options that `search` and `related` share, and what they mean for a request. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FACET_FIELDS, type FacetField } from '../engine/facets.ts';
import { type Filter, PAPER_PARTS, type PaperPart } from '../engine/filter.ts';
import { type FilterWords, toFilter } from '../engine/filter-words.ts';
import { AppError } from '../fault/app-error.ts';
import { dateRange, isPartialDate } from '../paper/partial-date.ts';
import { SOURCES, type Source } from '../paper/source.ts';
import {
  DEFAULT_FACET_LIMIT,
  DEFAULT_LIMIT,
  MAX_DEPTH,
  MAX_FACET_LIMIT,
  MAX_LIMIT,
  MODES,
  type Mode,
  PASSAGES,
  type PassageChoice,
  SORTS,
  type Sort,
} from '../search/request.ts';

export interface NarrowingFlags extends FilterWords {
  readonly mode: Mode;
  readonly limit: number;
  readonly page: number;
  readonly diversity?: number;
  readonly passage?: PassageChoice;
  readonly explain?: true;
  readonly sort: Sort;
  readonly cursor?: string;
  /** False with --no-fold. */
  readonly fold: boolean;
  /** True without a list of fields: all of them. */
  readonly facets?: true | readonly FacetField[];
  readonly facetLimit: number;
  readonly json?: true;
}

export interface Narrowing {
  readonly mode: Mode;
  readonly limit: number;
  readonly offset: number;
  readonly filter: Filter;
  readonly diversity?: number;
  readonly passage?: PassageChoice;
  readonly explain?: boolean;
  readonly sort: Sort;
  readonly cursor?: string;
  readonly fold: boolean;
  readonly facets: readonly FacetField[];
  readonly facetLimit: number;
}

export function modeOption(): Option {
  return new Option('-m, --mode <mode>', 'how to look').choices(MODES).default('hybrid');
}

/** All filters but the latest date: where `--to` says to whom, there is no end to what is wanted. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--from <date>', 'published then or later: YYYY, YYYY-MM or YYYY-MM-DD', date)
    .option('-c, --category <name>', 'in this category; cs stands for all of cs.* (repeatable)', collect)
    .option('-a, --author <name>', 'by this author; part of a name will do (repeatable)', collect)
    .option('--venue <name>', 'in this venue; part of a name will do (repeatable)', collect)
    .option('--has <part>', `with ${PAPER_PARTS.join(', ')} (repeatable; all must be there)`, part)
    .addOption(
      new Option('--source <name>', 'kept in this place (repeatable)')
        .choices(SOURCES)
        .argParser(collectSource),
    );
}

export function addNarrowingOptions(command: Command): Command {
  command
    .addOption(modeOption())
    .option(
      '-n, --limit <number>',
      `hits on a page, at most ${MAX_LIMIT}`,
      wholeNumber(MAX_LIMIT),
      DEFAULT_LIMIT,
    )
    .option('-p, --page <number>', 'page of the list', wholeNumber(MAX_DEPTH), 1);
  return addFilterOptions(command)
    .option('--to <date>', 'published then or earlier', date)
    .option('--diversity <number>', 'how much hits are to differ, from 0 to 1', share)
    .addOption(new Option('--passage <choice>', 'how the sentence shown is chosen').choices(PASSAGES))
    .option('--explain', 'say which words matched where, and what each score is made of')
    .addOption(new Option('-s, --sort <order>', 'order of the list').choices(SORTS).default('relevance'))
    .option('--cursor <cursor>', 'goes on where the answer ended whose `next` this is')
    .option('--no-fold', 'show every paper of a work, not only the one that stands highest')
    .option('--facets [fields]', `count values over the whole result: ${FACET_FIELDS.join(',')}`, facetFields)
    .option(
      '--facet-limit <number>',
      `values a facet, at most ${MAX_FACET_LIMIT}`,
      wholeNumber(MAX_FACET_LIMIT),
      DEFAULT_FACET_LIMIT,
    )
    .option('--json', 'print JSON');
}

/** INPUT_INVALID where the options contradict each other. */
export function readNarrowing(flags: NarrowingFlags): Narrowing {
  const { mode, limit, page } = flags;
  const { sort, cursor, fold, facets = [], facetLimit, diversity, passage, explain } = flags;
  const offset = (page - 1) * limit;
  requireCoherent(flags, offset);
  return {
    mode,
    limit,
    offset,
    ...(diversity !== undefined && { diversity }),
    ...(passage && { passage }),
    ...(explain && { explain }),
    sort,
    ...(cursor !== undefined && { cursor }),
    fold,
    facets: facets === true ? FACET_FIELDS : facets,
    facetLimit,
    filter: readFilter(flags),
  };
}

/** INPUT_INVALID where the dates contradict each other. */
export function readFilter(flags: FilterWords): Filter {
  const { from, to } = flags;
  if (from !== undefined && to !== undefined && dateRange(from).first > dateRange(to).last) {
    const message = `--from ${from} is after --to ${to}`;
    throw new AppError('INPUT_INVALID', { message, remedy: 'Swap the two dates.' });
  }
  return toFilter(flags);
}

function requireCoherent({ cursor, page, limit }: NarrowingFlags, offset: number): void {
  if (cursor !== undefined && page > 1) {
    const message = '--cursor and --page both say where to go on';
    throw new AppError('INPUT_INVALID', { message, remedy: 'Leave out --page.' });
  }
  if (offset + limit > MAX_DEPTH) {
    const message = `page ${page} of ${limit} hits is too deep: ${MAX_DEPTH} hits can be listed`;
    throw new AppError('INPUT_INVALID', {
      message,
      remedy: 'Narrow the question with --from, --category or --author.',
    });
  }
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** Commander's `choices` know nothing of lists. */
function part(text: string, earlier: readonly PaperPart[] = []): readonly PaperPart[] {
  const known = PAPER_PARTS.find((name) => name === text);
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${PAPER_PARTS.join(', ')}.`);
  return [...earlier, known];
}

function collectSource(value: string, earlier: readonly Source[] = []): readonly Source[] {
  const source = SOURCES.find((name) => name === value);
  if (source === undefined) throw new InvalidArgumentError(`It must be one of ${SOURCES.join(', ')}.`);
  return [...earlier, source];
}

function facetFields(text: string): readonly FacetField[] {
  return text.split(',').map((name) => {
    const field = FACET_FIELDS.find((known) => known === name.trim());
    if (field === undefined) {
      throw new InvalidArgumentError(`It must be some of ${FACET_FIELDS.join(', ')}, with commas between.`);
    }
    return field;
  });
}

/** A parser of whole numbers from 1 to `most`. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > most)
      throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
    return value;
  };
}

function share(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

export function date(text: string): string {
  if (isPartialDate(text)) return text;
  throw new InvalidArgumentError('It must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD.');
}
