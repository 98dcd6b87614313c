/**
 * Near-identical texts: how alike two texts are, and a few numbers of each that meet when they are nearly the same.
 * Shingles of three words; MinHash by one hash in as many bins as there are numbers (Broder, 1997; Li, Owen & Zhang,
 * "One Permutation Hashing", 2012), three bins to a key.
 */
import { fold } from '../text/fold.ts';

/** Shorter texts are formulas of politeness as often as they are abstracts. */
const LEAST_WORDS = 30;
const SHINGLE_WORDS = 3;
/** Two texts that share nine shingles in ten miss each other in all four keys once in two hundred times. */
const KEYS = 4;
/** With fewer, shingles that every second abstract has (`in this paper we`) make strangers meet by the thousand. */
const BINS_A_KEY = 3;
const BINS = BINS_A_KEY * KEYS;
const FNV_BASIS = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** Empty where the text is too short to be told from others. */
export function textKeys(text: string): string[] {
  const hashes = shingles(text);
  if (hashes.size === 0) return [];
  const least = new Array<number>(BINS).fill(Number.POSITIVE_INFINITY);
  for (const hash of hashes) {
    const bin = hash % BINS;
    least[bin] = Math.min(least[bin] ?? 0, hash);
  }
  return Array.from({ length: KEYS }, (_, at) => {
    const own = least.slice(at * BINS_A_KEY, (at + 1) * BINS_A_KEY);
    return `text${at}:${own.join(':')}`;
  });
}

/** The share of shingles that both have of those that either has, 0 to 1; 0 where either text is too short. */
export function textResemblance(a: string, b: string): number {
  return resemblance(shingles(a), shingles(b));
}

/** The share of words that both have of those that either has, 0 to 1. */
export function wordResemblance(a: string, b: string): number {
  return resemblance(new Set(wordHashes(a)), new Set(wordHashes(b)));
}

export function hasTellingText(text: string): boolean {
  return wordHashes(text).length >= LEAST_WORDS;
}

function resemblance(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number {
  let shared = 0;
  for (const value of a) if (b.has(value)) shared += 1;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

function shingles(text: string): Set<number> {
  const words = wordHashes(text);
  const found = new Set<number>();
  if (words.length < LEAST_WORDS) return found;
  for (let at = SHINGLE_WORDS; at <= words.length; at += 1) {
    const first = Math.imul(words[at - 3] ?? 0, 31) + (words[at - 2] ?? 0);
    found.add(mixed(Math.imul(mixed(first), 31) + (words[at - 1] ?? 0)));
  }
  return found;
}

/**
 * FNV-1a of each word, in reading order. Every paper that comes in goes through here, so words are runs of ASCII
 * letters and digits and of everything beyond ASCII, and never become strings.
 */
function wordHashes(text: string): number[] {
  const folded = fold(text);
  const hashes: number[] = [];
  let hash = FNV_BASIS;
  for (let at = 0; at <= folded.length; at += 1) {
    const unit = at < folded.length ? folded.charCodeAt(at) : 0;
    if (isWordUnit(unit)) hash = Math.imul(hash ^ unit, FNV_PRIME);
    else if (hash !== FNV_BASIS) {
      hashes.push(hash);
      hash = FNV_BASIS;
    }
  }
  return hashes;
}

/** Lower-case letters, digits, and whatever is not ASCII. */
function isWordUnit(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit > 127;
}

/** The last step of MurmurHash3: bins and least values need every bit to be as good as any other. */
function mixed(value: number): number {
  let mix = value ^ (value >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
