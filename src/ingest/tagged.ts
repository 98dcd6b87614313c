/**
 * The tagged formats, one field a line: RIS, EndNote's `%A`, Web of Science's and PubMed's (MEDLINE) plain text.
 * They differ in how a tag is written and what it means, and agree in everything else, so they are read by one
 * reader from one table. Programs take liberties with all of them; whatever is not understood is passed over.
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { rowFault } from './read-rows.ts';
import { type TaggedFields, toRawPaper } from './tagged-paper.ts';

/** How a dialect writes its tags. */
interface Dialect {
  /** Tag and value; a line without goes on with the one before. */
  readonly line: RegExp;
  /** How a record begins. */
  readonly begins: RegExp;
  /** The fields by their tags; the first tag that is there counts, lists take all. */
  readonly fields: TaggedFields;
}

const RIS: Dialect = {
  line: /^\s{0,3}([A-Z][A-Z0-9]) {0,2}-(?: (.*)|\s*)$/,
  begins: /^\s*TY {0,2}- ?/,
  fields: {
    title: ['TI', 'T1', 'CT', 'BT'],
    abstract: ['AB', 'N2'],
    authors: ['AU', 'A1'],
    date: ['DA', 'PY', 'Y1'],
    year: ['PY', 'Y1', 'YR'],
    venue: ['JO', 'JF', 'T2', 'JA', 'J2', 'BT', 'T3'],
    doi: ['DO', 'M3', 'L3'],
    url: ['UR', 'L1', 'LK'],
    tags: ['KW'],
    note: ['N1', 'C1'],
    volume: ['VL'],
    issue: ['IS'],
    firstPage: ['SP'],
    lastPage: ['EP'],
    language: ['LA'],
    remarks: ['M1', 'AN', 'N1', 'JO', 'T2', 'PB'],
  },
};

const ENDNOTE: Dialect = {
  line: /^%(\S)(?: (.*)|\s*)$/,
  begins: /^%0 /,
  fields: {
    title: ['T'],
    abstract: ['X'],
    authors: ['A'],
    date: ['8'],
    year: ['D'],
    venue: ['J', 'B'],
    doi: ['R'],
    url: ['U'],
    tags: ['K'],
    note: ['Z'],
    volume: ['V'],
    issue: ['N'],
    pages: ['P'],
    language: ['G'],
    remarks: ['M', 'Z', 'J'],
  },
};

const WEB_OF_SCIENCE: Dialect = {
  line: /^([A-Z][A-Z0-9])(?: (.*)|\s*)$/,
  begins: /^PT /,
  fields: {
    title: ['TI'],
    abstract: ['AB'],
    authors: ['AF', 'AU'],
    date: [],
    year: ['PY', 'EY'],
    month: ['PD'],
    venue: ['SO'],
    doi: ['DI'],
    url: [],
    tags: ['DE'],
    note: [],
    volume: ['VL'],
    issue: ['IS'],
    firstPage: ['BP'],
    lastPage: ['EP'],
    language: ['LA'],
    remarks: ['AR', 'SO'],
  },
};

const MEDLINE: Dialect = {
  line: /^([A-Z]{1,4}) {0,3}- (.*)$/,
  begins: /^PMID- /,
  fields: {
    title: ['TI', 'BTI'],
    abstract: ['AB'],
    authors: ['FAU', 'AU', 'CN'],
    date: ['DP'],
    year: ['DP'],
    venue: ['JT', 'TA'],
    doi: ['LID', 'AID'],
    url: [],
    tags: ['OT', 'MH'],
    note: [],
    volume: ['VI'],
    issue: ['IP'],
    pages: ['PG'],
    language: ['LA'],
    pubmed: ['PMID'],
    remarks: ['SO'],
  },
};

const DIALECTS = [RIS, ENDNOTE, WEB_OF_SCIENCE, MEDLINE];
/** Lines around the records: what a Web of Science file says of itself. */
const FRAME_LINE = /^(?:FN |VR |EF\s*$)/;

/** Whether a line begins a record in one of the dialects. */
export function beginsRecord(line: string): boolean {
  return DIALECTS.some(({ begins }) => begins.test(line));
}

/** Whether a text begins with a record. */
export function isTagged(head: string): boolean {
  const first = head.split('\n').find((line) => line.trim() !== '' && !FRAME_LINE.test(line));
  return first !== undefined && beginsRecord(first);
}

/** Undefined for what stands around the records. Throws ROW_INVALID where no line has a tag. */
export function parseTaggedRecord(text: string): RawPaper | undefined {
  const lines = text.split(/\r?\n/);
  const dialect = DIALECTS.find(({ begins }) => begins.test(lines[0] ?? ''));
  if (dialect !== undefined) return toRawPaper(valuesOf(lines, dialect.line), dialect.fields);
  if (lines.every((line) => line.trim() === '' || FRAME_LINE.test(line))) return undefined;
  throw rowFault('The record does not begin as one: RIS begins with "TY  -", EndNote with "%0"');
}

/** Values by tag, in their order. */
function valuesOf(lines: readonly string[], tagged: RegExp): Map<string, string[]> {
  const values = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of lines) {
    const [found, tag = '', value = ''] = tagged.exec(line) ?? [];
    if (found !== undefined) {
      open = values.get(tag) ?? [];
      values.set(tag, open);
      open.push(value.trim());
    } else if (open !== undefined && line.trim() !== '') {
      goOn(open, {
        text: line.trim(),
        isListItem:
          (tagged === WEB_OF_SCIENCE.line && open === values.get('AU')) || open === values.get('AF'),
      });
    }
  }
  return values;
}

/** Web of Science writes one author a line under one tag. */
function goOn(
  values: string[],
  { text, isListItem }: { readonly text: string; readonly isListItem: boolean },
): void {
  if (isListItem) values.push(text);
  else values.push(`${values.pop() ?? ''} ${text}`.trim());
}
