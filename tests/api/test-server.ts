/** A server over fakes: a searcher that records what it was asked, and three papers. */
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { alertRoutes } from '../../src/api/alert-routes.ts';
import type { ApiSettings, ListPort, PaperStore, RecommendPort, SearchPort } from '../../src/api/context.ts';
import { ROUTES } from '../../src/api/create-app.ts';
import { createLogger } from '../../src/api/create-logger.ts';
import { libraryRoutes } from '../../src/api/library-routes.ts';
import { describeApi } from '../../src/api/open-api.ts';
import { addressesRoute } from '../../src/api/service-routes.ts';
import { type RunningServer, type ServerParts, startServer } from '../../src/api/start-server.ts';
import { writingRoutes } from '../../src/api/writing-routes.ts';
import type { TimedList } from '../../src/discover/lists.ts';
import type { RecommendAnswer, RecommendRequest } from '../../src/discover/request.ts';
import { MODEL_PRESETS, type ModelPreset } from '../../src/embed/presets.ts';
import { AppError } from '../../src/fault/app-error.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import type { ListRequest, PaperList } from '../../src/search/list-papers.ts';
import type { AskOptions, RelatedRequest, SearchRequest } from '../../src/search/request.ts';
import type { SuggestAnswer } from '../../src/search/suggest.ts';
import { Contract } from './contract.ts';
import { fakeDesk } from './fake-desk.ts';
import { fakeShelves } from './fake-shelves.ts';
import { FakeWriting } from './fake-writing.ts';

const CONTRACT = new Contract(
  describeApi([addressesRoute(ROUTES), ...ROUTES, ...writingRoutes, ...libraryRoutes, ...alertRoutes]),
);

export const PAPERS: readonly Paper[] = [
  {
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'We.',
    authors: ['A. V.'],
    categories: ['cs.CL'],
  },
  {
    id: 'hep-th/9711200',
    title: 'The Large N Limit',
    abstract: '',
    authors: ['J. M.'],
    categories: ['hep-th'],
    doi: '10.1023/a:1026654312961',
  },
  { id: 'title:abc', title: 'No Id', abstract: '', authors: [], categories: [] },
];

export const ANSWER: SearchAnswer = {
  query: 'a question',
  mode: 'hybrid',
  sort: 'relevance',
  total: 1,
  hits: [
    {
      rank: 1,
      score: 0.5,
      confidence: 0.5,
      paper: PAPERS[0] as Paper,
      match: {
        lexicalRank: 1,
        semanticRank: null,
        similarity: null,
        coverage: 0.5,
        exact: null,
        passage: { text: 'We.', highlights: [[0, 2]] },
      },
      others: [{ id: 'copy', title: 'Attention is all you need', why: 'title' }],
    },
  ],
  notes: [],
  next: 'AAAA',
  facets: { code: { distinct: 1, missing: 0, values: [{ value: 'code', count: 1 }] } },
  tookMs: 1.5,
};

export class FakeSearcher implements SearchPort {
  readonly searches: SearchRequest[] = [];
  readonly relations: RelatedRequest[] = [];
  readonly suggestions: unknown[] = [];
  /** What a question gets; may be replaced by something slow or failing. */
  answer: (signal?: AbortSignal) => Promise<SearchAnswer> = async () => ANSWER;

  search(request: SearchRequest, { signal }: AskOptions = {}): Promise<SearchAnswer> {
    this.searches.push(request);
    return this.answer(signal);
  }

  async suggest(query: string, options = {}): Promise<SuggestAnswer> {
    this.suggestions.push({ query, ...options });
    return { query, suggestions: [{ kind: 'author', text: 'A. V.', papers: 1 }], tookMs: 0.5 };
  }

  async list({ limit }: ListRequest): Promise<PaperList> {
    return { papers: PAPERS.slice(0, limit), total: PAPERS.length, hasMore: limit < PAPERS.length };
  }

  related(request: RelatedRequest): Promise<SearchAnswer> {
    this.relations.push(request);
    return this.answer();
  }
}

export const RECOMMENDED: RecommendAnswer = {
  since: '2026-11-18',
  library: { papers: 2, known: 1, negatives: 0 },
  themes: [{ words: ['attention'], papers: 2, examples: [{ id: null, title: 'A text' }] }],
  total: 3,
  hits: [
    {
      rank: 1,
      score: 0.5,
      theme: 1,
      paper: PAPERS[0] as Paper,
      because: [{ id: null, title: 'A text', similarity: 0.7 }],
    },
  ],
  notes: [],
  tookMs: 2,
};

export class FakeRecommender implements RecommendPort {
  readonly requests: RecommendRequest[] = [];

  async recommend(request: RecommendRequest): Promise<RecommendAnswer> {
    this.requests.push(request);
    return RECOMMENDED;
  }
}

const LISTED: TimedList = {
  from: '2026-11-20',
  to: '2026-11-20',
  total: 1,
  basis: 'date',
  hits: [{ rank: 1, score: null, paper: PAPERS[0] as Paper }],
  tookMs: 0.5,
};

export class FakeLists implements ListPort {
  readonly requests: unknown[] = [];
  tookMs = LISTED.tookMs;

  async daily(request?: unknown): Promise<TimedList> {
    this.requests.push(request);
    return { ...LISTED, tookMs: this.tookMs };
  }

  async trending(request?: unknown): Promise<TimedList> {
    this.requests.push(request);
    return { ...LISTED, basis: 'votes', tookMs: this.tookMs };
  }

  async calendar(request?: unknown) {
    this.requests.push(request);
    return [{ day: '2026-11-20', count: 1 }];
  }
}

export function fakeEngine(): PaperStore {
  return {
    get: async (ids) => ids.map((id) => PAPERS.find((paper) => paper.id === id)),
    records: async (ids) =>
      ids.map((id) =>
        PAPERS.filter((paper) => paper.id === id).map((paper) => ({
          source: 'arxiv',
          taken: '2026-11-01',
          paper,
        })),
      ),
    papers: async (docIds) => docIds.map((docId) => PAPERS[docId]),
    facets: async (_set, { fields }) =>
      Object.fromEntries(fields.map((field) => [field, { distinct: 0, missing: 3, values: [] }])),
    lookup: async (keys) =>
      keys.map(({ kind, value }) =>
        PAPERS.flatMap((paper, i) => (kind === 'named' && paper.doi === value ? [i] : [])),
      ),
    newest: async ({ limit }) => ({
      docIds: Uint32Array.from(PAPERS.keys()).subarray(0, limit),
      total: PAPERS.length,
    }),
    sameWorks: async (docIds) => docIds.map(() => []),
    lastDocId: async () => PAPERS.length - 1,
    status: async () => ({
      index: 'i',
      papers: 3,
      embedded: 2,
      generation: 7,
      space: { name: 'hashing', dimensions: 8, fingerprint: 'f' },
      bytes: 0,
    }),
  };
}

export interface TestServer extends RunningServer {
  readonly searcher: FakeSearcher;
  readonly recommender: FakeRecommender;
  readonly lists: FakeLists;
  /** The lines of the log so far. */
  readonly log: () => Record<string, unknown>[];
  /** GET by path, or any request. The answer is held to what the server promises. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly post: (path: string, body: unknown) => Promise<Response>;
  /** Sends bytes as they are and resolves to all that came back when the server closed the connection. */
  readonly raw: (bytes: string) => Promise<string>;
}

/** Closed when the test ends. */
export async function startTestServer(
  parts: Partial<Omit<ServerParts, 'settings'>> = {},
  settings: Partial<ApiSettings> = {},
): Promise<TestServer> {
  const lines: string[] = [];
  const searcher = new FakeSearcher();
  const recommender = new FakeRecommender();
  const lists = new FakeLists();
  const server = await startServer({
    engine: fakeEngine(),
    searcher,
    alerts: fakeDesk(),
    shelves: fakeShelves(parts.engine ?? fakeEngine()),
    recommender,
    lists,
    desk: new FakeWriting(),
    models: async () => [
      { preset: MODEL_PRESETS[0] as ModelPreset, isPresent: true },
      { preset: MODEL_PRESETS[1] as ModelPreset, isPresent: false },
    ],
    sources: async () => [],
    maps: {
      read: async () => {
        throw new AppError('MAP_UNAVAILABLE', { message: 'No map was made of this index' });
      },
    },
    logger: createLogger({ write: (line) => void lines.push(line) }),
    settings: {
      host: '127.0.0.1',
      port: 0,
      allowedHosts: [],
      corsOrigins: [],
      bodyLimitBytes: 1024 * 1024,
      requestTimeoutMs: 5_000,
      ...settings,
    },
    ...parts,
  });
  onTestFinished(() => server.close());
  // What it was asked to warm up is not what a test asks.
  searcher.searches.length = 0;
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(server.url + path, init);
    await CONTRACT.check(init?.method ?? 'GET', path, response);
    return response;
  };
  return {
    ...server,
    searcher,
    recommender,
    lists,
    ask,
    log: () => lines.map((line) => JSON.parse(line)),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    raw: (bytes) => exchange(server.port, bytes),
  };
}

async function exchange(port: number, bytes: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
