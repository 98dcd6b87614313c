/**
 * Whether two papers are one work: another version, the preprint and the published form, a copy from another source.
 * Precision comes first, because a work that is shown twice is a nuisance and one that is hidden is lost: whatever
 * is only probable stays apart. docs/decisions/folding.md says what was measured.
 */
import { nameTokens } from '../text/names.ts';
import { nearestName } from '../text/nearest.ts';
import { isStopTerm } from '../text/stop-words.ts';
import { parseIdentifier } from './identifier.ts';
import type { Paper } from './paper.ts';
import { hasTellingText, textKeys, textResemblance, wordResemblance } from './text-sketch.ts';
import { titleKey } from './title-key.ts';

/** `id`: the same id, DOI or address of a known kind; `title`: title and authors; `text`: nearly the same text. */
export type SameWork = 'id' | 'doi' | 'title' | 'text';

/** Abstracts of one work that share fewer words than this are too different for a title to hold them together. */
const LEAST_ABSTRACT_RESEMBLANCE = 0.3;
/** Without two abstracts a title must be long, and the years near, to say enough. */
const TELLING_TITLE_WORDS = 5;
const MOST_YEARS_APART = 5;
const NEARLY_SAME_TEXT = 0.9;
const LEAST_TITLE_RESEMBLANCE = 0.5;

const ROMAN = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3}|xix|xx)$/;
const NUMBERED = /\d/;
const SUFFIX = /^(?:jr|sr|i{2,3}|iv)$/;

/**
 * Papers that are one work share one of these. Few others do, so that candidates can be looked up by them; each is
 * a word for its kind, a colon and what is the same.
 */
export function workKeys(paper: Paper): string[] {
  const title = titleKey(paper.title);
  const people = familyNames(paper);
  const ends = new Set([people[0], people.at(-1)].filter((name) => name !== undefined));
  return [
    ...identities(paper),
    ...[...ends].map((name) => `title:${name}:${title}`),
    ...textKeys(paper.abstract),
  ];
}

/** Why the two are one work, undefined where they are not known to be. Symmetric. Implies a common work key. */
export function sameWork(a: Paper, b: Paper): SameWork | undefined {
  const shared = common(identities(a), identities(b));
  // One DOI in fifty stands under the wrong paper, or under a whole volume: it needs somebody to agree with it.
  if (shared.length > 0 && isPlausible(a, b)) {
    return shared.some((identity) => identity.startsWith('doi:')) ? 'doi' : 'id';
  }
  if (isSameTitleAndAuthors(a, b)) return 'title';
  return isSameText(a, b) ? 'text' : undefined;
}

function isPlausible(a: Paper, b: Paper): boolean {
  return (
    doAuthorsMeet(a, b) &&
    (wordResemblance(a.title, b.title) >= LEAST_TITLE_RESEMBLANCE ||
      wordResemblance(a.abstract, b.abstract) >= LEAST_TITLE_RESEMBLANCE)
  );
}

/** What the id, the DOI and the address name, in canonical form; an address of an unknown kind names nothing. */
function identities({ id, doi, url }: Paper): string[] {
  const named = [id, doi, url].flatMap((name) => {
    const identifier = name === undefined ? undefined : parseIdentifier(name);
    return identifier ? `${identifier.kind}:${identifier.id.toLowerCase()}` : [];
  });
  return [...new Set(named)];
}

function isSameTitleAndAuthors(a: Paper, b: Paper): boolean {
  const [mine, theirs] = [familyNames(a), familyNames(b)];
  const ends = (names: readonly string[]) => [names[0], names.at(-1)];
  // Of one of the ends, because workKeys looks up no more; nearly all true pairs agree in the first author.
  if (!ends(mine).some((name) => name !== undefined && ends(theirs).includes(name))) return false;
  if (common(mine, theirs).length * 2 < Math.min(mine.length, theirs.length)) return false;
  if (titleKey(a.title) !== titleKey(b.title)) return false;
  if (hasTellingText(a.abstract) && hasTellingText(b.abstract)) {
    return wordResemblance(a.abstract, b.abstract) >= LEAST_ABSTRACT_RESEMBLANCE;
  }
  return nameTokens(a.title).length >= TELLING_TITLE_WORDS && areYearsNear(a, b);
}

function isSameText(a: Paper, b: Paper): boolean {
  return (
    common(textKeys(a.abstract), textKeys(b.abstract)).length > 0 &&
    doAuthorsMeet(a, b) &&
    numbersOf(a.title) === numbersOf(b.title) &&
    wordResemblance(a.title, b.title) >= LEAST_TITLE_RESEMBLANCE &&
    !isToldApart(a, b) &&
    textResemblance(a.abstract, b.abstract) >= NEARLY_SAME_TEXT
  );
}

/**
 * Reports made from one template differ in the words that tell them apart: a word of the one title stands in place
 * of another word in the other. Words that one title has more, and spellings (`Fixpoint`, `Fixpoints`), do not count.
 */
function isToldApart(a: Paper, b: Paper): boolean {
  const [mine, theirs] = [nameTokens(a.title), nameTokens(b.title)];
  const onlyMine = mine.filter((word) => !(theirs.includes(word) || isStopTerm(word)));
  const onlyTheirs = theirs.filter((word) => !(mine.includes(word) || isStopTerm(word)));
  const [fewer, more] =
    onlyMine.length <= onlyTheirs.length ? [onlyMine, onlyTheirs] : [onlyTheirs, onlyMine];
  return fewer.some((word) => nearestName(word, more) === undefined);
}

/** Where one of the two names nobody, nobody contradicts. */
function doAuthorsMeet(a: Paper, b: Paper): boolean {
  return (
    a.authors.length === 0 || b.authors.length === 0 || common(familyNames(a), familyNames(b)).length > 0
  );
}

/** Part I and Part II, the task of 2019 and that of 2020: works that differ in a number are different works. */
function numbersOf(title: string): string {
  return nameTokens(title)
    .filter((word) => NUMBERED.test(word) || ROMAN.test(word))
    .join(' ');
}

/** `Ada B. Fox`, `Fox, Ada` and `A. Fox Jr.` all give `fox`. */
export function familyNames({ authors }: Pick<Paper, 'authors'>): string[] {
  return authors.flatMap((author) => {
    const beforeComma = author.includes(',') ? author.slice(0, author.indexOf(',')) : author;
    const words = nameTokens(beforeComma).filter((word) => !SUFFIX.test(word));
    return words.findLast((word) => word.length > 1) ?? words.at(-1) ?? [];
  });
}

function areYearsNear(a: Paper, b: Paper): boolean {
  if (a.published === undefined || b.published === undefined) return true;
  const year = ({ published = '' }: Paper) => Number(published.slice(0, 4));
  return Math.abs(year(a) - year(b)) <= MOST_YEARS_APART;
}

function common(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((value) => b.includes(value));
}
