/**
 * Text as UTF-8 without a byte order mark. UTF-16 is recognised by its mark; everything else is taken to be UTF-8,
 * and what is not is found row by row, for one bad row must not cost the file.
 */
import { TextDecoder } from 'node:util';
import { peek } from './peek.ts';

const UTF8_MARK = Buffer.of(0xef, 0xbb, 0xbf);
const UTF16LE_MARK = Buffer.of(0xff, 0xfe);
const UTF16BE_MARK = Buffer.of(0xfe, 0xff);

export async function* toUtf8(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, chunks } = await peek(source, UTF8_MARK.length);
  if (startsWith(head, UTF16LE_MARK)) yield* transcode(chunks, new TextDecoder('utf-16le'));
  else if (startsWith(head, UTF16BE_MARK)) yield* transcode(chunks, new TextDecoder('utf-16be'));
  else yield* dropFirst(chunks, startsWith(head, UTF8_MARK) ? UTF8_MARK.length : 0);
}

function startsWith(head: Buffer, mark: Buffer): boolean {
  return head.subarray(0, mark.length).equals(mark);
}

async function* transcode(chunks: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** The first chunk holds the whole head. */
async function* dropFirst(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let toDrop = bytes;
  for await (const chunk of chunks) {
    yield chunk.subarray(toDrop);
    toDrop = 0;
  }
}
