/**
 * Articles of PubMed by their numbers, or those that a question in PubMed's own language finds, through the
 * E-utilities of its library. Source: https://www.ncbi.nlm.nih.gov/books/NBK25497/
 */
import type { Row } from '../ingest/row.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import { readPosition, writePosition } from './position.ts';
import { readSet, rowsIn, secretsOf } from './pubmed-answer.ts';
import { MOST_OF_RESULT } from './pubmed-days.ts';
import { PAGE, type PubmedQuestion, searchPubmed } from './pubmed-search.ts';
import type { Source, SourceBatch, SourceContext, SourceDescription, SourceRequest } from './source.ts';
import { faultRow } from './source-row.ts';
import { badTarget, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'pubmed',
  title: 'PubMed, by number or question',
  takes: 'numbers separated by commas, or a question, and how many of its newest articles are wanted at most',
  examples: [
    'pubmed:38000001',
    'pubmed:38000001,38000002',
    'pubmed:crispr AND review[pt]',
    'pubmed:malaria vaccine?max=100',
  ],
  address: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils',
  // Three a second are allowed without a key, ten with one: https://www.ncbi.nlm.nih.gov/books/NBK25497/
  lane: { name: 'ncbi', intervalMs: 350 },
  keyedIntervalMs: 110,
  key: 'helps',
  position:
    'the result that PubMed keeps, how far down it, and in which days; then the day of the last harvest',
};

const NUMBER = /^[1-9]\d{0,8}$/;

type Wanted = { readonly numbers: readonly string[] } | PubmedQuestion;

export const pubmed: Source = {
  description,
  check: (target) => void wantedBy(target),
  stream(request, context) {
    const wanted = wantedBy(request.target);
    return 'numbers' in wanted
      ? byNumber(wanted.numbers, request, context)
      : searchPubmed(wanted, request, context);
  },
};

function wantedBy(target: string): Wanted {
  const read = readTarget(target, description, ['max']);
  const numbers = read.name.split(',').map((name) => name.trim().replace(/^pmid:\s*/i, ''));
  const max = read.parameters.get('max');
  if (numbers.every((number) => NUMBER.test(number))) {
    if (max !== undefined) throw badTarget(target, description, 'names articles, so there is no "max"');
    return { numbers };
  }
  if (read.name === '') throw badTarget(target, description, 'asks nothing');
  const most = max === undefined ? undefined : Number(max);
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= MOST_OF_RESULT)) {
    throw badTarget(target, description, `needs max as a whole number from 1 to ${MOST_OF_RESULT}`);
  }
  return { term: read.name, most };
}

/** A number that PubMed does not know is a fault. The next call begins anew: records are corrected. */
async function* byNumber(
  numbers: readonly string[],
  { target, position }: SourceRequest,
  { ask, address, key }: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${description.name}:${target}`;
  const begin = readPosition(position).number('asked') ?? 0;
  for (let at = begin; at < numbers.length; at += PAGE) {
    const asked = numbers.slice(at, at + PAGE);
    const query = new URLSearchParams({ db: 'pubmed', id: asked.join(','), retmode: 'xml' });
    const set = await ask(`${address}/efetch.fcgi?${query}&tool=pharos`, readSet, {
      alsoFine: [400],
      ...secretsOf(key),
    });
    // It refuses a list of which it knows nothing.
    const rows = 'refusal' in set ? [] : await rowsIn(set, { file, after: at });
    const next = at + asked.length;
    yield {
      rows: [...rows, ...missing(asked, rows, { file, after: at })],
      position: writePosition({ asked: next < numbers.length ? next : 0 }),
      total: numbers.length - begin,
    };
  }
}

function missing(
  asked: readonly string[],
  rows: readonly Row[],
  { file, after }: { readonly file: string; readonly after: number },
): Row[] {
  const found = new Set(
    rows.map((row) => ('paper' in row ? parseIdentifier(row.paper.url ?? '')?.id : undefined)),
  );
  const unknown = asked.flatMap((number, at) =>
    found.has(`pmid:${number}`)
      ? []
      : [faultRow({ file, line: after + at + 1 }, `PubMed has no article ${number}`)],
  );
  // One that came and is no paper has said so itself.
  const faulty = rows.filter((row) => 'fault' in row).length;
  return unknown.slice(0, Math.max(0, unknown.length - faulty));
}
