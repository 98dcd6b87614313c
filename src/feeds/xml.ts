/**
 * XML as a tree, and the one place where it becomes text. Whatever a title holds, what is written is well-formed:
 * nothing is escaped by whoever builds the tree, and characters that XML 1.0 forbids even escaped are replaced.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

/** A string is text, as it is to be read. */
export type XmlNode = XmlElement | string;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** All but the Char of https://www.w3.org/TR/xml/#charsets; halves of characters count as what they are. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const REPLACEMENT = '\u{FFFD}';
const SPECIAL = /[&<>"\r]/g;
/** In an attribute a parser makes blanks of these. */
const SPACE_IN_ATTRIBUTE = /[\t\n]/g;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

export function element(
  name: string,
  attributes: XmlElement['attributes'],
  children: readonly XmlNode[] = [],
): XmlElement {
  return { name, attributes, children };
}

/** An element that holds nothing but text. */
export function textElement(name: string, text: string): XmlElement {
  return element(name, {}, [text]);
}

/** A whole document, one line an element where an element holds elements. */
export function toXml(root: XmlElement): string {
  return `${DECLARATION}${written(root)}\n`;
}

/** Markup for a place inside a document that is written in pieces. */
export function toXmlFragment(node: XmlElement): string {
  return `${written(node)}\n`;
}

function written({ name, attributes, children }: XmlElement): string {
  const open = name + Object.entries(attributes).map(attribute).join('');
  if (children.length === 0) return `<${open}/>`;
  const hasElements = children.some((child) => typeof child !== 'string');
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : written(child)));
  return hasElements ? `<${open}>\n${inner.join('\n')}\n</${name}>` : `<${open}>${inner.join('')}</${name}>`;
}

function attribute([name, value]: [string, string]): string {
  const safe = escaped(value).replace(SPACE_IN_ATTRIBUTE, (space) => `&#${space.charCodeAt(0)};`);
  return ` ${name}="${safe}"`;
}

function escaped(text: string): string {
  return text.replace(FORBIDDEN, REPLACEMENT).replace(SPECIAL, (character) => REFERENCES[character] ?? '');
}
