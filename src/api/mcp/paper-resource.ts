/** Papers as resources, which people attach to a conversation: `paper://1706.03762`, `paper://10.1038/nature14539`. */
import { AppError } from '../../fault/app-error.ts';
import type { PaperStore } from '../context.ts';
import { requirePapers } from './named-papers.ts';
import { resourceAddress, wholeView } from './paper-view.ts';

const SCHEME = 'paper://';
const TYPE = 'application/json';

export const paperTemplate = {
  // The plus is for ids that hold slashes (RFC 6570).
  uriTemplate: `${SCHEME}{+id}`,
  name: 'paper',
  title: 'Paper',
  description: 'Everything the index knows of one paper, as get_paper answers it.',
  mimeType: TYPE,
};

/** PAPER_NOT_FOUND; INPUT_INVALID for what is no address of a paper. */
export async function readPaper(engine: PaperStore, uri: string) {
  const [paper] = await requirePapers(engine, [idIn(uri)], '/uri');
  if (paper === undefined) throw new AppError('PAPER_NOT_FOUND');
  return { uri: resourceAddress(paper.id), mimeType: TYPE, text: JSON.stringify(wholeView(paper)) };
}

function idIn(uri: string): string {
  const id = uri.startsWith(SCHEME) ? decoded(uri.slice(SCHEME.length)) : '';
  if (id.trim() !== '') return id;
  const message = `${JSON.stringify(uri.slice(0, 100))} is no address of a paper.`;
  throw new AppError('INPUT_INVALID', {
    message,
    remedy: 'Write paper:// and an id, such as paper://1706.03762.',
    issues: [{ message, pointer: '/uri' }],
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
