/** Cuts a stream into batches. What was gathered before the stream failed still comes out, then the failure. */

export interface BatchOptions<T> {
  readonly signal?: AbortSignal | undefined;
  /** Whether a batch ends with this item, however short it is. */
  readonly isEnd?: (item: T) => boolean;
}

/**
 * Batches of `size` in the order of the stream, the last one shorter; never an empty one. When the stream
 * throws or the signal aborts, the unfinished batch is yielded first, so that nothing read is thrown away.
 */
export async function* batchesOf<T>(
  items: AsyncIterable<T>,
  size: number,
  { signal, isEnd = () => false }: BatchOptions<T> = {},
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  try {
    for await (const item of items) {
      batch.push(item);
      if (batch.length >= size || isEnd(item)) {
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
