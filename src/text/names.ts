/** The words of a name, for comparing names of people and venues however they are written. */
import { fold } from './fold.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/** `Müller, J.-P.` -> `['muller', 'j', 'p']`. Never stemmed. */
export function nameTokens(name: string): string[] {
  return fold(name).match(WORD) ?? [];
}
