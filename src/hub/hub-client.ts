/** The files of a model on the hub: what each of them is, and its bytes from any place on. */
import type { Readable } from 'node:stream';
import { AppError } from '../fault/app-error.ts';
import { Patience, type PatienceOptions, USUAL_PATIENCE } from '../http/patience.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import {
  type Answer,
  type Dispatcher,
  NO_PROXIES,
  openDispatcher,
  type ProxySettings,
  sendRequest,
} from '../http/send-request.ts';
import { TransientFault } from '../http/transient-fault.ts';

/** A file of a model in one of its states. */
export interface HubFile {
  /** `owner/name`. */
  readonly hubId: string;
  /** A commit or a branch. */
  readonly revision: string;
  readonly path: string;
}

/** As far as the hub tells. Large files are named by their SHA-256, small ones by git's hash of their contents. */
export interface FileFacts {
  readonly commit?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly gitHash?: string;
}

export interface HubClientOptions {
  /** Address of the hub, such as `https://huggingface.co`. */
  readonly hub: string;
  readonly proxies?: ProxySettings;
  readonly patience?: Partial<PatienceOptions>;
  readonly idleMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface FileStream {
  readonly body: Readable;
  /** Where the body begins: 0 where the server does not send parts of files. */
  readonly from: number;
}

const IDLE_MS = 30_000;
const PASSING = new Set([408, 416, 425, 429, 500, 502, 503, 504]);
const SHA256 = /^[0-9a-f]{64}$/;
const GIT_HASH = /^[0-9a-f]{40}$/;

export class HubClient {
  readonly #hub: string;
  readonly #dispatcher: Dispatcher;
  readonly #patience: PatienceOptions;
  readonly #idleMs: number;
  readonly #signal: AbortSignal | undefined;

  constructor({ hub, proxies = NO_PROXIES, patience, idleMs = IDLE_MS, signal }: HubClientOptions) {
    this.#hub = hub.replace(/\/+$/, '');
    this.#dispatcher = openDispatcher(proxies);
    this.#patience = { ...USUAL_PATIENCE, ...patience };
    this.#idleMs = idleMs;
    this.#signal = signal;
  }

  patience(): Patience {
    return new Patience(this.#patience, { code: 'MODEL_FETCH_FAILED', signal: this.#signal });
  }

  /** Where a person finds the model. */
  pageOf({ hubId, revision }: Pick<HubFile, 'hubId' | 'revision'>): string {
    return `${this.#hub}/${hubId}/tree/${revision}`;
  }

  /** Undefined where the model has no such file; MODEL_MISSING where there is no such model or state of it. */
  async facts(file: HubFile): Promise<FileFacts | undefined> {
    const patience = this.patience();
    for (;;) {
      try {
        const answer = await this.#ask(file, { method: 'HEAD' });
        answer.body.resume();
        if (isNoSuchFile(answer)) return undefined;
        this.#requireFine(answer, file);
        return factsIn(answer);
      } catch (error) {
        await patience.endure(error);
      }
    }
  }

  /** One attempt. Rejects with a TransientFault where another may succeed. */
  async open(file: HubFile, from: number): Promise<FileStream> {
    const answer = await this.#ask(file, { method: 'GET', from });
    if (answer.status === 416 && from > 0) {
      // What is there does not fit the file, so it is fetched from its beginning.
      answer.body.resume();
      return this.open(file, 0);
    }
    try {
      this.#requireFine(answer, file);
    } catch (error) {
      answer.body.resume();
      throw error;
    }
    return { body: answer.body, from: beginningOf(answer) };
  }

  async close(): Promise<void> {
    // Not `close`: that waits for answers nobody reads any more.
    await this.#dispatcher.destroy();
  }

  #ask(
    file: HubFile,
    { method, from = 0 }: { readonly method: 'GET' | 'HEAD'; readonly from?: number },
  ): Promise<Answer> {
    // Compressed, neither sizes nor ranges would be those of the file.
    const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) };
    return sendRequest(
      this.#addressOf(file),
      { method, headers },
      {
        dispatcher: this.#dispatcher,
        idleMs: this.#idleMs,
        code: 'MODEL_FETCH_FAILED',
        signal: this.#signal,
      },
    );
  }

  #addressOf({ hubId, revision, path }: HubFile): string {
    return `${this.#hub}/${hubId}/resolve/${encodeURIComponent(revision)}/${path}`;
  }

  #requireFine(answer: Answer, file: HubFile): void {
    const { status } = answer;
    if (status === 200 || status === 206) return;
    const address = this.#addressOf(file);
    if (PASSING.has(status)) {
      throw new TransientFault(`${address} answers ${status}`, {
        retryAfterMs: retryAfterMs(answer.header('retry-after'), Date.now()),
      });
    }
    throw refusal(answer, file, new URL(address).origin);
  }
}

/** The hub answers 401 for a model that does not exist as well as for one that is private. */
function refusal(answer: Answer, { hubId, revision, path }: HubFile, hub: string): AppError {
  const { status } = answer;
  const code = answer.told('x-error-code');
  if (code === 'RevisionNotFound') {
    return new AppError('MODEL_MISSING', { message: `${hub} has no revision ${revision} of ${hubId}` });
  }
  if (code === 'GatedRepo' || status === 403) {
    return new AppError('MODEL_FETCH_FAILED', {
      message: `${hubId} is not open to everybody: ${hub} answers ${status}`,
      remedy: `Accept its terms at ${hub}/${hubId}, fetch its files there, and give their folder with --model.`,
    });
  }
  if (status === 401 || status === 404) {
    return new AppError('MODEL_MISSING', {
      message: `There is no model ${hubId} at ${hub} that anybody may fetch (${status} for ${path})`,
      remedy: 'Check its name; `pharos models` lists those that are known to work.',
    });
  }
  return new AppError('MODEL_FETCH_FAILED', { message: `${hub} answers ${status} for ${path} of ${hubId}` });
}

/** A model that is not there is a 404 too, but says so. */
function isNoSuchFile(answer: Answer): boolean {
  const code = answer.told('x-error-code');
  return answer.status === 404 && (code === undefined || code === 'EntryNotFound');
}

function factsIn(answer: Answer): FileFacts {
  const hash = (answer.told('x-linked-etag') ?? answer.told('etag') ?? '').replace(/^W\/|"/g, '');
  const commit = answer.told('x-repo-commit') ?? '';
  const bytes = Number(answer.told('x-linked-size') ?? answer.header('content-length') ?? Number.NaN);
  return {
    ...(GIT_HASH.test(commit) && { commit }),
    ...(Number.isSafeInteger(bytes) && { bytes }),
    ...(SHA256.test(hash) && { sha256: hash }),
    ...(GIT_HASH.test(hash) && { gitHash: hash }),
  };
}

function beginningOf(answer: Answer): number {
  if (answer.status !== 206) return 0;
  const range = /^bytes (\d+)-/.exec(answer.header('content-range') ?? '');
  if (!range) throw new TransientFault('the server does not say which part of the file it sends');
  return Number(range[1]);
}
