/**
 * A replica in a few numbers that do not depend on the order in which it came to be: equal digests mean equal
 * content. This is how `verify` compares what is served with what papers.db says.
 */
import { crc32 } from 'node:zlib';
import type { Columns, ListSections } from './columns.ts';
import type { Replica } from './replica.ts';
import { StringTable } from './string-table.ts';

export interface ReplicaDigest {
  readonly papers: number;
  readonly words: number;
  readonly columns: number;
  readonly codes: number;
  readonly works: number;
}

export function digestOf(replica: Replica): ReplicaDigest {
  return {
    papers: replica.columns.liveCount,
    words: digestWords(replica),
    columns: digestColumns(replica.columns),
    codes: digestCodes(replica),
    works: digestWorks(replica),
  };
}

function digestWords({ lexical, columns }: Replica): number {
  const { terms, starts, bytes } = lexical.compacted((docId) => columns.isLive(docId), columns.length);
  const table = new StringTable(terms);
  let sum = 0;
  for (let term = 0; term < table.size; term++) {
    const postings = bytes.subarray(starts[term], starts[term + 1]);
    if (postings.length > 0) sum = (sum + crc32(postings, crc32(table.text(term)))) >>> 0;
  }
  return sum;
}

function digestColumns(columns: Columns): number {
  const { live, firstDates, lastDates, parts, ...lists } = columns.sections();
  const readers = Object.values(lists).map(listReader);
  let sum = 0;
  for (let docId = 0; docId < live.length; docId++) {
    if (live[docId] !== 1) continue;
    const numbers = [docId, firstDates[docId], lastDates[docId], parts[docId]];
    const row = [...numbers, ...readers.map((read) => read(docId))];
    sum = (sum + crc32(JSON.stringify(row))) >>> 0;
  }
  return sum;
}

function digestWorks(replica: Replica): number {
  const { columns, traits } = replica;
  let sum = 0;
  for (let docId = 0; docId < columns.length; docId++) {
    if (!columns.isLive(docId)) continue;
    const row = [docId, traits.sourceOf(docId), traits.hasCode(docId), replica.othersOf(docId)];
    sum = (sum + crc32(JSON.stringify(row))) >>> 0;
  }
  return sum;
}

function listReader({ table, ends, values }: ListSections): (docId: number) => string[] {
  const strings = new StringTable(table);
  return (docId) =>
    Array.from(values.subarray(docId === 0 ? 0 : ends[docId - 1], ends[docId]), (ordinal) =>
      strings.text(ordinal),
    );
}

function digestCodes({ codes, columns }: Replica): number {
  const sections = codes.sections();
  const stride = sections.codes.length / Math.max(1, sections.scales.length);
  let sum = 0;
  for (let docId = 0; docId < sections.scales.length; docId++) {
    if (!codes.has(docId) || !columns.isLive(docId)) continue;
    const row = sections.codes.subarray(docId * stride, (docId + 1) * stride);
    sum = (sum + crc32(row, crc32(`${docId} ${sections.scales[docId]}`))) >>> 0;
  }
  return sum;
}
