/** Semantic Scholar, OpenAlex, Crossref and DBLP on this machine, each under its name, in the shapes they document. */

interface StandInPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly versions: readonly string[];
}

interface StandInOptions {
  readonly papers: readonly StandInPaper[];
  readonly pageSize?: number;
  readonly expiredTokens?: ReadonlySet<number>;
}

interface Body {
  readonly body: string;
  readonly type: string;
  readonly status?: number;
  readonly etag?: string;
}

export const CATALOGUES = ['s2', 'openalex', 'crossref', 'dblp'];

/** Undefined for a path that is none of theirs. */
export function catalogueAnswer(url: URL, options: StandInOptions, sent = ''): Body | undefined {
  const [, name = '', ...rest] = url.pathname.split('/');
  const ask = { path: rest.join('/'), query: url.searchParams, sent, options };
  if (name === 's2') return semanticScholar(ask);
  if (name === 'openalex') return openAlex(ask);
  if (name === 'crossref') return crossref(ask);
  return name === 'dblp' ? dblp(ask) : undefined;
}

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sent: string;
  readonly options: StandInOptions;
}

function json(value: unknown, status = 200): Body {
  return { body: JSON.stringify(value), type: 'application/json; charset=utf-8', status };
}

/** An arXiv id is that of a paper or unknown; any other id is some paper's, unless it says that it is unknown. */
function paperNamed(id: string, papers: readonly StandInPaper[]): StandInPaper | undefined {
  const arxiv = /(?:ARXIV:|10\.48550\/arXiv\.)(.+)/i.exec(id)?.[1];
  if (arxiv !== undefined) return papers.find((paper) => paper.id === arxiv);
  const known = /^(?:doi:)?10\.5555\/(2401.+)/i.exec(id)?.[1];
  if (known !== undefined) return papers.find((paper) => paper.id === known);
  return /unknown/.test(id) ? undefined : papers[id.length % papers.length];
}

/** Offsets as tokens that say nothing. */
function token(at: number): string {
  return Buffer.from(`at ${at}`).toString('base64');
}

function offsetIn(text: string | null, { expiredTokens }: StandInOptions): number | undefined {
  if (text === null || text === '*') return 0;
  const at = Number(/^at (\d+)$/.exec(Buffer.from(text, 'base64').toString())?.[1] ?? Number.NaN);
  return Number.isNaN(at) || expiredTokens?.has(at) ? undefined : at;
}

// ---- Semantic Scholar

function semanticScholar({ path, query, sent, options }: Asked): Body {
  const { papers, pageSize = 1_000 } = options;
  if (path === 'graph/v1/paper/batch') {
    const found = (JSON.parse(sent).ids as string[]).map((id) => paperNamed(id, papers));
    if (found.every((paper) => paper === undefined)) return json({ error: 'No valid paper ids given' }, 400);
    return json(found.map((paper) => (paper ? s2Paper(paper) : null)));
  }
  if (path === 'graph/v1/paper/search/bulk') {
    const at = offsetIn(query.get('token'), options);
    if (at === undefined) return json({ error: 'Invalid token' }, 400);
    const found = papers.slice(at, at + pageSize).map(s2Paper);
    const isLast = at + pageSize >= papers.length;
    return json({ total: papers.length, token: isLast ? null : token(at + pageSize), data: found });
  }
  const liked = path.startsWith('recommendations/v1/papers/forpaper/')
    ? [path.slice('recommendations/v1/papers/forpaper/'.length)]
    : (JSON.parse(sent).positivePaperIds as string[]);
  if (liked.some((id) => !paperNamed(id, papers))) return json({ error: 'Input papers not found' }, 404);
  return json({ recommendedPapers: papers.slice(0, Number(query.get('limit'))).map(s2Paper) });
}

function s2Paper({ id, title, abstract, authors, versions }: StandInPaper) {
  return {
    paperId: Buffer.from(id.padEnd(20)).toString('hex'),
    externalIds: { ArXiv: id, CorpusId: 1, MAG: '2' },
    url: 'https://www.semanticscholar.org/paper/x',
    title,
    abstract,
    authors: authors.map((name) => ({ authorId: null, name })),
    year: Number(versions[0]?.slice(0, 4)),
    publicationDate: versions[0],
    venue: 'arXiv.org',
    journal: { name: 'ArXiv', volume: `abs/${id}` },
    fieldsOfStudy: ['Computer Science'],
  };
}

// ---- OpenAlex

function openAlex({ path, query, options }: Asked): Body {
  const { papers } = options;
  if (path !== 'works') {
    const paper = paperNamed(path.replace(/^works\//, ''), papers);
    return paper ? json(openAlexWork(paper)) : json({ error: 'Not found', message: 'No such work' }, 404);
  }
  const size = Number(query.get('per_page'));
  if (size > 100) return json({ error: 'Invalid query', message: 'per_page must be at most 100' }, 400);
  const page = query.get('page');
  const cursor = query.get('cursor');
  if (cursor !== null && query.get('api_key') === null)
    return json({ error: 'Unauthorized', message: 'Cursors need an API key' }, 401);
  const at = page === null ? offsetIn(cursor, options) : (Number(page) - 1) * size;
  if (at === undefined) return json({ error: 'Invalid cursor', message: 'The cursor is not valid' }, 400);
  const results = papers.slice(at, at + size).map(openAlexWork);
  const next = results.length === 0 ? null : token(at + results.length);
  return json({
    meta: { count: papers.length, per_page: size, page: page && Number(page), next_cursor: cursor && next },
    results,
    group_by: [],
  });
}

function openAlexWork({ id, title, abstract, authors, versions }: StandInPaper) {
  const index: Record<string, number[]> = {};
  for (const [place, word] of abstract.split(' ').entries()) {
    index[word] = [...(index[word] ?? []), place];
  }
  const location = { landing_page_url: `http://arxiv.org/abs/${id}`, license: null };
  return {
    id: `https://openalex.org/W${id.replaceAll(/\D/g, '')}`,
    doi: null,
    ids: { openalex: `https://openalex.org/W${id.replaceAll(/\D/g, '')}` },
    title,
    authorships: authors.map((name) => ({ author: { display_name: name }, raw_author_name: name })),
    abstract_inverted_index: index,
    publication_date: versions[0],
    publication_year: Number(versions[0]?.slice(0, 4)),
    language: 'en',
    primary_location: { ...location, source: { display_name: 'arXiv (Cornell University)' } },
    locations: [location],
    primary_topic: { display_name: 'Things', field: { display_name: 'Computer Science' } },
    keywords: [{ id: 'x', display_name: 'Things', score: 0.5 }],
    biblio: { volume: null, issue: null, first_page: null, last_page: null },
  };
}

// ---- Crossref

function crossref({ path, query, options }: Asked): Body {
  const { papers } = options;
  const message = (value: unknown) => json({ status: 'ok', 'message-version': '1.0.0', message: value });
  const one = /^works\/(.+)/.exec(path)?.[1];
  if (one !== undefined) {
    const doi = decodeURIComponent(one);
    const paper = paperNamed(doi, papers);
    // As it answers: a text for people, and no JSON.
    if (!paper) return { body: 'Resource not found.', type: 'text/plain', status: 404 };
    return message(crossrefWork(paper, doi));
  }
  const dois = (query.get('filter') ?? '').split(',').flatMap((part) => /^doi:(.+)/.exec(part)?.[1] ?? []);
  if (dois.length > 0) {
    const found = dois.toReversed().flatMap((doi) => {
      const paper = paperNamed(doi, papers);
      return paper ? [crossrefWork(paper, doi.toUpperCase())] : [];
    });
    return message({ 'total-results': found.length, items: found });
  }
  const at = offsetIn(query.get('cursor'), options);
  if (at === undefined) return { body: 'Resource not found.', type: 'text/plain', status: 404 };
  const size = Number(query.get('rows'));
  const items = papers.slice(at, at + size).map((paper) => crossrefWork(paper, `10.5555/${paper.id}`));
  return message({
    'total-results': papers.length,
    'next-cursor': token(at + items.length),
    'items-per-page': size,
    items,
  });
}

function crossrefWork({ title, abstract, authors, versions }: StandInPaper, doi: string) {
  const parts = versions[0]?.split('-').map(Number);
  return {
    DOI: doi,
    URL: `https://doi.org/${doi}`,
    title: [title.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    abstract: `<jats:title>Abstract</jats:title><jats:p>${abstract.replaceAll('&', '&amp;').replaceAll('é', '&#233;')}</jats:p>`,
    author: authors.map((name) => {
      const [given, family] = name.split(' ');
      return { given, family, sequence: 'first', affiliation: [] };
    }),
    published: { 'date-parts': [parts] },
    issued: { 'date-parts': [parts] },
    'container-title': ['Journal of Things'],
    publisher: 'A Press',
    volume: '7',
    issue: '2',
    page: '1-9',
    type: 'journal-article',
  };
}

// ---- DBLP

function dblp({ query, options: { papers } }: Asked): Body {
  const at = Number(query.get('f'));
  const found = papers.slice(at, at + Number(query.get('h')));
  const hits = {
    '@total': String(papers.length),
    '@computed': String(papers.length),
    '@sent': String(found.length),
    '@first': String(at),
    ...(found.length > 0 && { hit: found.map(dblpHit) }),
  };
  return json({ result: { query: query.get('q'), status: { '@code': '200', text: 'OK' }, hits } });
}

function dblpHit({ id, title, authors, versions }: StandInPaper, at: number) {
  const people = authors.map((name, index) => ({ '@pid': `0/${index}`, text: `${name} 0001` }));
  return {
    '@score': '5',
    '@id': String(at),
    info: {
      authors: { author: people.length === 1 ? people[0] : people },
      title: `${title.replaceAll('&', '&amp;')}.`,
      venue: 'CoRR',
      volume: `abs/${id}`,
      year: versions[0]?.slice(0, 4),
      type: 'Informal and Other Publications',
      access: 'open',
      key: `journals/corr/abs-${id.replace('.', '-')}`,
      doi: `10.48550/ARXIV.${id}`,
      ee: `https://doi.org/10.48550/arXiv.${id}`,
      url: `https://dblp.org/rec/journals/corr/abs-${id.replace('.', '-')}`,
    },
  };
}
