/**
 * What the formats have in common: what kind of work a paper is and which of its facts a citation states. Nothing is
 * guessed: a kind or a place in a journal that the record does not tell is left out, and dates stay as exact as
 * they are known.
 */
import { parseIdentifier } from '../paper/identifier.ts';
import { oneLine } from '../paper/normalize-text.ts';
import type { Paper } from '../paper/paper.ts';
import { type JournalPlace, journalPlace } from './journal-place.ts';
import { type PersonName, personName } from './person-name.ts';

/** `article`: in a journal; `inproceedings`: at a conference; `misc`: a preprint, or nothing is known. */
export type WorkKind = 'article' | 'inproceedings' | 'misc';

export interface CitedWork extends JournalPlace {
  readonly id: string;
  readonly kind: WorkKind;
  readonly title: string;
  readonly authors: readonly PersonName[];
  /** There are more authors than are listed. */
  readonly hasMoreAuthors: boolean;
  readonly year?: string;
  /** 1 to 12. */
  readonly month?: number;
  readonly day?: number;
  /** The journal or the conference; of a preprint the server that has it, unless that is arXiv. */
  readonly container?: string;
  readonly arxivId?: string;
  /** The first category of an arXiv paper. */
  readonly primaryClass?: string;
  readonly doi?: string;
  readonly url?: string;
  /** Where it was published, as the record words it, when that could not be taken apart. */
  readonly note?: string;
  readonly abstract?: string;
  readonly keywords: readonly string[];
  readonly language?: string;
}

const PREPRINT_SERVER =
  /^(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|psyarxiv|hal|zenodo|openreview|research square|preprints)\b/i;
const ARXIV = /^(?:arxiv|corr)\b/i;
const JOURNAL =
  /\b(?:journal|transactions|letters|review|annals|magazine|bulletin|communications|tacl|jmlr|tmlr|computational linguistics)\b|^CL$/i;
const CONFERENCE =
  /\b(?:conference|proceedings|proc\.?|workshops?|symposium|meeting|congress|colloquium|neurips|nips|icml|iclr|cvpr|iccv|eccv|wacv|aaai|ijcai|acl|emnlp|naacl|eacl|coling|lrec|kdd|sigir|siggraph|sigmod|sigcomm|sosp|osdi|nsdi|usenix|vldb|www|cikm|wsdm|ecir|chi|uist|icassp|interspeech|aistats|uai|colt|colm|corl|icra|iros|stoc|focs|soda|crypto|eurocrypt|ccs|ndss|isca|asplos|pldi|popl|icse)\b/i;
/** Journals that are called proceedings. */
const ACADEMY =
  /\bproc(?:eedings|\.)? (?:of )?(?:the )?(?:national academy|natl|royal society|r\. soc|ieee$|american|london|edinburgh|aaas)|^pnas\b/i;
const NOTHING_ELSE = { isPlaced: false, isAcl: false };
const ARXIV_CATEGORY = /^[a-z-]+(?:\.[A-Za-z-]+)?$/;

/** Every text in the result is one line without control characters, whatever the paper holds. */
export function citedWork(paper: Paper): CitedWork {
  const name = parseIdentifier(paper.id);
  const arxivId = name?.kind === 'arxiv' ? name.id : undefined;
  const venue = line(paper.venue);
  const place = placeOf(paper, venue);
  const kind = kindOf(venue, { isPlaced: place !== undefined, isAcl: name?.kind === 'acl' });
  const container = kind === 'article' ? (place?.container ?? venue) : venue;
  const journalRef = line(paper.journalRef);
  const abstract = paper.abstractBy === undefined ? line(paper.abstract) : undefined;
  return given({
    id: oneLine(paper.id),
    kind,
    title: oneLine(paper.title),
    authors: paper.authors.map(personName).filter((author) => !('whole' in author) || author.whole !== ''),
    hasMoreAuthors: (paper.authorCount ?? 0) > paper.authors.length,
    ...dateParts(paper.published),
    container: container !== undefined && ARXIV.test(container) ? undefined : container,
    volume: place?.volume,
    issue: place?.issue,
    pages: place?.pages,
    arxivId,
    primaryClass: arxivId === undefined ? undefined : primaryClass(paper),
    doi: line(paper.doi),
    url: line(paper.url) ?? (arxivId === undefined ? undefined : `https://arxiv.org/abs/${arxivId}`),
    note: place === undefined ? journalRef : undefined,
    abstract,
    keywords: (paper.keywords ?? []).flatMap((word) => line(word) ?? []),
    language: line(paper.language),
  });
}

function line(text: string | undefined): string | undefined {
  const one = text === undefined ? '' : oneLine(text);
  return one === '' ? undefined : one;
}

/**
 * The place in a journal, where the record's date can be the one of the journal: a preprint of 1992 that was printed
 * in 1993 must not be cited as the volume of 1993 with the year 1992.
 */
function placeOf(
  { journalRef, published }: Paper,
  venue: string | undefined,
): (JournalPlace & { readonly container: string }) | undefined {
  const place = journalRef === undefined ? undefined : journalPlace(oneLine(journalRef));
  if (place === undefined || kindOf(venue, NOTHING_ELSE) === 'inproceedings') return undefined;
  const { year, ...rest } = place;
  return year === undefined || year === published?.slice(0, 4) ? rest : undefined;
}

function kindOf(
  venue: string | undefined,
  { isPlaced, isAcl }: { readonly isPlaced: boolean; readonly isAcl: boolean },
): WorkKind {
  if (isPlaced) return 'article';
  if (venue === undefined || PREPRINT_SERVER.test(venue)) return 'misc';
  if (ACADEMY.test(venue) || /\bjournal\b/i.test(venue)) return 'article';
  if (CONFERENCE.test(venue)) return 'inproceedings';
  return isAcl && !JOURNAL.test(venue) ? 'inproceedings' : 'article';
}

function dateParts(published: string | undefined): Pick<CitedWork, 'year' | 'month' | 'day'> {
  const [year, month, day] = (published ?? '').split('-');
  return {
    ...(year && { year }),
    ...(month !== undefined && { month: Number(month) }),
    ...(day !== undefined && { day: Number(day) }),
  };
}

function primaryClass({ categories: [first] }: Paper): string | undefined {
  return first !== undefined && ARXIV_CATEGORY.test(first) ? first : undefined;
}

function given(fields: { readonly [Field in keyof CitedWork]: CitedWork[Field] | undefined }): CitedWork {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as CitedWork;
}
