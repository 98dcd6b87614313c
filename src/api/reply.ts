/** What a route answers when it is not plain JSON: a text of some type, bytes, or a stream of text. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

const MOST_LISTENERS = 20;

export type ReplyBody = string | Buffer | AsyncIterable<string>;

export interface ReplyOptions {
  /** Content-Type, with its charset. */
  readonly type: string;
  /** 200 unless it says otherwise. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Reply {
  readonly body: ReplyBody;
  readonly type: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: ReplyBody, { type, status = 200, headers = {} }: ReplyOptions) {
    this.body = body;
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}

/** Does nothing where an answer has already begun. A stream ends when its reader has gone, which is no fault. */
export async function sendReply(response: Response, reply: Reply): Promise<void> {
  if (response.headersSent) return;
  const { Vary, ...headers } = reply.headers;
  response.status(reply.status).set(headers).setHeader('Content-Type', reply.type);
  // Others have said already what else the answer depends on.
  if (Vary !== undefined) response.vary(Vary);
  if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) {
    response.send(reply.body);
    return;
  }
  response.flushHeaders();
  // A pipeline listens several times over, beside those who time and log the answer; Node warns at eleven.
  response.setMaxListeners(MOST_LISTENERS);
  try {
    await pipeline(Readable.from(reply.body), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}
