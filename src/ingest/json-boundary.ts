/**
 * Where the objects of a JSON array end, so that a library of any size is read one object at a time: after each
 * object that lies in the outermost list, whether the file is that list or an object that holds it (`items`).
 */
import type { Boundary } from './frames.ts';

const [QUOTE, BACKSLASH, LINE_FEED] = [0x22, 0x5c, 0x0a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];

/** Rows end where the list opens, and at the comma or bracket after each object of it. */
export function jsonBoundary(): Boundary {
  const reader = new Brackets();
  return {
    next(chunk, from) {
      for (let at = from; at < chunk.length; at += 1) if (reader.endsRow(chunk[at] ?? 0)) return at;
      return -1;
    },
    reset: () => reader.reset(),
  };
}

class Brackets {
  /** Those that are open, outermost first. */
  #open: number[] = [];
  #isInText = false;
  #isEscaped = false;

  endsRow(byte: number): boolean {
    if (this.#isInText) {
      this.#readText(byte);
      return false;
    }
    switch (byte) {
      case QUOTE:
        this.#isInText = true;
        return false;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        this.#open.push(byte);
        return byte === OPEN_BRACKET && isOuterList(this.#open);
      case CLOSE_BRACE:
      case CLOSE_BRACKET: {
        const wasOuterList = isOuterList(this.#open);
        this.#open.pop();
        return byte === CLOSE_BRACKET && wasOuterList;
      }
      default:
        return byte === COMMA && isOuterList(this.#open);
    }
  }

  /** An object that is given up leaves only the list open. */
  reset(): void {
    this.#open = this.#open.slice(0, this.#open[0] === OPEN_BRACKET ? 1 : 2);
    this.#isInText = false;
    this.#isEscaped = false;
  }

  #readText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    // JSON has no line feeds inside texts: one means that a quotation mark was lost.
    else if (byte === QUOTE || byte === LINE_FEED) this.#isInText = false;
  }
}

function isOuterList(open: readonly number[]): boolean {
  const [outer, inner] = open;
  return outer === OPEN_BRACKET ? open.length === 1 : inner === OPEN_BRACKET && open.length === 2;
}

/** The text of an object of the list; undefined for what stands around it: `{"config": {...}, "items":`. */
export function objectText(row: string): string | undefined {
  const text = row.trim();
  return text.startsWith('{') && !text.endsWith(':') ? text : undefined;
}
