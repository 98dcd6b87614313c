/**
 * The papers of the person whose name is the whole question. A name is two to six words of letters, the first one
 * written out or an initial with its full stop (`G. Hinton`) or behind a comma (`Hinton, G`); never a last name alone.
 * Somebody in the index must have it, and it must not be an expression that papers use (`max power`).
 */
import { recency } from '../engine/by-date.ts';
import type { EngineReader } from '../engine/engine.ts';
import { type Filter, matchesFilter } from '../engine/filter.ts';
import type { Paper } from '../paper/paper.ts';
import { personTokens } from '../text/names.ts';
import type { ExactHit } from './exact-hits.ts';

const NAME = /^\p{L}[\p{L}\p{M}.'’ʼ-]*(?:,? \p{L}[\p{L}\p{M}.'’ʼ-]*){1,5}$/u;
const BARE_INITIAL = /^\p{L}\p{M}* /u;
const CAPITAL = /\p{Lu}/u;
/**
 * How many papers may say the words for every one by a person of that name. Written small the words may be meant
 * as words; with capitals they are taken for a name that others mention, up to a point.
 */
const MENTIONS_A_PAPER = 1;
const MENTIONS_A_PAPER_WITH_CAPITALS = 20;

/** Those that pass the filter: first where the name is spelled as asked, then other spellings, newest first. */
export async function authorHits(
  engine: Pick<EngineReader, 'lookup' | 'papers' | 'newest'>,
  text: string,
  filter: Filter,
): Promise<ExactHit[]> {
  if (!isNameLike(text)) return [];
  const [docIds = []] = await engine.lookup([{ kind: 'author', value: text }]);
  if (docIds.length === 0 || (await isExpression(engine, text, docIds.length))) return [];
  const papers = await engine.papers(docIds);
  const asked = personTokens(text).join(' ');
  return docIds
    .flatMap((docId, at) => {
      const paper = papers[at];
      return paper !== undefined && matchesFilter(paper, filter)
        ? [{ docId, as: 'author' as const, paper, isSpelledAlike: isBy(paper, asked) }]
        : [];
    })
    .sort(
      (a, b) =>
        Number(b.isSpelledAlike) - Number(a.isSpelledAlike) ||
        recency(b.paper.published) - recency(a.paper.published) ||
        a.docId - b.docId,
    );
}

function isNameLike(text: string): boolean {
  const commas = text.split(',').length - 1;
  return NAME.test(text) && commas <= 1 && (commas === 1 || !BARE_INITIAL.test(text));
}

function isBy({ authors }: Paper, asked: string): boolean {
  return authors.some((author) => personTokens(author).join(' ') === asked);
}

/** Whether the words are said in so many papers that they mean something else. */
async function isExpression(
  engine: Pick<EngineReader, 'newest'>,
  text: string,
  authored: number,
): Promise<boolean> {
  const filter: Filter = { texts: [{ as: 'phrase', text }] };
  const { total } = await engine.newest({ filter, limit: 0 });
  const most = CAPITAL.test(text) ? MENTIONS_A_PAPER_WITH_CAPITALS : MENTIONS_A_PAPER;
  return total > most * authored;
}
