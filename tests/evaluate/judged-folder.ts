/** Writes a judged collection into a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** By path inside the folder; a name that ends in `.gz` is compressed. */
export type Files = Readonly<Record<string, string>>;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pharos-judged-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function judgedFolder(files: Files): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  }
  return folder;
}

export function jsonLines(...rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Four papers; two questions, one wish for related work. */
export const SMALL: Files = {
  'papers.jsonl': jsonLines(
    { id: '1', title: 'Wing flutter', abstract: 'The flutter of wings in supersonic flow.' },
    { id: '2', title: 'Heat transfer', abstract: 'Heat transfer to a blunt body in hypersonic flow.' },
    { id: '3', title: 'Panel flutter', abstract: 'Panels flutter as wings do, in supersonic flow.' },
    { id: '10', title: '', abstract: 'Buckling of thin shells under pressure.' },
  ),
  'queries.jsonl': jsonLines(
    { id: 'q1', text: 'buckling of shells' },
    { id: 'q2', text: 'heat transfer at hypersonic speed' },
    { id: 'd1', doc: '1', text: 'Wing flutter. The flutter of wings in supersonic flow.' },
  ),
  'qrels.tsv': 'q1\t10\t2\nq1\t2\t0\nq2\t2\t1\nd1\t3\t1\n',
};
