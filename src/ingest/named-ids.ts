/** Ids of papers inside the remarks of a bibliography: `arXiv preprint arXiv:1706.03762`, `ArXiv abs/1706.03762`. */
import { parseIdentifier } from '../paper/identifier.ts';

const ARXIV =
  /arxiv(?:\.org)?\s*[:/]?\s*(?:abs\/|pdf\/|e-prints?[:\s]*)?((?:[a-z-]+(?:\.[A-Z]{2})?\/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)/i;

/** The arXiv id that the first of the texts names; undefined where none does. */
export function arxivIdIn(...texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const found = text === undefined ? undefined : ARXIV.exec(text)?.[1];
    const named = found === undefined ? undefined : parseIdentifier(found);
    if (found !== undefined && named?.kind === 'arxiv') return found;
  }
  return undefined;
}

/** `Nature 521(7553), 436-444`: where in a journal a paper stands; undefined where only the journal is known. */
export function journalReference(place: {
  readonly journal?: string | undefined;
  readonly volume?: string | undefined;
  readonly issue?: string | undefined;
  readonly pages?: string | undefined;
}): string | undefined {
  const { journal, volume, issue, pages } = place;
  if (journal === undefined || (volume === undefined && pages === undefined)) return undefined;
  const at = `${volume ?? ''}${issue === undefined ? '' : `(${issue})`}`;
  return [[journal, at].filter((part) => part !== '').join(' '), pages].filter(Boolean).join(', ');
}
