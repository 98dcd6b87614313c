/**
 * Every way to write a word with one slip of the finger more or less: the candidates for what a misspelt word was
 * meant to be (Damerau, CACM 1964). Which of them are words is for somebody else to know.
 */

export interface Respelling {
  readonly word: string;
  /** How much likelier this slip is than any other letter put for any other; a ratio, no probability. */
  readonly likelihood: number;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Two letters in the wrong order, and a letter doubled or not doubled, are how fingers fail most often. */
const COMMON_SLIP = 4;
/** A left out letter is likelier than a wrong or a superfluous one. */
const OMISSION = 2;
/** People rarely miss the first letter, and a word that begins otherwise is mostly another word. */
const AT_FIRST_LETTER = 0.2;

/**
 * The words one insertion, deletion, substitution or transposition away from `word`, which is lower-case ASCII
 * letters; each once, with its likeliest slip, and never the word itself. 53n + 25 for n different letters.
 */
export function respellings(word: string): Respelling[] {
  const found = new Map<string, number>();
  for (let at = 0; at <= word.length; at += 1) {
    const place = at === 0 ? AT_FIRST_LETTER : 1;
    for (const { word: candidate, likelihood } of [...slipsAt(word, at), ...lettersAt(word, at)]) {
      if (place * likelihood > (found.get(candidate) ?? 0)) found.set(candidate, place * likelihood);
    }
  }
  found.delete(word);
  return Array.from(found, ([candidate, likelihood]) => ({ word: candidate, likelihood }));
}

/** The letter at `at` taken out, or swapped with the next. */
function slipsAt(word: string, at: number): Respelling[] {
  if (at === word.length) return [];
  const head = word.slice(0, at);
  const letter = word.charAt(at);
  const rest = word.slice(at + 1);
  const swapped = head + rest.slice(0, 1) + letter + rest.slice(1);
  return [
    { word: head + rest, likelihood: letter === word.charAt(at - 1) ? COMMON_SLIP : 1 },
    { word: swapped, likelihood: COMMON_SLIP },
  ];
}

/** Any letter put in at `at`, or in the place of the one there. */
function lettersAt(word: string, at: number): Respelling[] {
  const head = word.slice(0, at);
  const tail = word.slice(at);
  return Array.from(LETTERS).flatMap((other) => {
    const isDoubled = tail.startsWith(other) || head.endsWith(other);
    const added = { word: head + other + tail, likelihood: isDoubled ? COMMON_SLIP : OMISSION };
    return tail === '' ? [added] : [added, { word: head + other + tail.slice(1), likelihood: 1 }];
  });
}
