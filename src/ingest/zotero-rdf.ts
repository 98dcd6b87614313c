/**
 * Zotero's RDF export, read as a stream: an item is one element below the root, and what it refers to (a journal, a
 * collection) may come before it, within it or after it. External entities and those of a DOCTYPE are never read.
 */
import { SaxesParser } from 'saxes';
import type { RawPaper } from '../paper/raw-paper.ts';
import { type RdfNode, rdfPaper } from './rdf-paper.ts';
import { paperRow, rowFault } from './read-rows.ts';
import type { Row } from './row.ts';

interface Item {
  readonly line: number;
  readonly node: RdfNode;
  /** What was wrong with its XML. */
  readonly flaw: string | undefined;
}

const MAX_DEPTH = 64;

/** Whether a text begins like an RDF export. */
export function isRdf(head: string): boolean {
  return /<rdf:RDF[\s>]/.test(head.slice(0, 4_096));
}

/** One Row for each item. Items that name a journal the file explains later come at the end. */
export async function* readZoteroRdf(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Row> {
  const reader = new RdfReader();
  const decoder = new TextDecoder();
  const known = new Map<string, RdfNode>();
  const waiting: Item[] = [];
  const toRow = ({ line, node, flaw }: Item): Row | undefined =>
    paperRow({ file, line }, (): RawPaper | undefined => {
      if (flaw !== undefined) throw rowFault(`The item is broken XML: ${flaw}`);
      return rdfPaper(node, known);
    });
  function* take(items: readonly Item[]): Generator<Row> {
    for (const item of items) {
      if (item.node.about !== undefined && !isWork(item.node)) known.set(item.node.about, item.node);
      const isReady = references(item.node).every((name) => known.has(name));
      if (!isReady) waiting.push(item);
      const row = isReady ? toRow(item) : undefined;
      if (row) yield row;
    }
  }
  for await (const chunk of chunks) yield* take(reader.read(decoder.decode(chunk, { stream: true })));
  yield* take(reader.end());
  for (const item of waiting) {
    const row = toRow(item);
    if (row) yield row;
  }
}

/** What a journal or a collection is not: somebody's work. */
function isWork({ children }: RdfNode): boolean {
  return children.some(({ name }) => name === 'z:itemType');
}

function references({ children }: RdfNode): string[] {
  return children.flatMap(({ name, about }) =>
    name === 'dcterms:isPartOf' && about !== undefined ? [about] : [],
  );
}

class RdfReader {
  readonly #parser = new SaxesParser<{ readonly position: true; readonly xmlns: false }>({
    position: true,
    xmlns: false,
  });
  readonly #open: RdfNode[] = [];
  #items: Item[] = [];
  #line = 1;
  #flaw: string | undefined;

  constructor() {
    this.#parser.on('opentag', ({ name, attributes }) => this.#begin(name, attributes));
    this.#parser.on('closetag', () => this.#end());
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('error', ({ message }) => {
      this.#flaw ??= message.replace(/^\d+:\d+: /, '').slice(0, 120);
    });
  }

  read(text: string): Item[] {
    this.#parser.write(text);
    return this.#items.splice(0);
  }

  /** The items that are left, the last one with what its end lacks. */
  end(): Item[] {
    this.#parser.close();
    const [, cutOff] = this.#open;
    if (cutOff) this.#items.push({ line: this.#line, node: cutOff, flaw: 'the file ends within it' });
    return this.#items.splice(0);
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    const node = {
      name,
      about: attributes['rdf:about'] ?? attributes['rdf:resource'],
      children: [],
      text: '',
    };
    if (this.#open.length === 1) {
      this.#line = this.#parser.line;
      this.#flaw = undefined;
    }
    if (this.#open.length > MAX_DEPTH) this.#flaw ??= 'too many elements within one another';
    else if (this.#open.length > 1) this.#open.at(-1)?.children.push(node);
    this.#open.push(node);
  }

  #end(): void {
    const node = this.#open.pop();
    if (this.#open.length !== 1 || node === undefined) return;
    this.#items.push({ line: this.#line, node, flaw: this.#flaw });
    this.#flaw = undefined;
  }

  #text(text: string): void {
    const node = this.#open.at(-1);
    if (node !== undefined && this.#open.length > 1) node.text += text;
  }
}
