/**
 * Cuts a byte stream into rows. Never holds more of a row than it may have: the rest of a longer one is passed over
 * as it streams by. Knows bytes and line feeds only; what a row means is for the format.
 */

export interface Frame {
  /** 1-based line where the row begins. */
  readonly line: number;
  /** Without the byte that ends it, in most formats a line feed; undefined when it is longer than allowed. */
  readonly bytes: Buffer | undefined;
}

/** Finds where rows end. Called with the stream in order, chunk after chunk. */
export interface Boundary {
  /** Index of the byte that ends the row, at or after `from`; -1 when it is not in this chunk. */
  next(chunk: Buffer, from: number): number;
  /** Forget what began in this row: it has been given up. */
  reset(): void;
}

export interface FrameOptions {
  /** Every line feed unless given. */
  readonly boundary?: Boundary;
  readonly maxBytes?: number;
}

export const MAX_ROW_BYTES = 4 * 1024 * 1024;

const LINE_FEED = 0x0a;
const EVERY_LINE: Boundary = {
  next: (chunk, from) => chunk.indexOf(LINE_FEED, from),
  reset: () => undefined,
};

/** Every row in order, empty ones included; a last one without a line feed counts. */
export async function* frames(
  source: AsyncIterable<Buffer>,
  { boundary = EVERY_LINE, maxBytes = MAX_ROW_BYTES }: FrameOptions = {},
): AsyncGenerator<Frame> {
  const row = new OpenRow(maxBytes);
  for await (const chunk of source) {
    let from = 0;
    for (let end = boundary.next(chunk, 0); end >= 0; end = boundary.next(chunk, from)) {
      row.add(chunk.subarray(from, end));
      yield row.close(chunk[end] === LINE_FEED ? 1 : 0);
      from = end + 1;
    }
    row.add(chunk.subarray(from));
    // An unclosed quotation mark must not swallow the rest of the file.
    if (row.isTooLong) boundary.reset();
  }
  if (!row.isEmpty) yield row.close(0);
}

/** The row that is being read. */
class OpenRow {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #length = 0;
  #line = 1;
  #lineFeeds = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get isTooLong(): boolean {
    return this.#length > this.#maxBytes;
  }

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    this.#lineFeeds += countLineFeeds(bytes);
    if (this.isTooLong) this.#parts = [];
    else this.#parts.push(bytes);
  }

  close(endingLineFeeds: 0 | 1): Frame {
    const frame = { line: this.#line, bytes: this.isTooLong ? undefined : this.#joined() };
    this.#line += this.#lineFeeds + endingLineFeeds;
    this.#parts = [];
    this.#length = 0;
    this.#lineFeeds = 0;
    return frame;
  }

  #joined(): Buffer {
    const [only] = this.#parts;
    return only !== undefined && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
  }
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
