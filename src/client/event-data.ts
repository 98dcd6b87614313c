/** The data of server-sent events, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them. */

const LINE_END = /\r\n|\n|\r(?!$)/;

/** One text for every event; comments and events without data are passed over, and so is one that was cut off. */
export async function* eventData(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  let data: string[] = [];
  for await (const piece of pieces) {
    const lines = (rest + piece).split(LINE_END);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice('data:'.length).replace(/^ /, ''));
      else if (line === '' && data.length > 0) {
        yield data.join('\n');
        data = [];
      }
    }
  }
}
