/** Tells the formats apart by the first rows, whatever the file is called. */
import { isAcl } from './acl.ts';
import { isArxivRecord } from './arxiv-snapshot.ts';
import { isBibtex } from './bibtex.ts';
import { delimiterOf } from './csv.ts';
import { isIdList } from './id-list.ts';
import { libraryFormat } from './library-json.ts';
import { isPubmed } from './pubmed.ts';
import { isTagged } from './tagged.ts';
import { isRdf } from './zotero-rdf.ts';

export const FORMATS = [
  'jsonl',
  'arxiv',
  'csv',
  'bibtex',
  'ris',
  'csl',
  'zotero',
  'zotero-rdf',
  'pubmed',
  'acl',
  'ids',
] as const;
/**
 * `jsonl`: Pharos's own JSON Lines. `arxiv`: Kaggle's arXiv snapshot. `csv`: CSV with a header. `ris` stands for all
 * tagged formats. `zotero`: items as its API gives them. `pubmed` and `acl`: XML of PubMed and of the ACL Anthology.
 * `ids`: one id a line.
 */
export type Format = (typeof FORMATS)[number];

/** How much of a file is needed to tell. */
export const HEAD_BYTES = 64 * 1024;

const MAX_LINES = 20;
/** How an object begins; a `{` alone is JSON spread over many lines, which is no row. */
const OBJECT_START = /^\s*\{\s*"/;
/** `@article{key, title = {...},` holds delimiters like a header does. */
const BIBTEX_START = /^\s*@/;
const ARXIV_KEY = /"authors_parsed"\s*:/;

/**
 * Undefined when it is none of them. Bad rows at the top do not matter as long as one good row is among the first
 * twenty, or one begins like an object.
 */
export function detectFormat(head: string): Format | undefined {
  const library = libraryOf(head);
  if (library !== undefined) return library;
  const lines = head.split('\n', MAX_LINES).filter((line) => line.trim() !== '');
  if (!BIBTEX_START.test(head) && delimiterOf(headerLine(head)) !== undefined) return 'csv';
  const records = lines.flatMap(objectIn);
  if (records.some(isArxivRecord)) return 'arxiv';
  if (records.length > 0) return 'jsonl';
  if (isBibtex(head)) return 'bibtex';
  const begun = lines.find((line) => OBJECT_START.test(line));
  if (begun === undefined) return isIdList(head) ? 'ids' : undefined;
  return ARXIV_KEY.test(begun) ? 'arxiv' : 'jsonl';
}

/** Libraries that their very first words tell. */
function libraryOf(head: string): Format | undefined {
  if (isRdf(head)) return 'zotero-rdf';
  if (isPubmed(head)) return 'pubmed';
  if (isAcl(head)) return 'acl';
  if (isTagged(head)) return 'ris';
  return libraryFormat(head);
}

/** The first line that is not blank. */
export function headerLine(head: string): string {
  return (/^\s*([^\r\n]*)/.exec(head)?.[1] ?? '').trimEnd();
}

function objectIn(line: string): Record<string, unknown>[] {
  if (!OBJECT_START.test(line)) return [];
  try {
    return [JSON.parse(line)];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
