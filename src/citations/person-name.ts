/**
 * Tells the parts of an author's name apart, for formats that want the family name on its own. A name that cannot be
 * divided without guessing (organisations, names in Chinese, Japanese or Korean writing, anything with digits) stays
 * whole. Dividing only moves the parts: put together again they are the name as it was written.
 */
import { oneLine } from '../paper/normalize-text.ts';

export interface DividedName {
  readonly family: string;
  /** Empty for a family name alone. */
  readonly given: string;
  /** Lower-case words before the family name: `van der`, `de la`; empty where there are none. */
  readonly particle: string;
  /** `Jr.`, `III`; empty where there is none. */
  readonly suffix: string;
}

export type PersonName = DividedName | { readonly whole: string };

const SUFFIX = /^(?:[JS]r\.?|I{2,3}|IV|2nd|3rd)$/i;
const ORDINAL = /\s(?:2nd|3rd)$/i;
const ORGANISATION =
  /(?<!\p{L})(?:collaborations?|teams?|groups?|consortium|consortia|universit\p{L}+|institut\p{L}*|inc|ltd|llc|gmbh|corp|corporation|company|committee|commission|association|society|council|agency|ministry|departments?|laborator(?:y|ies)|labs?|network|foundation|organi[sz]ation|initiative|project|programme|center|centre|observatory|survey|editors|the|for|et al\.?|and|others)(?!\p{L})/iu;
const UNDIVIDED_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** No letter, or something that stands in no person's name. */
const ODD = /^[^\p{L}]*$|[\p{N}()[\]{}\\/:;@&"$_^~#%<>|+=*]/u;
const STARTS_LOWER = /^['’]?\p{Ll}/u;
/** These belong to the family name when they are capitalised too: `Luc Van Gool`, `Yann Le Cun`. */
const CAPITAL_PARTICLES = new Set(
  'van von de della del di da dos du la le el ten ter vande vander op den der'.split(' '),
);
/** `Van` and `Le` are common inside names of Vietnam, where they are no particles. */
const VIETNAMESE = new Set(
  'nguyen nguyễn tran trần le lê pham phạm hoang hoàng vu vũ ngo ngô do đỗ'.split(' '),
);

/** Blank and invisible characters are made single blanks first; an empty name is an empty whole one. */
export function personName(name: string): PersonName {
  const line = oneLine(name);
  if (ODD.test(line.replace(ORDINAL, '')) || UNDIVIDED_SCRIPT.test(line) || ORGANISATION.test(line))
    return { whole: line };
  return line.includes(',') ? turnedRound(line) : inOrder(line.split(' '));
}

/** The name as it is said: given name, particle, family name, suffix. */
export function spokenName(name: PersonName): string {
  if ('whole' in name) return name.whole;
  const { given, particle, family, suffix } = name;
  return [given, particle, family, suffix].filter((part) => part !== '').join(' ');
}

/** `Lovelace, Ada` and `King, Jr., Martin` or `King, Martin, Jr.`; any other commas leave the name whole. */
function turnedRound(line: string): PersonName {
  const parts = line.split(',').map((part) => part.trim());
  const [last = '', second = '', third = ''] = parts;
  const isPlain = parts.length <= 3 && parts.every((part) => part !== '');
  if (!isPlain) return { whole: line };
  if (parts.length === 2) {
    return SUFFIX.test(second) ? withSuffix(inOrder(last.split(' ')), second) : divided(last, second);
  }
  if (SUFFIX.test(second)) return withSuffix(divided(last, third), second);
  return SUFFIX.test(third) ? withSuffix(divided(last, second), third) : { whole: line };
}

function withSuffix(name: PersonName, suffix: string): PersonName {
  return 'whole' in name ? name : { ...name, suffix };
}

/** The particle of a family name that stands on its own: `de la Cruz`. */
function divided(last: string, given: string): DividedName {
  const words = last.split(' ');
  const at = words.findLastIndex((word, index) => index < words.length - 1 && STARTS_LOWER.test(word));
  const startsLower = STARTS_LOWER.test(words[0] ?? '');
  const cut = startsLower ? at + 1 : 0;
  return {
    family: words.slice(cut).join(' '),
    given,
    particle: words.slice(0, cut).join(' '),
    suffix: '',
  };
}

function inOrder(words: readonly string[]): PersonName {
  const hasSuffix = words.length > 2 && SUFFIX.test(words.at(-1) ?? '');
  const names = hasSuffix ? words.slice(0, -1) : words;
  const start = familyStart(names);
  const name = divided(names.slice(start).join(' '), names.slice(0, start).join(' '));
  return hasSuffix ? withSuffix(name, words.at(-1) ?? '') : name;
}

/** Index of the word with which the family name, its particles included, begins. */
function familyStart(words: readonly string[]): number {
  const last = words.length - 1;
  if (last === 1 && STARTS_LOWER.test(words[0] ?? '') && CAPITAL_PARTICLES.has(words[0] ?? '')) return 0;
  // The first word of several is a given name, however it is written: `e. e. cummings`, `Van Morrison`.
  const lower = words.findIndex((word, at) => at > 0 && at < last && isParticle(word));
  if (lower > 0) return lower;
  const isVietnamese = words.some((word) => VIETNAMESE.has(word.toLowerCase()));
  let start = Math.max(last, 0);
  while (!isVietnamese && start > 1 && CAPITAL_PARTICLES.has((words[start - 1] ?? '').toLowerCase()))
    start -= 1;
  return start;
}

/** A lower-case word of letters only: `e.` is an initial. */
function isParticle(word: string): boolean {
  return STARTS_LOWER.test(word) && !word.endsWith('.');
}
