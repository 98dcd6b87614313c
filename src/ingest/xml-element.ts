/**
 * One element of XML as a tree, with texts and elements in the order in which they stand: titles and abstracts mix
 * both. Nothing but the five entities of XML itself and numbers is ever resolved, whatever a document type says.
 */
import { SaxesParser } from 'saxes';
import { rowFault } from './read-rows.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: (XmlElement | string)[];
}

const MAX_DEPTH = 64;
const MAX_REASON_LENGTH = 120;

/** The element that `xml` consists of. Throws ROW_INVALID where it is cut off or not well-formed. */
export function parseElement(xml: string): XmlElement {
  const parser = new SaxesParser<{ readonly xmlns: false; readonly position: false }>({
    xmlns: false,
    position: false,
  });
  const top: XmlElement = { name: '', attributes: {}, content: [] };
  const open = [top];
  parser.on('error', ({ message }) => {
    throw rowFault(
      `The record is broken XML: ${message.replace(/^\d+:\d+: /, '').slice(0, MAX_REASON_LENGTH)}`,
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH) throw rowFault('The record holds too many elements within one another');
    const element = { name, attributes, content: [] };
    open.at(-1)?.content.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const add = (text: string) => void open.at(-1)?.content.push(text);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();
  const [root] = elementsIn(top);
  if (root === undefined) throw rowFault('The record is not XML');
  return root;
}

/** Elements of that name right inside; all of them without a name. */
export function elementsIn(element: XmlElement | undefined, name?: string): XmlElement[] {
  return (element?.content ?? []).filter(
    (part): part is XmlElement => typeof part !== 'string' && (name === undefined || part.name === name),
  );
}

/** The first element that the names lead to, each within the one before. */
export function elementAt(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element;
  for (const name of path) [found] = elementsIn(found, name);
  return found;
}

/** All text within, without its markup but for the dollars around TeX; undefined where there is none. */
export function textWithin(element: XmlElement | undefined): string | undefined {
  const text = element === undefined ? '' : flat(element).trim();
  return text === '' ? undefined : text;
}

/** The text of the first element that the names lead to. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return textWithin(elementAt(element, ...path));
}

function flat({ name, content }: XmlElement): string {
  if (name === 'br') return ' ';
  const text = content.map((part) => (typeof part === 'string' ? part : flat(part))).join('');
  return name === 'tex-math' ? `$${text}$` : text;
}
