/**
 * Where the rows of a CSV file end: at line feeds outside quotation marks. Agrees with csv-parse in its relaxed
 * reading: a mark quotes only where a cell begins, and is a letter like any other elsewhere.
 */
import type { Boundary } from './frames.ts';

type State = 'cell start' | 'bare' | 'quoted' | 'after quote';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

export function csvBoundary(delimiter: string): Boundary {
  const separator = delimiter.charCodeAt(0);
  let state: State = 'cell start';
  return {
    next(chunk, from) {
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === LINE_FEED && state !== 'quoted') {
          state = 'cell start';
          return at;
        }
        state = byte === separator && state !== 'quoted' ? 'cell start' : after(state, byte);
      }
      return -1;
    },
    reset() {
      state = 'bare';
    },
  };
}

/** The state after a byte that ends neither cell nor row. */
function after(state: State, byte: number | undefined): State {
  if (state === 'quoted') return byte === QUOTE ? 'after quote' : 'quoted';
  // Two marks in a quoted cell stand for one: the cell was not closed after all.
  return byte === QUOTE && state !== 'bare' ? 'quoted' : 'bare';
}
