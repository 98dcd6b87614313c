/** Several papers by whatever names an agent has for them. */
import { AppError } from '../../fault/app-error.ts';
import type { Paper } from '../../paper/paper.ts';
import type { PaperStore } from '../context.ts';
import { findPaper } from '../find-paper.ts';

/** In the order of the names. PAPER_NOT_FOUND names every one that is not there; `pointer` is where the list stands. */
export async function requirePapers(
  engine: PaperStore,
  names: readonly string[],
  pointer: string,
): Promise<Paper[]> {
  const found = await Promise.all(names.map((name) => findPaper(engine, name)));
  const issues = names.flatMap((name, at) => {
    const message = `there is no paper ${JSON.stringify(name.slice(0, 100))} in this index`;
    return found[at] === undefined ? [{ message, pointer: `${pointer}/${at}` }] : [];
  });
  if (issues.length > 0) {
    const message = `${issues.map((issue) => issue.message).join('; ')}.`;
    const remedy = 'Use ids that search_papers gave.';
    throw new AppError('PAPER_NOT_FOUND', { message, remedy, issues });
  }
  return found.filter((paper) => paper !== undefined);
}
