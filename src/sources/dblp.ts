/**
 * DBLP, which knows where papers of computer science appeared: by its search. It has no abstracts; what it brings
 * completes papers that are known from elsewhere. Sources: https://dblp.org/faq/13501473,
 * https://dblp.org/faq/1474706 (how often it may be asked)
 */
import type { PoliteAnswer } from '../http/polite-client.ts';
import { dblpHit, isProceedings } from './dblp-hit.ts';
import { listOf, nodeOf, READ_REFUSALS, readAnswered, refusedList } from './json-answer.ts';
import { type ListPage, mostOf, type PageQuestion, pagedHarvest } from './paged-harvest.ts';
import type { Source, SourceDescription } from './source.ts';
import { faultRow, sourceRow } from './source-row.ts';
import { badTarget, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'dblp',
  title: 'DBLP',
  takes: '"search" with q and max; q may hold author:, venue:, year: and type:',
  examples: [
    'dblp:search?q=attention+is+all+you+need',
    'dblp:search?q=author:Karen_Sparck_Jones:&max=200',
    'dblp:search?q=venue:SIGIR:+year:2024:',
  ],
  address: 'https://dblp.org',
  lane: { name: 'dblp', intervalMs: 2_000 },
  key: 'none',
  position: 'how far down the list',
};

/** A thousand are allowed; a page is asked for again as a whole when it was cut. */
const PAGE = 100;

export const dblp: Source = {
  description,
  check: (target) => void wantedBy(target),
  stream(request, context) {
    const { q, max } = wantedBy(request.target);
    const ask = ({ next = '0', size }: PageQuestion): Promise<ListPage> => {
      const query = new URLSearchParams({ q, format: 'json', h: String(size), f: next, c: '0' });
      const read = (answer: PoliteAnswer) => readPage(answer, request.target, Number(next));
      return context.ask(`${context.address}/search/publ/api?${query}`, read, READ_REFUSALS);
    };
    return pagedHarvest(
      {
        name: description.name,
        pageSize: PAGE,
        max,
        tellsNews: false,
        ask,
        toRow: (hit, place, { isDamaged }) =>
          isProceedings(hit)
            ? faultRow(place, 'The record is of a whole volume, not of a paper')
            : sourceRow(place, dblpHit(hit), { isDamaged }),
      },
      request,
      context,
    );
  },
};

function wantedBy(target: string): { readonly q: string; readonly max: number | undefined } {
  const read = readTarget(target, description, ['q', 'max']);
  const q = read.parameters.get('q')?.trim() ?? '';
  if (read.name !== 'search' || q === '') throw badTarget(target, description, 'is no search with q');
  return { q, max: mostOf(read, target, description) };
}

function readPage(answer: PoliteAnswer, target: string, first: number): ListPage {
  const { value, isDamaged } = readAnswered(answer, { target, description, key: undefined });
  const hits = nodeOf(nodeOf(nodeOf(value).result).hits);
  const total = Number(hits['@total'] ?? Number.NaN);
  if (!Number.isSafeInteger(total)) throw refusedList(answer);
  // Where nothing was found, the list is absent.
  const records = listOf(hits.hit);
  const next = first + records.length;
  return {
    records,
    next: next < total ? String(next) : undefined,
    total,
    day: undefined,
    isDamaged,
  };
}
