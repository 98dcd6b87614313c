/** Looks at the first bytes of a stream without taking them out of it. */

export interface Peeked {
  /** At least as many bytes as asked for, or all there are. */
  readonly head: Buffer;
  /** The whole stream, head included. Must be read or returned, so that the source is let go. */
  readonly chunks: AsyncGenerator<Buffer>;
}

/** An error met while looking comes where it belongs: after the bytes before it, from `chunks`. */
export async function peek(source: AsyncIterable<Buffer>, wantedBytes: number): Promise<Peeked> {
  const rest = source[Symbol.asyncIterator]();
  const seen: Buffer[] = [];
  let length = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    while (length < wantedBytes) {
      const { done, value } = await rest.next();
      if (done) break;
      seen.push(value);
      length += value.length;
    }
  } catch (error) {
    failure = { error };
  }
  const head = Buffer.concat(seen);
  return { head, chunks: resume(head, rest, failure) };
}

async function* resume(
  head: Buffer,
  rest: AsyncIterator<Buffer>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    if (failure) throw failure.error;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
