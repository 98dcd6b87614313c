/**
 * What a word looks like in the text of a paper: Unicode letters and digits, and the ways LaTeX writes them.
 * Patterns only; `analyze` and `compound` decide what becomes of the words.
 */

// Soft hyphen and zero-width joiners stand inside words and mean nothing.
const LETTER = '[\\p{L}\\p{N}\\p{M}\\u00ad\\u200c\\u200d]';
/** `\'e`, `\"{o}`, `\v{c}`, `{\'e}`, `{\o}`: an accented letter in the middle of a word. */
const ACCENTED = [
  '\\\\[\'"`^~=.]\\{?\\\\?[A-Za-z]\\}?',
  '\\\\[uvHcdbtrk]\\{\\\\?[A-Za-z]\\}',
  '\\{\\\\[\'"`^~=.]\\{?\\\\?[A-Za-z]\\}?\\}',
  '\\{\\\\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)\\}',
].join('|');
/** `CO$_2$`: digits written below or above. */
const SCRIPT_DIGITS = '\\$[_^]\\{?\\d+\\}?\\$';
/** The point in `3.5` and the comma in `100,000`. */
const IN_NUMBER = '(?<=\\d)\\.(?=\\d)|(?<=\\d),(?=\\d{3}(?!\\d))';
const WORD = `(?:${LETTER}|${ACCENTED})(?:${LETTER}|${ACCENTED}|${SCRIPT_DIGITS}|${IN_NUMBER})*`;
/** ASCII hyphen, hyphen, non-breaking hyphen; the apostrophes. A dash separates. */
const JOINER = "[-\\u2010\\u2011'\\u2019\\u02bc]";

/** Words joined by hyphens and apostrophes, from `lastIndex`. */
export const COMPOUND = new RegExp(`${WORD}(?:${JOINER}${WORD})*`, 'uy');
/** The words of a compound. */
export const PART = new RegExp(WORD, 'gu');
/** `C++`, `C#`, `F#`, from `lastIndex`; `C#4` and `C++11` are no such names. */
export const SYMBOL_NAME = /[A-Za-z](?:\+\+|#)(?![\p{L}\p{N}+#])/uy;
/** A LaTeX command, from `lastIndex`. */
export const COMMAND = /\\[A-Za-z]+/y;
/** What a command may begin with that is not read: `\varepsilon` is `\epsilon`. */
export const VARIANT = /^var(?=[a-z]{2})/;
/** The arguments of a command whose arguments are not text, from `lastIndex`. */
export const ARGUMENTS = /\s*(?:\[[^\]{}]{0,200}\])?\{[^{}]{0,500}\}/y;
/** What LaTeX adds to the letters of a word: dropped before folding. */
export const LATEX_MARKUP = /\\['"`^~=.]|\\[uvHcdbtrk](?=\{)|[\\{}$_^]/g;

/** Commands that shape or space the text and mean nothing to a reader who searches. */
export const SILENT_COMMANDS: ReadonlySet<string> = new Set(
  `mathbb mathcal mathrm mathbf mathfrak mathsf mathit mathscr mathtt mathop boldsymbol bm pmb cal rm bf it em
  sf tt sc sl text textit textbf textrm texttt textsc textsf textsl textup textnormal textsuperscript
  textsubscript emph underline overline uppercase operatorname ensuremath mbox hbox frac dfrac tfrac sqrt hat
  widehat tilde widetilde bar vec dot ddot acute grave check breve left right middle big Big bigg Bigg bigl
  bigr Bigl Bigr quad qquad hspace vspace hskip vskip displaystyle textstyle scriptstyle limits nolimits par
  noindent newline linebreak item footnotesize small large Large tiny normalsize langle rangle lvert rvert
  lVert rVert vert Vert lfloor rfloor lceil rceil leq geq le ge lt gt neq ne ll gg sim simeq approx equiv cong
  propto times cdot cdots ldots dots pm mp to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow
  longrightarrow mapsto in notin subset subseteq supset cup cap setminus mid colon not prime circ ast star
  dagger ddagger forall exists lesssim gtrsim over under stackrel overset underset protect relax xspace`.split(
    /\s+/,
  ),
);
/** Commands whose arguments are not text either. */
export const SILENT_WITH_ARGUMENTS: ReadonlySet<string> = new Set(
  'begin end cite citep citet citeauthor ref eqref cref autoref label url href includegraphics'.split(' '),
);
