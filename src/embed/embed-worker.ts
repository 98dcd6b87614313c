/**
 * The entry of a worker thread: loads the model, then embeds what it is sent, questions first. It is started by
 * `embed-thread.ts` and by nothing else.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { loadSentenceModel, type SentenceModel } from './sentence-model.ts';
import {
  BUSY,
  type EmbedTask,
  READY,
  STOP,
  STOPPING,
  type WorkerReply,
  type WorkerRequest,
  type WorkerSetup,
} from './worker-protocol.ts';

async function serve(port: MessagePort, { folder, model, threads, state }: WorkerSetup): Promise<void> {
  // A model that cannot be loaded ends the thread with the error, which is what the other side waits for.
  const sentenceModel = await loadSentenceModel(folder, model, { threads }).finally(() => markIdle(state));
  const urgent: EmbedTask[] = [];
  const patient: EmbedTask[] = [];
  let isWorking = false;

  const work = async () => {
    if (isWorking) return;
    isWorking = true;
    for (;;) {
      // Lets messages in between two texts, so that a question that came during the first goes next.
      await nextTurn();
      const task = urgent.shift() ?? patient.shift();
      if (!task || !markBusy(state)) break;
      const reply = await answer(sentenceModel, task);
      markIdle(state);
      port.postMessage(reply, 'vector' in reply ? [reply.vector.buffer as ArrayBuffer] : []);
    }
    isWorking = false;
  };

  port.on('message', (request: WorkerRequest) => {
    if (request === STOP) return port.close();
    (request.isUrgent ? urgent : patient).push(request);
    void work();
  });
  port.postMessage(READY);
}

async function answer(
  model: SentenceModel,
  { id, text }: EmbedTask,
): Promise<Exclude<WorkerReply, typeof READY>> {
  try {
    return { id, vector: await model.embed(text) };
  } catch (error) {
    return { id, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** False when nothing may be begun any more. Set before asking, so that whoever sees 0 can rely on it. */
function markBusy(state: Int32Array): boolean {
  Atomics.store(state, BUSY, 1);
  if (Atomics.load(state, STOPPING) === 0) return true;
  markIdle(state);
  return false;
}

function markIdle(state: Int32Array): void {
  Atomics.store(state, BUSY, 0);
  Atomics.notify(state, BUSY);
}

if (parentPort) await serve(parentPort, workerData as WorkerSetup);
