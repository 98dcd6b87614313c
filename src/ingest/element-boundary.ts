/**
 * Where elements of certain names end, so that XML of any size is read one record at a time and a broken record costs
 * only itself. Such elements must not stand within one another.
 */
import type { Boundary } from './frames.ts';

/** Rows end with the `>` of an end tag, which is not part of them: `closed` puts it back. */
export function elementBoundary(names: readonly string[]): Boundary {
  const reader = new EndTags(names.map((name) => Buffer.from(`</${name}>`)));
  return {
    next: (chunk, from) => (from === 0 ? reader.begin(chunk) : reader.find(chunk, from)),
    // What began in a row that is given up ends where it ends.
    reset: () => undefined,
  };
}

/** The row with the sign that ended it. */
export function closed(row: string): string {
  return /<\/[^<>]+$/.test(row.slice(-64)) ? `${row}>` : row;
}

class EndTags {
  readonly #tags: readonly Buffer[];
  readonly #longest: number;
  /** Where each tag ends next in the chunk, -1 where it does not: a rare one is looked for once a chunk. */
  #next: number[] = [];
  /** The last bytes before the chunk, in which a tag may have begun. */
  #tail: Buffer = Buffer.alloc(0);

  constructor(tags: readonly Buffer[]) {
    this.#tags = tags;
    this.#longest = Math.max(...tags.map(({ length }) => length));
  }

  begin(chunk: Buffer): number {
    const { length } = this.#tail;
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, this.#longest - 1)]);
    const last = this.#longest - 1;
    this.#tail =
      chunk.length >= last ? chunk.subarray(-last) : Buffer.concat([this.#tail, chunk]).subarray(-last);
    this.#next = this.#tags.map((tag) => endOf(tag, chunk, 0));
    const across = this.#tags.map((tag) => endOf(tag, seam, Math.max(0, length - tag.length + 1)) - length);
    const [first] = across.filter((end) => end >= 0).sort((a, b) => a - b);
    return first ?? this.#nearest();
  }

  find(chunk: Buffer, from: number): number {
    this.#next = this.#next.map((end, at) => {
      const tag = this.#tags[at];
      return tag === undefined || end < 0 || end >= from ? end : endOf(tag, chunk, from);
    });
    return this.#nearest();
  }

  #nearest(): number {
    const ends = this.#next.filter((end) => end >= 0);
    return ends.length === 0 ? -1 : Math.min(...ends);
  }
}

/** Where the first such tag at or after `from` ends; -1 where there is none. */
function endOf(tag: Buffer, bytes: Buffer, from: number): number {
  const at = bytes.indexOf(tag, from);
  return at < 0 ? -1 : at + tag.length - 1;
}
