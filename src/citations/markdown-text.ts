/** Text of papers as Markdown shows it letter by letter: mathematics stays, every sign that Markdown reads is escaped. */
import { mathPieces } from './math-pieces.ts';

export function markdownText(text: string): string {
  return mathPieces(text)
    .map(({ text: piece, isMath }) =>
      isMath ? piece.replace(/</g, '&lt;') : piece.replace(/[\\`*_[\]<>#|~$]|&(?=#?\w+;)/g, '\\$&'),
    )
    .join('');
}
