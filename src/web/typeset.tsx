/**
 * Titles and abstracts with their LaTeX formulas typeset, as MathML, which browsers lay out themselves: no fonts, no
 * style sheet, nothing inline. What KaTeX refuses stays as it was written. The text is somebody else's and may be
 * hostile: nothing in it becomes markup but what KaTeX makes, which is told to trust nothing.
 */
import katex from 'katex';
import type { VNode } from 'preact';
import { mathNodes } from './mathml.tsx';

/** In UTF-16 units. Longer formulas are more likely a mistake or an attack than something to read in a list. */
const MAX_FORMULA = 500;
const MAX_FORMULAS = 60;
// What opens again has not been closed: looking on from each of many openings would take for ever.
const FORMULA = /\$\$([^$]+)\$\$|\$([^$\n]+)\$|\\\(((?:(?!\\\()[\s\S])+?)\\\)/g;
/** A price is no formula: what begins or ends with a space or goes on with a digit. */
const PRICE = /^\s|\s$|^\d[\d.,]*\s/;

export interface TypesetProps {
  readonly text: string;
  /** Half-open ranges to mark, ascending. */
  readonly marks?: readonly (readonly [start: number, end: number])[];
}

export function Typeset({ text, marks = [] }: TypesetProps): VNode {
  const pieces: (VNode | string)[] = [];
  let from = 0;
  let formulas = 0;
  for (const match of text.matchAll(FORMULA)) {
    const tex = match[1] ?? match[2] ?? match[3] ?? '';
    const markup = formulas < MAX_FORMULAS && !PRICE.test(tex) ? mathOf(tex) : undefined;
    if (markup === undefined) continue;
    formulas++;
    pieces.push(...marked(text, { from, to: match.index, marks }), ...mathNodes(markup, tex));
    from = match.index + match[0].length;
  }
  pieces.push(...marked(text, { from, to: text.length, marks }));
  return <>{pieces}</>;
}

function mathOf(tex: string): string | undefined {
  if (tex.length > MAX_FORMULA) return undefined;
  try {
    return katex.renderToString(tex, {
      output: 'mathml',
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxExpand: 100,
      maxSize: 10,
    });
  } catch (error) {
    // Not only ParseError: KaTeX throws others for what it does not expect.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly marks: TypesetProps['marks'];
}

function marked(text: string, { from, to, marks = [] }: Stretch): (VNode | string)[] {
  const pieces: (VNode | string)[] = [];
  let at = from;
  for (const [start, end] of marks) {
    if (end <= at || start >= to) continue;
    const begin = Math.max(start, at);
    if (begin > at) pieces.push(text.slice(at, begin));
    at = Math.min(end, to);
    pieces.push(<mark>{text.slice(begin, at)}</mark>);
  }
  if (at < to) pieces.push(text.slice(at, to));
  return pieces;
}
