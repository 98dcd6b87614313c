/** Emphasis on a terminal: nothing where the output is not one, or where NO_COLOR asks for none. */
import { styleText } from 'node:util';
import type { Environment } from '../config/environment.ts';
import type { OutputStream } from './io.ts';

export interface Palette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly mark: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string) => text;
export const PLAIN: Palette = { strong: same, faint: same, mark: same, good: same, bad: same };

// The stream is checked once by paletteFor; styleText would check the process's own and not the one in use.
const ALWAYS = { validateStream: false };

export const STYLED: Palette = {
  strong: (text) => styleText('bold', text, ALWAYS),
  faint: (text) => styleText('dim', text, ALWAYS),
  mark: (text) => styleText(['bold', 'underline'], text, ALWAYS),
  good: (text) => styleText('green', text, ALWAYS),
  bad: (text) => styleText('red', text, ALWAYS),
};

/** https://no-color.org: any value of NO_COLOR but the empty one asks for plain text. */
export function paletteFor(stream: OutputStream, environment: Environment): Palette {
  const isPlain = !stream.isTTY || Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  return isPlain ? PLAIN : STYLED;
}
