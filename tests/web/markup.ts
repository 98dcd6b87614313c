/** Reads a page strictly, as nothing but what a renderer writes, so that any text that became markup is found. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TextPiece {
  readonly text: string;
  /** From the root to the parent. */
  readonly within: readonly Element[];
}

export interface Markup {
  readonly elements: readonly Element[];
  readonly texts: readonly TextPiece[];
}

const DOCTYPE = '<!doctype html>';
const VOID = new Set(['meta', 'link', 'input', 'br']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][\w:-]*(?:="[^"<]*")?)*)(\/?)>/y;
const ATTRIBUTE = / ([a-zA-Z][\w:-]*)(?:="([^"<]*)")?/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** Throws where a `<` begins no tag, where tags do not match, and where a quote is not closed. */
export function readMarkup(html: string): Markup {
  const elements: Element[] = [];
  const texts: TextPiece[] = [];
  const open: Element[] = [];
  let at = html.startsWith(DOCTYPE) ? DOCTYPE.length : 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next < 0) throw new Error(`text after the end: ${html.slice(at, at + 200)}`);
    if (next > at) texts.push({ text: decoded(html.slice(at, next)), within: [...open] });
    const tag = tagAt(html, next);
    at = next + tag[0].length;
    const element = { name: tag[2] ?? '', attributes: attributesOf(tag[3] ?? '') };
    if (tag[1]) close(open, element.name);
    else elements.push(element);
    if (!tag[1] && !tag[4] && !VOID.has(element.name)) open.push(element);
  }
  return { elements, texts };
}

function tagAt(html: string, at: number): RegExpExecArray {
  TAG.lastIndex = at;
  const tag = TAG.exec(html);
  if (!tag) throw new Error(`not a tag: ${html.slice(at, at + 200)}`);
  return tag;
}

function close(open: Element[], name: string): void {
  const { name: expected } = open.pop() ?? { name: 'nothing' };
  if (expected !== name) throw new Error(`</${name}> ends ${expected}`);
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, decoded(value)]),
  );
}

function decoded(text: string): string {
  return text.replaceAll(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
