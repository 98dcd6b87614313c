/**
 * One page of an OAI-PMH 2.0 harvest, with records in the two formats of arXiv's own. `arXivRaw` has the versions with
 * their dates, `arXiv` the names of the authors in parts.
 */
import type { PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { fromArxivRecord } from '../ingest/arxiv-snapshot.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { PaperId } from '../paper/paper.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { attribute, child, children, readXml, textOf, type XmlNode } from './read-xml.ts';

/** `stamp` is the day on which the record changed. */
export type OaiRecord =
  | { readonly stamp: string; readonly raw: RawPaper }
  | { readonly stamp: string; readonly deleted: PaperId };

export interface OaiAnswer {
  /** When the service answered, by its own clock. */
  readonly responseDate: string | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly records: readonly OaiRecord[];
  /** Asks for the next page; undefined on the last one. */
  readonly token: string | undefined;
  /** Records of the whole list, where the service tells. */
  readonly total: number | undefined;
  readonly isDamaged: boolean;
}

/** Throws as `readXml` does, and a TransientFault for XML that is no such page. */
export function readOaiAnswer(answer: PoliteAnswer): OaiAnswer {
  const page = child(readXml(answer), 'OAI-PMH');
  if (page === undefined)
    throw new TransientFault(`${answer.address} does not answer by OAI-PMH (${answer.status})`);
  const error = child(page, 'error');
  const list = child(page, 'ListRecords');
  if (!error && !list)
    throw new TransientFault(`${answer.address} answers with neither records nor an error`);
  const total = Number(attribute(child(list, 'resumptionToken'), 'completeListSize') ?? Number.NaN);
  return {
    responseDate: textOf(page, 'responseDate'),
    error: error && { code: attribute(error, 'code') ?? 'unknown', message: textOf(page, 'error') ?? '' },
    records: children(list, 'record').map(asRecord),
    // An empty token marks the last page.
    token: textOf(list, 'resumptionToken') || undefined,
    total: Number.isSafeInteger(total) ? total : undefined,
    isDamaged: answer.text().isDamaged,
  };
}

function asRecord(record: XmlNode): OaiRecord {
  const header = child(record, 'header');
  const stamp = (textOf(header, 'datestamp') ?? '').slice(0, 10);
  const id = (textOf(header, 'identifier') ?? '').replace(/^oai:arxiv\.org:/i, '');
  if (attribute(header, 'status') === 'deleted') return { stamp, deleted: parseIdentifier(id)?.id ?? id };
  const metadata = child(record, 'metadata');
  const raw = child(metadata, 'arXivRaw');
  if (raw) return { stamp, raw: fromRaw(raw, id) };
  return { stamp, raw: fromParsed(child(metadata, 'arXiv'), id) };
}

/** The same facts as in the snapshot, so the same paper comes of them. */
function fromRaw(record: XmlNode, id: string): RawPaper {
  const versions = children(record, 'version')
    .map((version) => ({ version: attribute(version, 'version'), created: textOf(version, 'date') }))
    .sort((a, b) => numberOf(a.version) - numberOf(b.version));
  return fromArxivRecord({ ...sharedFields(record, id), authors: textOf(record, 'authors'), versions });
}

function fromParsed(record: XmlNode | undefined, id: string): RawPaper {
  const authors = children(child(record, 'authors'), 'author').map((author) => [
    textOf(author, 'keyname'),
    textOf(author, 'forenames'),
    textOf(author, 'suffix'),
  ]);
  return {
    ...fromArxivRecord({ ...sharedFields(record, id), authors_parsed: authors }),
    published: textOf(record, 'created'),
    updated: textOf(record, 'updated') ?? textOf(record, 'created'),
  };
}

function sharedFields(record: XmlNode | undefined, id: string): RawPaper {
  return {
    id: textOf(record, 'id') ?? id,
    title: textOf(record, 'title'),
    abstract: textOf(record, 'abstract'),
    categories: textOf(record, 'categories'),
    comments: textOf(record, 'comments'),
    'journal-ref': textOf(record, 'journal-ref'),
    doi: textOf(record, 'doi'),
    license: textOf(record, 'license'),
  };
}

/** `v12` -> 12 */
function numberOf(version: string | undefined): number {
  return Number(version?.slice(1) ?? 0);
}
