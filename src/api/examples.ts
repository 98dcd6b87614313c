/** Papers and texts that a caller wants to be near to or far from. */
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import type { ApiContext } from './context.ts';
import { findPaper } from './find-paper.ts';
import type { Example } from './request-schemas.ts';

export interface Resolved {
  readonly ids: readonly PaperId[];
  readonly missing: readonly FaultIssue[];
}

export async function resolveIds(
  engine: ApiContext['engine'],
  examples: readonly Example[],
  pointer: string,
): Promise<Resolved> {
  const found = await Promise.all(
    examples.map(async (example, index) => {
      if (typeof example !== 'string') return {};
      const paper = await findPaper(engine, example);
      const message = `no paper ${example} in this index`;
      return paper ? { id: paper.id } : { missing: { message, pointer: `${pointer}/${index}` } };
    }),
  );
  return {
    ids: found.flatMap(({ id }) => id ?? []),
    missing: found.flatMap(({ missing }) => missing ?? []),
  };
}

export function textsOf(examples: readonly Example[]): string[] {
  return examples.flatMap((example) => (typeof example === 'string' ? [] : [example.text]));
}

export function notFound(missing: readonly FaultIssue[]): AppError {
  return new AppError('PAPER_NOT_FOUND', {
    message: `${missing.map((issue) => issue.message).join('; ')}.`,
    remedy: 'Check the ids. To give a text, write { "text": "..." }.',
    issues: missing,
  });
}
