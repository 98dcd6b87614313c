/** Rows that only name a paper: which of them the index holds. */
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Row } from '../ingest/row.ts';
import type { Identifier } from '../paper/identifier.ts';

/** The ids, among those that the rows refer to, of papers that some source names so. */
export async function namedPapers(
  batch: readonly { readonly row: Row }[],
  engine: Pick<EngineReader, 'lookup'>,
): Promise<Set<string>> {
  const named = batch.flatMap(({ row }) => ('reference' in row ? [row.reference] : []));
  if (named.length === 0) return new Set();
  const found = await engine.lookup(
    named.map(({ id }) => ({ kind: 'named', value: id })),
    1,
  );
  return new Set(named.flatMap(({ id }, at) => (found[at]?.length ? [id] : [])));
}

/** Why a reference is no paper. */
export function notHere({ id }: Identifier): AppError {
  return new AppError('ROW_INVALID', { message: `There is no paper ${id} in this index` });
}
