/**
 * BibTeX and BibLaTeX as papers. Entries are read one by one, so a file of any size needs the memory of one, and a
 * broken entry is a faulty row of its own. An entry with `crossref` waits for the entry it names, which BibTeX
 * demands to come later.
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { type BibtexEntry, entryOffsets, monthAbbreviations, readEntry } from './bibtex-entry.ts';
import { bibtexNames } from './bibtex-names.ts';
import { type Frame, frames } from './frames.ts';
import { latexText } from './latex-text.ts';
import { lineGroups } from './line-groups.ts';
import { looseDate } from './loose-date.ts';
import { arxivIdIn, journalReference } from './named-ids.ts';
import { paperRow, textOf } from './read-rows.ts';
import type { Row } from './row.ts';

const ENTRY_LINE = /^\s*@\s*[A-Za-z]+\s*[{(]/;
/** The first entry of a file; what stands before it is a remark. */
const BIBTEX_HEAD = /^\s*@\s*(?:[A-Za-z]+)\s*[{(]\s*(?:[^\s,{}]*\s*,|[^\s,{}=]+\s*=|["{])/m;

/** Whether a text begins like a bibliography. */
export function isBibtex(head: string): boolean {
  return BIBTEX_HEAD.test(head);
}

interface Waiting {
  readonly line: number;
  readonly entry: BibtexEntry;
}

/** One Row for each entry that is a work; `@string`, `@comment` and `@preamble` are none. */
export async function* readBibtex(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Row> {
  const shelf = new Shelf(file);
  for await (const frame of lineGroups(frames(chunks), { begins: (line) => ENTRY_LINE.test(line) })) {
    yield* shelf.rowsOf(frame);
  }
  yield* shelf.rest();
}

/** What entries may refer to: abbreviations and one another. */
class Shelf {
  readonly #file: string;
  readonly #abbreviations = monthAbbreviations();
  /** Only collections are referred to, and they are few. */
  readonly #parents = new Map<string, BibtexEntry>();
  #waiting: Waiting[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  *rowsOf(frame: Frame): Generator<Row> {
    const { line } = frame;
    const text = textOf(frame);
    if (typeof text !== 'string') {
      yield { place: { file: this.#file, line }, fault: text };
      return;
    }
    let end = 0;
    for (const offset of entryOffsets(text)) {
      // An address with an @ inside the last entry is no entry.
      if (offset < end) continue;
      const row = this.#rowAt(text, offset, {
        line: line + lineFeeds(text, offset),
        onLength: (length) => (end = offset + length),
      });
      if (row) yield row;
    }
  }

  *rest(): Generator<Row> {
    for (const { line, entry } of this.#waiting.splice(0)) {
      const parent = this.#parents.get(parentKey(entry) ?? '');
      const row = this.#rowOf(line, parent ? withParent(entry, parent) : entry);
      if (row) yield row;
    }
  }

  #rowAt(
    text: string,
    offset: number,
    { line, onLength }: { readonly line: number; readonly onLength: (length: number) => void },
  ): Row | undefined {
    return paperRow({ file: this.#file, line }, () => {
      const { entry, length } = readEntry(text.slice(offset), this.#abbreviations);
      onLength(length);
      if (entry === undefined) return undefined;
      if (COLLECTIONS.has(entry.type)) this.#parents.set(entry.key.toLowerCase(), entry);
      if (parentKey(entry) === undefined) return rawPaper(entry);
      this.#waiting.push({ line, entry });
      return undefined;
    });
  }

  #rowOf(line: number, entry: BibtexEntry): Row | undefined {
    return paperRow({ file: this.#file, line }, () => rawPaper(entry));
  }
}

const COLLECTIONS = new Set([
  'proceedings',
  'book',
  'collection',
  'mvbook',
  'mvproceedings',
  'xdata',
  'periodical',
]);

function parentKey({ fields }: BibtexEntry): string | undefined {
  return (fields.get('crossref') ?? fields.get('xdata'))?.trim().toLowerCase();
}

/** The title of a collection is the book title of what is in it. */
function withParent(entry: BibtexEntry, { fields: inherited }: BibtexEntry): BibtexEntry {
  const fields = new Map(inherited);
  fields.delete('title');
  fields.delete('author');
  fields.delete('doi');
  fields.delete('url');
  const booktitle = inherited.get('booktitle') ?? inherited.get('title');
  if (booktitle !== undefined) fields.set('booktitle', booktitle);
  for (const [name, value] of entry.fields) fields.set(name, value);
  return { ...entry, fields };
}

function lineFeeds(text: string, upTo: number): number {
  return text.slice(0, upTo).split('\n').length - 1;
}

function rawPaper({ fields }: BibtexEntry): RawPaper {
  const get = (...names: readonly string[]) => {
    const value = names
      .map((name) => fields.get(name))
      .find((found) => found !== undefined && found.trim() !== '');
    return value === undefined ? undefined : latexText(value).trim();
  };
  const [journal, booktitle] = [get('journal', 'journaltitle'), get('booktitle')];
  const arxiv = arxivId(fields);
  const isPreprintServer = journal !== undefined && /^\s*(?:arxiv|corr)\b/i.test(journal);
  const subtitle = get('subtitle');
  const title = get('title');
  return {
    id: arxiv,
    title: title !== undefined && subtitle !== undefined ? `${title}: ${subtitle}` : title,
    abstract: get('abstract'),
    authors: bibtexNames(fields.get('author') ?? ''),
    published: looseDate({ date: get('date'), year: get('year'), month: get('month'), day: get('day') }),
    categories: arxiv === undefined ? undefined : get('primaryclass', 'eprintclass'),
    venue:
      (isPreprintServer ? undefined : journal) ??
      booktitle ??
      (arxiv === undefined ? get('school', 'institution') : 'arXiv'),
    url: verbatim(fields.get('url')) ?? (arxiv === undefined ? undefined : `https://arxiv.org/abs/${arxiv}`),
    doi: verbatim(fields.get('doi')),
    comment: get('note', 'annotation', 'comment'),
    journalRef: isPreprintServer
      ? undefined
      : journalReference({
          journal,
          volume: get('volume'),
          issue: get('number', 'issue'),
          pages: get('pages'),
        }),
    language: get('langid', 'language'),
    tags: get('keywords')?.split(/\s*[;,]\s*/),
  };
}

function arxivId(fields: ReadonlyMap<string, string>): string | undefined {
  const eprint = verbatim(fields.get('eprint'));
  const archive = fields.get('archiveprefix') ?? fields.get('eprinttype') ?? 'arxiv';
  if (eprint !== undefined && /arxiv/i.test(archive)) {
    const named = arxivIdIn(`arxiv:${eprint.replace(/^arxiv:/i, '')}`);
    if (named !== undefined) return named;
  }
  return arxivIdIn(
    ...['journal', 'note', 'howpublished', 'number', 'volume'].map((name) => fields.get(name)),
  );
}

/** Addresses and ids are not LaTeX, but some programs escape them all the same. */
function verbatim(value: string | undefined): string | undefined {
  return value
    ?.replace(/^\s*\\url\{(.*)\}\s*$/s, '$1')
    .replace(/\\([_%&#~$])/g, '$1')
    .replace(/[{}]/g, '')
    .trim();
}
