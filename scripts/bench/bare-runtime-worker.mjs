/**
 * A worker with nothing but an ONNX Runtime session of one thread, for `bare-runtime.ts`. It is sent rows of token ids
 * and says when it has run them; what comes out is thrown away. Plain JavaScript, so that no loader is in its way.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const { weights, threads } = workerData;
const session = await InferenceSession.create(weights, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
});

parentPort.on('message', async (rows) => {
  const length = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length);
  const mask = new BigInt64Array(rows.length * length);
  for (const [at, row] of rows.entries()) {
    ids.set(BigInt64Array.from(row, BigInt), at * length);
    mask.fill(1n, at * length, at * length + row.length);
  }
  const dims = [rows.length, length];
  await session.run({
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims),
  });
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
