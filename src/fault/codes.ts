/**
 * The one table of error codes. A code names a cause a caller can act on; `remedy` says what to do.
 * HTTP statuses belong to `api/problem.ts` and exit codes to `cli/`, so neither appears here.
 * `docs/errors.md` lists exactly these codes; a test holds the two equal.
 */
export const FAULTS = {
  ALERT_NOT_FOUND: { title: 'There is no such alert', remedy: '`pharos alert list` names those there are.' },
  ALERTS_BUSY: {
    title: 'Another process is running the alerts',
    remedy: 'Wait for it to finish; what is due by then is run the next time.',
  },
  BODY_INVALID: {
    title: 'The request body is not valid JSON',
    remedy: 'Send a JSON object with Content-Type: application/json.',
  },
  BODY_TOO_LARGE: {
    title: 'The request body is too large',
    remedy: 'Send less text; an abstract is enough.',
  },
  CROSS_SITE: {
    title: 'The form was sent from a page of another site',
    remedy: 'Open the page of this server yourself, and send its form.',
  },
  DELIVERY_FAILED: {
    title: 'A message could not be delivered',
    remedy:
      'It is tried again later; `pharos alert list` tells what waits, `pharos alert retry` tries at once.',
  },
  DISK_FULL: {
    title: 'The disk is full',
    remedy: 'Free some space and run the same command again; it goes on where it stopped.',
  },
  FORMAT_UNKNOWN: {
    title: 'The format of the file was not recognised',
    remedy: 'Name it with --format jsonl|arxiv|csv.',
  },
  HOST_NOT_ALLOWED: {
    title: 'The Host header is not one this server answers to',
    remedy: 'Use the address the server printed, or name the host with --allow-host.',
  },
  INDEX_DAMAGED: { title: 'The index is damaged', remedy: 'Run `pharos verify --repair`.' },
  INDEX_INCOMPATIBLE: {
    title: 'The index was made with other settings',
    remedy: 'Use the model it was made with, or make a new index with --index.',
  },
  INDEX_LOCKED: {
    title: 'Another process is writing to the index',
    remedy: 'Wait for it to finish, or pass --wait.',
  },
  INDEX_MISSING: { title: 'There is no index here', remedy: 'Add papers first: `pharos add FILE`.' },
  INPUT_INVALID: { title: 'Something in the input is not valid', remedy: 'Correct the values listed.' },
  INTERNAL: {
    title: 'Something went wrong inside Pharos',
    remedy: 'Run again with --debug and report the trace.',
  },
  INTERRUPTED: { title: 'Interrupted', remedy: 'Run the same command again; it goes on where it stopped.' },
  JOB_NOT_FOUND: {
    title: 'There is no such job',
    remedy: 'A server forgets jobs when it stops, and the oldest of many; what they stored is kept.',
  },
  KEY_NOT_FOUND: { title: 'There is no such key', remedy: '`pharos keys list` lists those there are.' },
  KEY_REQUIRED: {
    title: 'A key is needed for this',
    remedy: 'Send one that `pharos keys create` made: Authorization: Bearer KEY, or x-api-key: KEY.',
  },
  KEY_UNKNOWN: {
    title: 'The key is not one of this server',
    remedy: '`pharos keys list` lists those there are; it may have been revoked.',
  },
  LIBRARY_DAMAGED: {
    title: 'The library of a reader is damaged',
    remedy: 'Bring its file back from a backup, or move it away from readers/ in the folder of the index.',
  },
  LOCAL_ONLY: {
    title: 'This address answers only to this machine',
    remedy: 'Ask it on the machine itself, on 127.0.0.1, without a proxy between.',
  },
  MAP_UNAVAILABLE: { title: 'There is no usable map of this index', remedy: 'Run `pharos map`.' },
  METHOD_NOT_ALLOWED: {
    title: 'This address does not take that method',
    remedy: 'Use one of the methods in the Allow header.',
  },
  MODEL_FAILED: {
    title: 'The embedding model failed',
    remedy: 'Check the model folder against models/README.md.',
  },
  MODEL_FETCH_FAILED: {
    title: 'The embedding model could not be fetched',
    remedy:
      'Run the same command again; it goes on where it stopped. docs/models.md tells how to do without a network.',
  },
  MODEL_MISSING: {
    title: 'The embedding model was not found',
    remedy: 'Name a model that `pharos models` lists, or a folder that holds one, with --model.',
  },
  PAPER_NOT_FOUND: {
    title: 'No such paper in this index',
    remedy: 'Check the id; `pharos search` finds papers by title.',
  },
  QUERY_EMPTY: { title: 'The question is empty', remedy: 'Ask with at least one word.' },
  RATE_LIMITED: {
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says; RateLimit-Policy tells how many are served.',
  },
  ROUTE_NOT_FOUND: { title: 'No such address', remedy: 'GET /api/v1 lists the addresses there are.' },
  ROW_INVALID: {
    title: 'A row of the input is not a paper',
    remedy: 'Correct the row, or leave out --strict to skip it.',
  },
  SCOPE_TOO_SMALL: {
    title: 'The key may not do this',
    remedy: 'Use a key with a larger scope: `pharos keys create --scope write`.',
  },
  SEARCH_NOT_FOUND: {
    title: 'There is no such saved search',
    remedy: 'The library lists those there are.',
  },
  SERVER_BUSY: {
    title: 'The server has as much to do as it can',
    remedy: 'Ask again after as long as Retry-After says.',
  },
  SERVER_FAILED: {
    title: 'The server could not do it',
    remedy: 'Check the address in --server, that `pharos serve` runs there, and what its log says.',
  },
  SERVER_NOT_READY: { title: 'The server is not ready yet', remedy: 'Ask /readyz and try again.' },
  SETTINGS_INVALID: {
    title: 'A setting is not valid',
    remedy: '`pharos config` lists every setting with its value and source.',
  },
  SOURCE_FAILED: {
    title: 'A source of papers did not give them',
    remedy: 'Run the same command again; it goes on where it stopped.',
  },
  SOURCE_UNREADABLE: { title: 'The input could not be read', remedy: 'Check the path and its permissions.' },
  TIMEOUT: { title: 'The request took too long', remedy: 'Ask a shorter question or try again.' },
  VECTORS_MISMATCH: {
    title: 'The vectors do not fit',
    remedy: 'Give vectors made by the model of this index from the same file.',
  },
} as const satisfies Record<string, { title: string; remedy: string }>;

export type FaultCode = keyof typeof FAULTS;
