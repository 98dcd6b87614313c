/** What may be asked of Semantic Scholar, and how it is asked for. */
import { parseIdentifier } from '../paper/identifier.ts';
import { mostOf } from './paged-harvest.ts';
import type { SourceDescription } from './source.ts';
import { badTarget, readTarget } from './target.ts';

export const s2Description: SourceDescription = {
  name: 's2',
  title: 'Semantic Scholar',
  takes:
    'ids separated by commas, "search" with q and filters, or "recommend" with for and perhaps not, from, max',
  examples: [
    's2:1706.03762',
    's2:ARXIV:1706.03762,DOI:10.18653/v1/N19-1423,CorpusId:215416146',
    's2:search?q=dense+retrieval&year=2024-&max=500',
    's2:search?q="late+interaction"&fieldsOfStudy=Computer+Science',
    's2:recommend?for=1706.03762',
    's2:recommend?for=1706.03762,2307.09288&not=10.1145/3292500.3330701&max=50',
  ],
  address: 'https://api.semanticscholar.org',
  // Everybody without a key shares one allowance; one request a second is what a key allows over all its services.
  lane: { name: 's2', intervalMs: 3_000 },
  keyedIntervalMs: 1_000,
  key: 'helps',
  position: 'how many ids, or the token of the next page, and the day of the last complete harvest',
};

const MOST_RECOMMENDED = 500;
const USUALLY_RECOMMENDED = 100;

const OWN_ID = /^(?:[0-9a-f]{40}|CorpusId:\d+|MAG:\d+|PMID:\d+|PMCID:(?:PMC)?\d+|URL:\S+)$/i;
const NAMED_ID = /^(?:ARXIV|DOI|ACL):/i;
const PREFIXES: Readonly<Record<string, string>> = { arxiv: 'ARXIV', doi: 'DOI', acl: 'ACL' };
const FILTERS = [
  'year',
  'publicationDateOrYear',
  'venue',
  'fieldsOfStudy',
  'publicationTypes',
  'minCitationCount',
  'openAccessPdf',
  'sort',
];
const POOLS = ['recent', 'all-cs'];

export type S2Wanted =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'search'; readonly query: URLSearchParams; readonly max: number | undefined }
  | {
      readonly kind: 'recommend';
      readonly like: readonly string[];
      readonly unlike: readonly string[];
      readonly pool: string | undefined;
      readonly max: number;
    };

/** Throws INPUT_INVALID. */
export function s2Wanted(target: string): S2Wanted {
  const { name } = readTarget(target, s2Description, ['q', 'for', 'not', 'from', 'max', ...FILTERS]);
  if (name === 'search') return searchIn(target);
  return name === 'recommend' ? recommendationIn(target) : { kind: 'ids', ids: idsIn(target) };
}

function idsIn(target: string): string[] {
  return idList(readTarget(target, s2Description).name, target);
}

function searchIn(target: string): S2Wanted {
  const read = readTarget(target, s2Description, ['q', 'max', ...FILTERS]);
  const max = mostOf(read, target, s2Description);
  const { q, ...filters } = Object.fromEntries([...read.parameters].filter(([key]) => key !== 'max'));
  if (!q && Object.keys(filters).length === 0) throw badTarget(target, s2Description, 'needs q or a filter');
  // Newest first, for a list that is cut is to be cut where it is old.
  const query = new URLSearchParams({ ...(q && { query: q }), sort: 'publicationDate:desc', ...filters });
  return { kind: 'search', query, max };
}

function recommendationIn(target: string): S2Wanted {
  const read = readTarget(target, s2Description, ['for', 'not', 'from', 'max']);
  const like = idList(read.parameters.get('for') ?? '', target);
  const unlike = read.parameters.has('not') ? idList(read.parameters.get('not') ?? '', target) : [];
  const pool = read.parameters.get('from');
  if (pool !== undefined && !POOLS.includes(pool))
    throw badTarget(target, s2Description, `needs from as ${POOLS.join(' or ')}`);
  if (pool !== undefined && (like.length > 1 || unlike.length > 0))
    throw badTarget(target, s2Description, 'takes from with one paper only');
  const max = mostOf(read, target, s2Description) ?? USUALLY_RECOMMENDED;
  if (max > MOST_RECOMMENDED)
    throw badTarget(target, s2Description, `recommends ${MOST_RECOMMENDED} papers at most`);
  return { kind: 'recommend', like, unlike, pool, max };
}

function idList(text: string, target: string): string[] {
  return text.split(',').map((part) => {
    const id = idOf(part.trim());
    if (id !== undefined) return id;
    throw badTarget(
      target,
      s2Description,
      `has "${part.trim()}", which is no id that Semantic Scholar knows`,
    );
  });
}

/** In the form in which the service takes it. */
function idOf(text: string): string | undefined {
  if (OWN_ID.test(text)) return text;
  const named = parseIdentifier(text.replace(NAMED_ID, ''));
  const prefix = named && PREFIXES[named.kind];
  return prefix && `${prefix}:${named.id}`;
}
