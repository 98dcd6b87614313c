/**
 * Names as BibTeX writes them: `First von Last`, `von Last, First`, `von Last, Jr, First`, `{An Organisation}`,
 * several joined by `and`. Source: Patashnik, "BibTeXing" (1988), section 4.
 */
import { latexText } from './latex-text.ts';

/** Names in the order people say them. `and others` is no author. */
export function bibtexNames(field: string): string[] {
  return splitOutsideBraces(field, /\s+and(?=\s)/iy)
    .map((name) => spoken(name.trim()))
    .filter((name) => name !== '' && name.toLowerCase() !== 'others');
}

function spoken(name: string): string {
  const parts = splitOutsideBraces(name, /,/y).map((part) => latexText(part.trim()).trim());
  const [last = '', ...rest] = parts;
  if (rest.length === 0) return last;
  const first = rest.at(-1) ?? '';
  const suffix = rest.length > 1 ? rest.slice(0, -1) : [];
  return [first, last, ...suffix].filter((part) => part !== '').join(' ');
}

function splitOutsideBraces(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\') {
      at += 1;
      continue;
    }
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth > 0) continue;
    separator.lastIndex = at;
    const found = separator.exec(text);
    if (found === null) continue;
    parts.push(text.slice(from, at));
    from = at + found[0].length;
    at = from - 1;
  }
  return [...parts, text.slice(from)];
}
