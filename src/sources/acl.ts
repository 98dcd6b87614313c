/** The ACL Anthology from a copy of its XML: a folder, an archive of it, or one of its files. */

import { AppError } from '../fault/app-error.ts';
import { isAcl, readAcl } from '../ingest/acl.ts';
import { peek } from '../ingest/peek.ts';
import type { Row } from '../ingest/row.ts';
import { readPosition, writePosition } from './position.ts';
import type { Source, SourceBatch, SourceContext, SourceDescription, SourceRequest } from './source.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';
import { badTarget } from './target.ts';

const description: SourceDescription = {
  name: 'acl',
  title: 'the ACL Anthology, from a copy of its XML',
  takes: 'a folder, a tar archive or a file of it',
  examples: ['acl:acl-anthology/data/xml', 'acl:acl-anthology.tar.gz'],
  lane: { name: 'acl', intervalMs: 0 },
  key: 'none',
  position: 'the last file that was read; then when the last complete harvest began',
};

const HEAD_BYTES = 4_096;
/** How far the time that a file system writes down may be behind. */
const CLOCK_STEP_MS = 20;

export const acl: Source = {
  description,
  check: (target) => void pathOf(target),
  stream: (request, context) => volumes(pathOf(request.target), request, context),
};

function pathOf(target: string): string {
  if (target.trim() === '') throw badTarget(target, description, 'names no folder or file');
  return target;
}

/** Files that have not changed since the last complete harvest began are not read again. */
async function* volumes(
  path: string,
  { position }: SourceRequest,
  { signal }: SourceContext,
): AsyncGenerator<SourceBatch> {
  const before = readPosition(position);
  const known = before.number('known') ?? 0;
  const began = before.number('began') ?? Date.now();
  const after = before.text('after');
  let isFound = after !== undefined;
  for await (const file of sourceFiles(path, { isWanted: isXml, after, signal })) {
    const isKnown = file.changedMs < known - CLOCK_STEP_MS;
    const rows = isKnown ? undefined : await rowsOf(file);
    isFound ||= isKnown || rows !== undefined;
    if (rows && rows.length > 0) yield { rows, position: writePosition({ after: file.name, began, known }) };
  }
  if (!isFound) throw nothingIn(path);
  yield { rows: [], position: writePosition({ known: began }) };
}

function isXml(name: string): boolean {
  return name.endsWith('.xml');
}

function nothingIn(path: string): AppError {
  return new AppError('SOURCE_UNREADABLE', {
    message: `${path} holds no XML of the ACL Anthology`,
    remedy:
      'Name a copy of the folder data/xml of the repository acl-org/acl-anthology, or an archive of it.',
  });
}

/** Undefined for XML of other kinds, which stands beside it in the repository. */
async function rowsOf({ name, chunks }: SourceFile): Promise<Row[] | undefined> {
  const { head, chunks: all } = await peek(chunks, HEAD_BYTES);
  if (!isAcl(head.toString())) {
    await all.return(undefined);
    return undefined;
  }
  const rows: Row[] = [];
  for await (const row of readAcl(all, name)) rows.push(row);
  return rows;
}
