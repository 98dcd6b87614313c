/**
 * What an embedder and its worker threads say to each other. One message is one text: a worker runs texts one by one
 * (see `sentence-model.ts`), and so small a piece lets a question go before the papers that wait.
 */
import type { ModelIdentity } from './embedder.ts';

/** Given to a worker when it starts. */
export interface WorkerSetup {
  /** Absolute. */
  readonly folder: string;
  readonly model: ModelIdentity;
  /** Threads of ONNX Runtime, this worker's own included. */
  readonly threads: number;
  /** Shared; its cells are `STOPPING` and `BUSY`. */
  readonly state: Int32Array;
}

/** 1 when the worker must begin nothing more. Written by the embedder. */
export const STOPPING = 0;
/** 1 while native code is loading or running, when the thread must not be torn down. Written by the worker. */
export const BUSY = 1;

export interface EmbedTask {
  readonly id: number;
  /** With its prefix. */
  readonly text: string;
  /** Goes before all that are not. */
  readonly isUrgent: boolean;
}

/** Asks for an end after the text in work. */
export const STOP = 'stop';

export type WorkerRequest = EmbedTask | typeof STOP;

/** The model is loaded; sent once. */
export const READY = 'ready';

export type WorkerReply =
  | typeof READY
  | { readonly id: number; readonly vector: Float32Array }
  | { readonly id: number; readonly reason: string };
