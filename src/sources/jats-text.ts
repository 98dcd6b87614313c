/**
 * Titles and abstracts that hold JATS or MathML, as publishers give them to Crossref, as plain text. The markup is
 * often broken, so it is not parsed: what bears one of the two prefixes is an element, and taken out.
 */
import { plainText } from '../ingest/plain-text.ts';

// Runs of blanks are bounded: a pattern that may begin anywhere in a long one would take its square in time.
/** The heading of the whole says nothing. */
const HEADING =
  /<(jats:)?title(?:\s[^<>]*)?>\s{0,40}(?:abstract|summary|r[ée]sum[ée]|zusammenfassung|resumen|resumo)\s{0,40}[.:]?\s{0,40}<\/\1title>/gi;
/** The headings of parts begin sentences, so that they do not run into them. */
const END_OF_HEADING = /\s{0,40}[.:]?\s{0,40}<\/jats:title>/gi;
/** A formula once more, for a typesetter. */
const SECOND_FORM = /<(jats:tex-math|mml:annotation)(?:\s[^<>]*)?>[^<]*<\/\1>/gi;
const COMMENT = /<!--[^<>]*-->|<!\[CDATA\[|\]\]>/g;
const BLOCK =
  /<\/?jats:(?:p|sec|title|list|list-item|label|disp-formula|break|disp-quote)(?:\s[^<>]*)?\/?>/gi;
const INLINE = /<\/?(?:jats|mml):[a-z-]+(?:\s[^<>]*)?\/?>/gi;

/** Undefined for what is no text. */
export function jatsText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replace(COMMENT, '')
    .replace(HEADING, ' ')
    .replace(SECOND_FORM, '')
    .replace(END_OF_HEADING, ': ')
    .replace(BLOCK, ' ')
    .replace(INLINE, '');
  return plainText(text);
}
