/**
 * Letters written as LaTeX commands. arXiv keeps titles, abstracts and names as they were typed, so Schrödinger
 * comes as `Schr\"odinger` and would be found by neither spelling. Only letters are printed: mathematics and
 * formatting stay as they are.
 */

const GREEK =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π ' +
  'rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω varepsilon ε vartheta ϑ varpi ϖ varrho ϱ varsigma ς ' +
  'varphi ϕ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω';
const LATIN = 'o ø O Ø l ł L Ł ss ß ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ';
// Combining marks by the accent command that puts them on a letter.
const MARKS: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  u: '\u0306',
  H: '\u030b',
  k: '\u0328',
  r: '\u030a',
  d: '\u0323',
  b: '\u0331',
};

const GREEK_LETTERS = pairs(GREEK);
const LATIN_LETTERS = pairs(LATIN);

// `\'e`, `\'{e}`, `\"\i`: none of these means anything in mathematics.
const SYMBOL_ACCENT =
  /\\(["'`^~=.])(?:\{\s?(?:\\(?=[ij]\W))?(\p{L})\s?\}|\\([ij])(?![A-Za-z])(?: (?=[a-z]))?|(\p{L}))/gu;
const LETTER_ACCENT = /\\([cvuHkrdb])\s?\{\s?(?:\\(?=[ij]\W))?(\p{L})\s?\}/gu;
// Erd\H os: without braces only inside a word, for `\k F` is somebody's field.
const WORD_ACCENT = /\\(?<=\p{L}\\)([cvuHkr]) ([a-z])/gu;
// Not the argument of a command or an exponent: `\bar{\Xi}`, `x^{\alpha}`.
const BRACED_LETTER = /(?<![\^_]|\\[A-Za-z]+)\{\\([A-Za-z]+)\s?\}/g;
// Bj\o rstad: inside a word the blank only ends the command.
const WORD_LETTER = /\\(?<=\p{L}\\)(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}| (?=[a-z]))?/gu;
const FREE_LETTER = /\\(ae|AE|oe|OE|aa|AA|o|O|l|L)(?![A-Za-z])(?:\{\})?/g;
/** What became of a Greek name whose first letter was read as an accent: `\b{eta}`, `\k{appa}`. */
const TORN_GREEK = /\\([a-z])\{([a-z]+)\}/g;
const DOLLAR = /(?<!\\)\$/;
const NEEDLESS_BRACES = /(?<![\^_]|\\[A-Za-z]+)\{([^\0-\x7f])\}/gu;

/** The letter that a command such as `alpha`, `Omega`, `o` or `ss` prints, if it prints one. */
export function letterOf(command: string): string | undefined {
  return GREEK_LETTERS.get(command) ?? LATIN_LETTERS.get(command);
}

/** `Poincar\'{e}` -> `Poincaré`, `M{\o}ller` -> `Møller`; text between dollar signs is left alone. Idempotent. */
export function printLetters(text: string): string {
  let before = text;
  let after = text;
  // Accents nest (`\'{\aa}`). Every change makes the text shorter, so this ends.
  do {
    before = after;
    after = before.includes('\\') ? before.split(DOLLAR).map(printOutsideMath).join('$') : before;
  } while (after !== before);
  return after;
}

function printOutsideMath(part: string, index: number): string {
  if (index % 2 === 1 || !part.includes('\\')) return part;
  return part
    .replace(SYMBOL_ACCENT, (whole, mark: string, braced?: string, dotless?: string, bare?: string) =>
      accented(whole, mark, braced ?? dotless ?? bare ?? ''),
    )
    .replace(LETTER_ACCENT, accented)
    .replace(WORD_ACCENT, accented)
    .replace(TORN_GREEK, (whole, head: string, tail: string) => GREEK_LETTERS.get(head + tail) ?? whole)
    .replace(BRACED_LETTER, (whole, command: string) => letterOf(command) ?? whole)
    .replace(WORD_LETTER, (whole, command: string) => letterOf(command) ?? whole)
    .replace(FREE_LETTER, (whole, command: string) => letterOf(command) ?? whole)
    .replace(NEEDLESS_BRACES, '$1');
}

/** Only combinations that exist as one character are printed; the rest was probably not an accent. */
function accented(whole: string, mark: string, letter: string): string {
  const composed = (letter + (MARKS[mark] ?? '')).normalize('NFC');
  return composed.length === 1 ? composed : whole;
}

function pairs(list: string): Map<string, string> {
  const words = list.split(' ');
  return new Map(
    words.flatMap((word, at): [string, string][] => (at % 2 === 0 ? [[word, words[at + 1] ?? '']] : [])),
  );
}
