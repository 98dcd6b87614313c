/** What one part of an arXiv query asks of a paper. */
import { type Filter, isUnfiltered } from '../../engine/filter.ts';
import type { TextTest } from '../../engine/text-test.ts';
import { parseIdentifier } from '../../paper/identifier.ts';
import { isPartialDate } from '../../paper/partial-date.ts';
import { nameTokens } from '../../text/names.ts';
import { phraseWords } from '../../text/phrase.ts';
import { type ArxivTerm, queryFault } from './parse-query.ts';
import type { ArxivField } from './tokens.ts';

type ToFilter = (term: ArxivTerm) => Filter;

/** `YYYY`, `YYYYMM`, `YYYYMMDD`, and the hours, minutes and seconds that follow. */
const MOMENT = /^(\d{4})(\d{2})?(\d{2})?(?:\d{2}){0,3}$/;

const FILTERS: Readonly<Record<ArxivField, ToFilter>> = {
  ti: (term) => textFilter(term, 'title'),
  abs: (term) => ownText(textTests(term)),
  all: (term) => textFilter(term),
  au: (term) => ({ authors: [nameIn(term)] }),
  jr: (term) => ({ venues: [nameIn(term)] }),
  cat: ({ text }) => ({ categories: [text.trim()] }),
  id: ({ text }) => ({ ids: [parseIdentifier(text)?.id ?? text.trim()] }),
  co: unsearchable('comments'),
  rn: unsearchable('report numbers'),
  submittedDate: dateFilter,
  lastUpdatedDate: dateFilter,
};

/** Throws INPUT_INVALID where the value cannot be one of the field. */
export function termFilter(term: ArxivTerm): Filter {
  const isOfDates = FILTERS[term.field] === dateFilter;
  if (isOfDates !== (term.range !== undefined)) {
    throw queryFault(
      isOfDates
        ? `has no range such as [202301010000 TO 202312312359] behind ${term.field}:`
        : 'has a range behind something other than submittedDate:',
    );
  }
  return FILTERS[term.field](term);
}

/** A paper passes that passes either. Values of one field are asked for at once, which is quicker. */
export function eitherFilter(filters: readonly Filter[]): Filter {
  for (const field of ['categories', 'authors', 'venues', 'ids'] as const) {
    const values = filters.flatMap(({ [field]: own, ...rest }) => (own && isUnfiltered(rest) ? [own] : []));
    if (values.length === filters.length) return { [field]: values.flat() };
  }
  return { not: [{ not: filters }] };
}

/** One test a word. A phrase may stand in the title as well as in the abstract; `engine/text-test.ts` says more. */
export function textTests({ text, isPhrase, field }: ArxivTerm, place?: 'title'): TextTest[] {
  const where = place === undefined ? {} : { in: place };
  if (isPhrase) return [{ as: 'phrase', text: requireWords(text, field), ...where }];
  const words = text.split(/\s+/).filter((word) => phraseWords(word).length > 0);
  if (words.length === 0) requireWords(text, field);
  return words.map((word) => {
    const begun = word.endsWith('*') ? word.slice(0, -1) : undefined;
    if ((begun ?? word).includes('*'))
      throw queryFault(
        `has a wildcard inside ${JSON.stringify(word)}: only the end of a word may be left open`,
      );
    if (begun !== undefined) return { as: 'prefix', text: begun, ...where };
    return { as: phraseWords(word).length > 1 ? 'phrase' : 'words', text: word, ...where };
  });
}

/** Words without a field are a question: one of them is enough. */
function textFilter(term: ArxivTerm, place?: 'title'): Filter {
  const tests = textTests(term, place);
  if (term.field !== 'all' || tests.length === 1) return { texts: tests };
  return eitherFilter(tests.map((test) => ({ texts: [test] })));
}

/** Words are looked for in the names of people and places, too, which nobody means who asks for an abstract. */
function ownText(texts: readonly TextTest[]): Filter {
  const elsewhere = texts.flatMap(({ as, text }) => {
    const unsaid = { not: [{ texts: [{ as: 'phrase' as const, text }] }] };
    return as !== 'words'
      ? []
      : [
          { authors: [text], ...unsaid },
          { venues: [text], ...unsaid },
        ];
  });
  return { texts, not: elsewhere };
}

function requireWords(text: string, field: ArxivField): string {
  if (phraseWords(text).length === 0) throw queryFault(`has no word behind ${field}:`);
  return text;
}

/** arXiv writes `del_maestro`, since a blank would end the name. */
function nameIn({ text, field }: ArxivTerm): string {
  const name = text.replaceAll('_', ' ');
  if (nameTokens(name).length === 0) throw queryFault(`has no name behind ${field}:`);
  return name;
}

function unsearchable(what: string): ToFilter {
  return ({ field }) => {
    throw queryFault(`asks for ${field}:, but ${what} are not searched here`);
  };
}

/** Papers are known by their days, so that of a moment its day counts. */
function dateFilter({ range }: ArxivTerm): Filter {
  const { from, to } = { from: dayOf(range?.from), to: dayOf(range?.to) };
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function dayOf(moment = '*'): string | undefined {
  if (moment === '*') return undefined;
  const [, year = '', month, day] = MOMENT.exec(moment) ?? [];
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  if (!isPartialDate(date)) throw queryFault(`has ${JSON.stringify(moment)} where YYYYMMDDHHMM must be`);
  return date;
}
