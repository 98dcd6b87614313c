/**
 * Digital Object Identifiers. Names are compared without regard to case (ISO 26324), so they are kept in lower
 * case. Pasted DOIs often bring the punctuation of the sentence they stood in; it is dropped.
 */

const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{C}]+$/u;
const PREFIX = /^(?:(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/|doi\s*:?\s*)/i;
// Publishers' pages carry the DOI in their path: dl.acm.org/doi/10.1145/..., /doi/abs/10.1002/...
const PUBLISHER = /^(?!10\.)(?:https?:\/\/)?[\w.-]+\/doi\/(?:[a-z]+\/)?(?=10\.)/i;
const TRAILING = /[.,;:!?'"”’»<>\]}]+$/;
const QUERY = /[?#].*$/;

export const MAX_DOI_LENGTH = 512;

/** The whole of `text` as a DOI: bare, with `doi:`, or as an address; undefined when it is none. */
export function parseDoi(text: string): string | undefined {
  const bare = withoutAddress(text.trim());
  const name = withoutTrailing(bare.toLowerCase());
  return name.length <= MAX_DOI_LENGTH && DOI.test(name) ? name : undefined;
}

function withoutAddress(text: string): string {
  if (PUBLISHER.test(text)) return decoded(text.replace(PUBLISHER, '').replace(QUERY, ''));
  const bare = text.replace(PREFIX, '');
  return bare !== text && text.includes('doi.org/') ? decoded(bare.replace(QUERY, '')) : bare;
}

/** Percent-codes belong to addresses, not to names; a broken one is taken as it stands. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/** A closing parenthesis belongs to the name when it was opened there: `10.1016/s0140-6736(97)11096-0`. */
function withoutTrailing(name: string): string {
  let cut = name.replace(TRAILING, '');
  while (cut.endsWith(')') && count(cut, ')') > count(cut, '(')) {
    cut = cut.slice(0, -1).replace(TRAILING, '');
  }
  return cut;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
