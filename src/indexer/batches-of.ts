/** Cuts a stream into batches. What was gathered before the stream failed still comes out, then the failure. */

/**
 * Batches of `size` in the order of the stream, the last one shorter; never an empty one. When the stream
 * throws or the signal aborts, the unfinished batch is yielded first, so that nothing read is thrown away.
 */
export async function* batchesOf<T>(
  items: AsyncIterable<T>,
  size: number,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  try {
    for await (const item of items) {
      batch.push(item);
      if (batch.length >= size) {
        yield batch;
        batch = [];
      }
      signal?.throwIfAborted();
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
