/** Papers by the ids that Semantic Scholar takes: bare, or with the name of their kind before them, in any case. */
import { AppError } from '../../fault/app-error.ts';
import type { Paper } from '../../paper/paper.ts';
import type { DoorContext } from '../door.ts';
import { namedPaper } from '../named-paper.ts';

const PREFIXED = /^(corpusid|doi|arxiv|mag|acl|pmid|pmcid|url):\s*(.+)$/is;
/** Its addresses hold the DOI and the version, and sometimes which form of the text. */
const BIORXIV = /\b(?:bio|med)rxiv\.org\/content\/(10\.\d{4,9}\/[\w./-]+?)(?:v\d+)?(?:\.[a-z.-]+)?$/i;

export async function referencedPaper(
  { engine }: DoorContext,
  reference: string,
): Promise<Paper | undefined> {
  for (const name of namesOf(reference)) {
    const paper = await namedPaper(engine, name);
    if (paper) return paper;
  }
  return undefined;
}

/** PAPER_NOT_FOUND in the words of the service. */
export async function requireReferenced(context: DoorContext, reference: string): Promise<Paper> {
  const paper = await referencedPaper(context, reference);
  if (paper) return paper;
  const message = `Paper with id ${reference.slice(0, 100)} not found`;
  throw new AppError('PAPER_NOT_FOUND', { message, issues: [{ message, pointer: 'id' }] });
}

/** The names here that a reference may mean, the surest first. An id as it is stored is always one. */
function namesOf(reference: string): string[] {
  const [, kind = '', value = ''] = PREFIXED.exec(reference.trim()) ?? [];
  switch (kind.toLowerCase()) {
    case '':
      return [reference];
    case 'mag':
    case 'pmid':
    case 'pmcid':
      return [`${kind.toLowerCase()}:${value.trim().replace(/^pmc/i, '')}`];
    case 'url':
      return [BIORXIV.exec(value)?.[1] ?? value];
    default:
      return [value, reference];
  }
}
