/**
 * Libraries as JSON: CSL-JSON, which every reference manager writes, and Zotero's own items, as its web and local
 * API give them (`{ key, data }`) and as the export of Better BibTeX has them. An object says itself which it is.
 * CSL-JSON: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { cslPaper } from './csl.ts';
import { objectText } from './json-boundary.ts';
import { parseJsonRow } from './parse-json-row.ts';
import { zoteroPaper } from './zotero-item.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Which of the two a text begins like, looking at its first objects; undefined for any other JSON. */
export function libraryFormat(head: string): 'csl' | 'zotero' | undefined {
  if (!/^\s*[[{]/.test(head)) return undefined;
  const isList = /^\s*\[\s*\{/.test(head);
  if (/"itemType"\s*:/.test(head) && (isList || /"items"\s*:\s*\[/.test(head))) return 'zotero';
  if (!isList) return undefined;
  return /"(?:issued|container-title|family|citation-key)"\s*:|"type"\s*:\s*"[a-z]+(?:-[a-z]+)*"/.test(head)
    ? 'csl'
    : undefined;
}

/** Undefined for what is around the items, and for attachments and notes. Throws ROW_INVALID. */
export function parseLibraryObject(row: string): RawPaper | undefined {
  const text = objectText(row);
  if (text === undefined) return undefined;
  const item: JsonObject = parseJsonRow(text);
  const inner = typeof item.data === 'object' && item.data !== null ? (item.data as JsonObject) : item;
  if (typeof inner.itemType === 'string') return zoteroPaper(inner);
  return cslPaper(item);
}
