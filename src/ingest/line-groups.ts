/**
 * Puts lines together to the records that begin or end with a certain line, as BibTeX and the tagged formats write
 * them. A record that never ends costs only itself: the next one begins where its first line says so.
 */
import { type Frame, MAX_ROW_BYTES } from './frames.ts';

export interface LineGroupOptions {
  /** Whether a record begins with this line. */
  readonly begins: (line: string) => boolean;
  /** Whether a record ends with this line; none does unless given. */
  readonly ends?: (line: string) => boolean;
}

/** How much of a line is shown to the questions: first lines are told by how they begin. */
const SHOWN_BYTES = 128;
const LINE_FEED = Buffer.from('\n');

/** Every record as one frame, lines joined by line feeds; undefined bytes where it is longer than a row may be. */
export async function* lineGroups(
  lines: AsyncIterable<Frame>,
  { begins, ends = () => false }: LineGroupOptions,
): AsyncGenerator<Frame> {
  let group: Frame[] = [];
  for await (const line of lines) {
    const shown = line.bytes?.toString('latin1', 0, SHOWN_BYTES) ?? '';
    if (group.length > 0 && begins(shown)) {
      yield joined(group);
      group = [];
    }
    // Blank lines between records belong to none, so that a record's line is that of its first word.
    if (group.length > 0 || shown.trim() !== '') group.push(line);
    if (group.length > 0 && ends(shown)) {
      yield joined(group);
      group = [];
    }
  }
  if (group.length > 0) yield joined(group);
}

function joined(group: readonly Frame[]): Frame {
  const line = group[0]?.line ?? 1;
  const parts: Buffer[] = [];
  let length = 0;
  for (const { bytes } of group) {
    length += (bytes?.length ?? MAX_ROW_BYTES) + 1;
    if (bytes === undefined || length > MAX_ROW_BYTES) return { line, bytes: undefined };
    parts.push(bytes, LINE_FEED);
  }
  return { line, bytes: Buffer.concat(parts) };
}
