/**
 * XML of a service as plain objects: names without their prefixes, attributes as `@name`, text as it stands. Document
 * types are refused altogether: no service needs one, and every bomb of entities does.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AppError } from '../fault/app-error.ts';
import type { PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';

export type XmlNode = Readonly<Record<string, unknown>>;

const DOCTYPE = /<!DOCTYPE/i;
const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Beside the five of XML itself this decodes numbers such as `&#233;`; none of them can grow.
  htmlEntities: true,
});

/** What the root holds, by its name. Throws SOURCE_FAILED for a document type, a TransientFault for broken XML. */
export function readXml({ address, text }: PoliteAnswer): XmlNode {
  const xml = text().text;
  if (DOCTYPE.test(xml)) {
    throw new AppError('SOURCE_FAILED', {
      message: `${address} answers with a document type, which is not read`,
    });
  }
  const verdict = XMLValidator.validate(xml);
  if (verdict !== true) {
    throw new TransientFault(`${address} does not answer with whole XML: ${verdict.err.msg}`);
  }
  try {
    return PARSER.parse(xml) as XmlNode;
  } catch (cause) {
    throw new AppError(
      'SOURCE_FAILED',
      { message: `${address} answers with XML that cannot be read` },
      { cause },
    );
  }
}

/** The element of that name inside; the first where there are several. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return children(node, name)[0];
}

/** All elements of that name inside; elements that hold nothing but text are `{ '#text': ... }`. */
export function children(node: XmlNode | undefined, name: string): XmlNode[] {
  return listOf(node?.[name]).map((value) =>
    typeof value === 'object' && value !== null ? (value as XmlNode) : { '#text': String(value) },
  );
}

/** The text of the element of that name inside; undefined where there is none. */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  const [value] = listOf(node?.[name]);
  if (typeof value === 'string') return value;
  const inner = (value as XmlNode | undefined)?.['#text'];
  return typeof inner === 'string' ? inner : undefined;
}

export function attribute(node: XmlNode | undefined, name: string): string | undefined {
  const value = node?.[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
