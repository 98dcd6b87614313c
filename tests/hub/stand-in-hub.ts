/**
 * A hub on this machine that behaves as the real one: it resolves names to commits, redirects large files to its
 * storage and small ones to a cache of its own, and names each by its hash. It misbehaves as it is told.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';
/** Files that the real hub keeps outside git. */
const LARGE = /\.onnx$/;

/** What goes wrong with one request; each is used once, in their order. */
export type Trouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is cut after so many bytes. */
  | { readonly cutAfter: number }
  /** The body ends after so many bytes as if that were all. */
  | { readonly endAfter: number }
  /** A byte is another one. */
  | { readonly corrupt: true }
  | { readonly ignoresRange: true }
  /** Headers, and then nothing. */
  | { readonly silentMs: number };

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
}

export interface StandInHub {
  readonly url: string;
  /** Every request, storage included. */
  readonly asked: Asked[];
  /** By path of the file; for the request that would send its bytes. */
  readonly trouble: (path: string, ...troubles: Trouble[]) => void;
  readonly files: Map<string, Buffer>;
  readonly close: () => Promise<void>;
}

export interface StandInOptions {
  /** `owner/name` of the one model there is. */
  readonly hubId: string;
  readonly files: Readonly<Record<string, Buffer | string>>;
  /** Answers every question about the model so. */
  readonly refuses?: { readonly status: number; readonly code?: string };
  /** Tells neither commits nor hashes, as a plain mirror. */
  readonly isPlain?: boolean;
  /** Slows the bytes down, so that somebody can interrupt. */
  readonly pieceMs?: number;
}

export async function startHub(options: StandInOptions): Promise<StandInHub> {
  const files = new Map(Object.entries(options.files).map(([path, content]) => [path, Buffer.from(content)]));
  const troubles = new Map<string, Trouble[]>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ method: request.method ?? '', path, range: request.headers.range });
    const [, stored] = /^\/(?:storage|cache)\/(.*)$/.exec(path) ?? [];
    const file = stored ?? resolved(path, { ...options, files }, { request, response });
    if (file === undefined) return;
    const trouble = request.method === 'GET' ? troubles.get(file)?.shift() : undefined;
    const sending = { content: files.get(file) ?? Buffer.alloc(0), trouble, pieceMs: options.pieceMs ?? 0 };
    void send({ request, response }, sending).catch(() => response.destroy());
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    files,
    trouble: (path, ...list) => void troubles.set(path, [...(troubles.get(path) ?? []), ...list]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Sending {
  readonly content: Buffer;
  readonly trouble: Trouble | undefined;
  readonly pieceMs: number;
}

/** The file that is to be sent at this address itself; undefined where the question has been answered. */
function resolved(
  path: string,
  options: Omit<StandInOptions, 'files'> & { readonly files: ReadonlyMap<string, Buffer> },
  { request, response }: Exchange,
): string | undefined {
  const [, hubId, revision = '', file = ''] = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const { refuses } = options;
  const content = options.files.get(file);
  if (refuses) refuse(response, refuses.status, refuses.code);
  else if (hubId !== options.hubId) refuse(response, 401, 'RepoNotFound');
  else if (!['main', COMMIT].includes(revision)) refuse(response, 404, 'RevisionNotFound');
  else if (content === undefined) refuse(response, 404, 'EntryNotFound');
  else if (options.isPlain) return file;
  else describeAndRedirect(response, { file, content, host: request.headers.host ?? '' });
  return undefined;
}

function describeAndRedirect(
  response: ServerResponse,
  { file, content, host }: { readonly file: string; readonly content: Buffer; readonly host: string },
): void {
  response.setHeader('x-repo-commit', COMMIT);
  if (LARGE.test(file)) {
    response.setHeader('x-linked-size', content.length);
    response.setHeader('x-linked-etag', `"${sha256(content)}"`);
    response.writeHead(302, { location: `http://${host}/storage/${file}` }).end();
  } else {
    response.setHeader('etag', `"${gitHash(content)}"`);
    response.writeHead(307, { location: `/cache/${file}` }).end();
  }
}

async function send({ request, response }: Exchange, { content, trouble, pieceMs }: Sending): Promise<void> {
  if (trouble && 'status' in trouble) return void response.writeHead(trouble.status, trouble.headers).end();
  const isWhole = trouble !== undefined && 'ignoresRange' in trouble;
  const from = isWhole ? 0 : Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from > 0 && from >= content.length) return void response.writeHead(416).end();
  const body = damaged(content.subarray(from), trouble);
  response.setHeader(
    'content-length',
    trouble && 'endAfter' in trouble ? body.length : content.length - from,
  );
  if (from > 0) response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`);
  response.writeHead(from > 0 ? 206 : 200);
  if (request.method === 'HEAD') return void response.end();
  await writeBody(response, body, { trouble, pieceMs });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function damaged(body: Buffer, trouble: Trouble | undefined): Buffer {
  if (trouble && 'cutAfter' in trouble) return body.subarray(0, trouble.cutAfter);
  if (trouble && 'endAfter' in trouble) return body.subarray(0, trouble.endAfter);
  if (!trouble || !('corrupt' in trouble)) return body;
  const changed = Buffer.from(body);
  changed[0] = (changed[0] ?? 0) ^ 0xff;
  return changed;
}

async function writeBody(
  response: ServerResponse,
  body: Buffer,
  { trouble, pieceMs }: { readonly trouble: Trouble | undefined; readonly pieceMs: number },
): Promise<void> {
  response.flushHeaders();
  if (trouble && 'silentMs' in trouble) await sleep(trouble.silentMs);
  const pieceBytes = pieceMs > 0 ? Math.ceil(body.length / 100) : body.length;
  for (let at = 0; at < body.length; at += pieceBytes) {
    response.write(body.subarray(at, at + pieceBytes));
    if (pieceMs > 0) await sleep(pieceMs);
  }
  if (trouble && 'cutAfter' in trouble) {
    // What was written still arrives, and then the connection ends.
    response.socket?.destroySoon();
  } else response.end();
}

function refuse(response: ServerResponse, status: number, code?: string): void {
  response.writeHead(status, code === undefined ? {} : { 'x-error-code': code }).end();
}

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

export function gitHash(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
