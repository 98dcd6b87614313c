/** Papers as the body of a request, one JSON object a line, read only as fast as they are sent. */
import type { Deadline } from './deadline.ts';

/** Rows of so many UTF-16 units are sent together. */
const PIECE_LENGTH = 64 * 1024;

export class RowStream {
  readonly #rows: AsyncIterator<object>;
  #failure: { readonly reason: unknown } | undefined;

  constructor(papers: AsyncIterable<object>) {
    this.#rows = papers[Symbol.asyncIterator]();
  }

  /** Why the papers ended before their end: the error of whoever makes them. */
  get failure(): { readonly reason: unknown } | undefined {
    return this.#failure;
  }

  /** The time that making papers takes is not the server's. */
  open(deadline: Deadline): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    return new ReadableStream(
      {
        pull: async (controller) => {
          deadline.stop();
          const { text, isLast } = await this.#piece();
          deadline.start();
          if (text !== '') controller.enqueue(encoder.encode(text));
          if (isLast) controller.close();
        },
        cancel: () => this.close(),
      },
      { highWaterMark: 0 },
    );
  }

  /** Lets whoever makes the papers go. */
  async close(): Promise<void> {
    await this.#rows.return?.();
  }

  async #piece(): Promise<{ readonly text: string; readonly isLast: boolean }> {
    let text = '';
    try {
      while (text.length < PIECE_LENGTH) {
        const { value, done } = await this.#rows.next();
        if (done) return { text, isLast: true };
        text += lineOf(value);
      }
      return { text, isLast: false };
    } catch (reason) {
      this.#failure = { reason };
      throw reason;
    }
  }
}

/** JSON holds no line feeds of its own. */
export function lineOf(paper: object): string {
  return `${JSON.stringify(paper)}\n`;
}
