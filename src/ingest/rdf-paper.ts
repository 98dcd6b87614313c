/** What an item of Zotero's RDF makes of a paper: Dublin Core, FOAF names, PRISM numbers and Zotero's own words. */

import { parseDoi } from '../paper/doi.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { arxivIdIn, journalReference } from './named-ids.ts';
import { plainText } from './plain-text.ts';

/** An element with what is in it. */
export interface RdfNode {
  readonly name: string;
  /** `rdf:about` or `rdf:resource`. */
  readonly about: string | undefined;
  readonly children: RdfNode[];
  text: string;
}

const NO_WORKS = new Set(['attachment', 'note', 'annotation']);

/** Undefined for journals, collections, attachments and notes. `known` are the nodes others refer to. */
export function rdfPaper(item: RdfNode, known: ReadonlyMap<string, RdfNode>): RawPaper | undefined {
  const type = textAt(item, 'z:itemType');
  if (type === undefined || NO_WORKS.has(type)) return undefined;
  const container = containerOf(item, known);
  const identifiers = [...identifiersOf(item), ...(container === undefined ? [] : identifiersOf(container))];
  const url = descendants(item, 'dcterms:URI')
    .map((node) => textAt(node, 'rdf:value'))
    .find(Boolean);
  const doi = identifiers
    .filter((text) => /^doi\b/i.test(text) || text.startsWith('10.'))
    .map(parseDoi)
    .find(Boolean);
  const journal = container && textAt(container, 'dc:title');
  const extra = textAt(item, 'dc:description');
  return {
    id: arxivIdIn(url, extra, ...identifiers, textAt(item, 'prism:number'), journal, item.about),
    title: plainText(textAt(item, 'dc:title')),
    abstract: plainText(textAt(item, 'dcterms:abstract')),
    authors: authorsOf(item),
    published: looseDate({ date: textAt(item, 'dc:date') }),
    venue: journal ?? (url !== undefined && /arxiv\.org/.test(url) ? 'arXiv' : undefined),
    url: url ?? (item.about?.startsWith('http') ? item.about : undefined),
    doi,
    language: textAt(item, 'z:language'),
    journalRef: journalReference({
      journal,
      volume: textAt(item, 'prism:volume') ?? (container && textAt(container, 'prism:volume')),
      issue: textAt(item, 'prism:number') ?? (container && textAt(container, 'prism:number')),
      pages: textAt(item, 'bib:pages'),
    }),
    tags: descendants(item, 'dc:subject').flatMap(tagOf),
  };
}

function containerOf(item: RdfNode, known: ReadonlyMap<string, RdfNode>): RdfNode | undefined {
  const links = item.children.filter(({ name }) => name === 'dcterms:isPartOf');
  const nodes = links.flatMap(
    (link) => link.children[0] ?? (link.about === undefined ? [] : (known.get(link.about) ?? [])),
  );
  return nodes.find((node) => textAt(node, 'dc:title') !== undefined && node.name !== 'bib:Series');
}

function identifiersOf(node: RdfNode): string[] {
  return descendants(node, 'dc:identifier')
    .map((found) => found.text.trim())
    .filter((text) => text !== '');
}

/** `<dc:subject>word</dc:subject>`, or with an automatic tag inside. */
function tagOf({ text, children }: RdfNode): string[] {
  const tag = text.trim() || (children[0] && textAt(children[0], 'rdf:value'));
  return tag ? [tag] : [];
}

function authorsOf(item: RdfNode): string[] {
  const authors = item.children.filter(({ name }) => name === 'bib:authors');
  return authors
    .flatMap((list) => descendants(list, 'foaf:Person'))
    .map((person) =>
      [textAt(person, 'foaf:givenName') ?? textAt(person, 'foaf:givenname'), textAt(person, 'foaf:surname')]
        .filter(Boolean)
        .join(' '),
    );
}

/** Elements of a name anywhere below, but not within the container, which speaks for itself. */
function descendants(node: RdfNode, name: string): RdfNode[] {
  return node.children.flatMap((child) => {
    if (child.name === name) return [child];
    return child.name === 'dcterms:isPartOf' ? [] : descendants(child, name);
  });
}

function textAt(node: RdfNode, name: string): string | undefined {
  const text = node.children.find((child) => child.name === name)?.text.trim();
  return text === '' ? undefined : text;
}
