/**
 * The MathML that KaTeX writes, as nodes of the page. Elements and attributes that are not in these lists are left
 * out, so whatever a formula makes KaTeX write, it can be no more than a formula.
 */
import { h, type VNode } from 'preact';

type Node = VNode | string;

const ELEMENTS = new Set(
  (
    'math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover ' +
    'mstyle mpadded mphantom menclose mtable mtr mtd mmultiscripts mprescripts none merror'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'display displaystyle scriptlevel mathvariant stretchy fence separator lspace rspace accent accentunder ' +
    'columnalign rowspacing columnspacing columnlines rowlines linethickness width height depth voffset minsize ' +
    'maxsize symmetric movablelimits notation linebreak'
  ).split(' '),
);
/** KaTeX keeps the source of a formula beside it, for whoever copies; `alttext` says it better. */
const ANNOTATION = /<annotation[^>]*>[\s\S]*?<\/annotation>/g;
const PIECE = /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#x27': "'",
  nbsp: '\u00a0',
};

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
}

/** `tex` is what screen readers that know no MathML are given. */
export function mathNodes(markup: string, tex: string): Node[] {
  const root: Open = { name: '', attributes: {}, children: [] };
  const open: Open[] = [root];
  for (const [, slash, name = '', attributes = '', isEmpty, text] of markup
    .replaceAll(ANNOTATION, '')
    .matchAll(PIECE)) {
    const top = open.at(-1) ?? root;
    if (text !== undefined) top.children.push(decoded(text));
    else if (slash) close(open);
    else {
      open.push({
        name,
        attributes: attributesIn(attributes, name === 'math' ? { alttext: tex } : {}),
        children: [],
      });
      if (isEmpty) close(open);
    }
  }
  while (open.length > 1) close(open);
  return root.children;
}

function close(open: Open[]): void {
  if (open.length < 2) return;
  const { name, attributes, children } = open.pop() as Open;
  const parent = open.at(-1);
  // What is not known as an element is passed through by its contents.
  if (ELEMENTS.has(name)) parent?.children.push(h(name, attributes, ...children));
  else parent?.children.push(...children);
}

function attributesIn(text: string, more: Readonly<Record<string, string>>): Record<string, string> {
  const known = [...text.matchAll(ATTRIBUTE)].flatMap(([, name = '', value = '']): [string, string][] =>
    ATTRIBUTES.has(name) ? [[name, decoded(value)]] : [],
  );
  return { ...Object.fromEntries(known), ...more };
}

function decoded(text: string): string {
  return text.replaceAll(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
