/**
 * Finds the mathematics in a title or an abstract: LaTeX between dollar signs, as arXiv prints it. Only what is safe
 * to hand to LaTeX counts: it can neither end the field that holds it nor run a command that does more than print.
 */

/**
 * A dollar sign that no blank follows, up to one that no blank precedes and no digit follows: `costs $5 or $6` is no
 * mathematics. Without anything that could end the field or a comment.
 */
const MATH = /(?<![\\$])\$(?![\s$])((?:[^$\\%#&]|\\[^$]){0,499}?)(?<!\s)\$(?![\d$])/g;
/** Commands that read or write files, define, or hide others; `^^` spells any character in its code. */
const DANGEROUS =
  /\^\^|\\(?:input|include\w*|open\w*|close\w*|read\w*|write\d*|immediate|special|catcode|csname|endcsname|[egx]?def|let|futurelet|newcommand|renewcommand|providecommand|newwrite|newread|expandafter|noexpand|loop|repeat|usepackage|RequirePackage|documentclass|begin|end|verb|url|href|directlua|latelua|pdf\w*|jobname|scantokens|every\w+|output|shipout|batchmode|errorstopmode|stop|bye|lowercase|uppercase|active|mathcode|char|toks|the|message|errmessage|show\w*|dump|par)(?![A-Za-z])/;
export interface TextPiece {
  readonly text: string;
  readonly isMath: boolean;
}

/** `text` in order, cut where mathematics begins and ends; the pieces put together are `text`. */
export function mathPieces(text: string): TextPiece[] {
  const found: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(MATH)) {
    if (!isHarmless(match[1] ?? '')) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index), isMath: false });
    found.push({ text: match[0], isMath: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), isMath: false });
  return found;
}

/** Braces in pairs, as LaTeX and as BibTeX count them, and no command that does more than print. */
function isHarmless(math: string): boolean {
  const unescaped = math.replace(/\\[\s\S]/g, '');
  return isBalanced(math) && isBalanced(unescaped) && math.trim() !== '' && !DANGEROUS.test(math);
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[{}]/g)) {
    depth += sign === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
