/** The words of a name, for comparing names of people and venues however they are written. */
import { fold } from './fold.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const SUFFIXES: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** `Müller, J.-P.` -> `['muller', 'j', 'p']`. Never stemmed. */
export function nameTokens(name: string): string[] {
  return fold(name).match(WORD) ?? [];
}

/** The words of a person's name, first names first, without `Jr.`: `Müller, J.-P.` -> `['j', 'p', 'muller']`. */
export function personTokens(name: string): string[] {
  const comma = name.indexOf(',');
  const last = comma < 0 ? [] : nameTokens(name.slice(0, comma)).filter(isNoSuffix);
  const tokens = [...nameTokens(name.slice(comma + 1)), ...last];
  const bare = tokens.filter((token, at) => at === 0 || isNoSuffix(token));
  return bare.length >= 2 ? bare : tokens;
}

/**
 * What the ways of writing one person's name have in common, the last word and the first letter: `hinton_g` for
 * `Geoffrey E. Hinton` and `Hinton, G.`. Undefined for a name of one word.
 */
export function personKey(name: string): string | undefined {
  const tokens = personTokens(name);
  const [first = ''] = tokens;
  return tokens.length < 2 ? undefined : `${tokens.at(-1)}_${[...first][0]}`;
}

/**
 * Whether two names can be one person's: same last word, first words equal or one of them the other's initial, and
 * what stands between them in one name is among what stands between in the other.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  const [a, b] = [personTokens(one), personTokens(other)];
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-1) || !agree(a[0], b[0])) return false;
  const [fewer = [], more = []] = [a.slice(1, -1), b.slice(1, -1)].sort((x, y) => x.length - y.length);
  let at = 0;
  return fewer.every((token) => {
    while (at < more.length && !agree(token, more[at])) at += 1;
    at += 1;
    return at <= more.length;
  });
}

function isNoSuffix(token: string): boolean {
  return !SUFFIXES.has(token);
}

function agree(a = '', b = ''): boolean {
  return a === b || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));
}
