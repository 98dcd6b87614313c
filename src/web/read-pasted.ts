/** What somebody pasted or dropped into a box: papers by their ids, a library in BibTeX, or just text. */
import { isBibtex, readBibtex } from '../ingest/bibtex.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';

export type Pasted =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'papers'; readonly papers: readonly Paper[] }
  | { readonly kind: 'text'; readonly text: string };

const NAME = 'pasted text';
/** More are a library to be imported, not to be pasted. */
const MAX_PASTED = 200;

/** Entries that cannot be read are left out; BibTeX without a single good entry is a text. */
export async function readPasted(text: string): Promise<Pasted> {
  const lines = text.split(/\s*\n\s*|\s*,\s*/).filter((line) => line !== '');
  const ids = lines.flatMap((line) => parseIdentifier(line)?.id ?? []);
  if (ids.length > 0 && ids.length === lines.length) return { kind: 'ids', ids: ids.slice(0, MAX_PASTED) };
  if (!isBibtex(text)) return { kind: 'text', text };
  const papers = await papersIn(text);
  return papers.length === 0 ? { kind: 'text', text } : { kind: 'papers', papers };
}

async function papersIn(text: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const row of readBibtex(chunksOf(text), NAME)) {
    if ('paper' in row) papers.push(row.paper);
    if (papers.length === MAX_PASTED) break;
  }
  return papers;
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
