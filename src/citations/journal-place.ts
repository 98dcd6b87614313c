/**
 * Takes a reference to a journal apart where it is written in one of the common ways; every other wording is left to
 * be printed as it is.
 */

export interface JournalPlace {
  readonly volume?: string;
  readonly issue?: string;
  /** `436-444`, or the number of an article. */
  readonly pages?: string;
}

export interface DatedPlace extends JournalPlace {
  readonly container: string;
  readonly year?: string;
}

const JOURNAL = String.raw`(?<container>\p{L}[\p{L}\p{N} .&'’:-]*?[\p{L}.])`;
const VOLUME = String.raw`(?<volume>[A-Z]?\d{1,4}[A-Z]?)`;
const ISSUE = String.raw`(?:\s?\((?<issue>\d{1,5}(?:[-/]\d{1,5})?)\))?`;
const PAGES = String.raw`(?:pp?\.\s?)?(?<pages>[A-Z]{0,2}\d{1,7}(?:\s?[-–]{1,2}\s?[A-Z]{0,2}\d{1,7})?)`;
const YEAR = String.raw`(?<year>1[89]\d\d|20\d\d)`;

const FORMS = [
  // Phys. Rev. D 47, 2517 (1993)
  String.raw`${JOURNAL} ${VOLUME}${ISSUE}, ${PAGES} \(${YEAR}\)`,
  // Astrophys.J. 611 (2004) L105-L108
  String.raw`${JOURNAL} ?${VOLUME} \(${YEAR}\),? ${PAGES}`,
  // Phys.Rev.Lett.68:1172-1175,1992
  `${JOURNAL} ?${VOLUME}:${PAGES}, ?${YEAR}`,
  // Nature 521(7553), 436-444: the last, since a year in parentheses would pass for an issue
  `${JOURNAL} ${VOLUME}${ISSUE}, ${PAGES}`,
].map((form) => new RegExp(`^${form}$`, 'u'));

/** Longer ones name conferences and committees. */
const MAX_LENGTH = 120;

/** Undefined for any wording that is not one of those above. */
export function journalPlace(reference: string): DatedPlace | undefined {
  if (reference.length > MAX_LENGTH) return undefined;
  for (const form of FORMS) {
    const { container, year, ...place } = form.exec(reference)?.groups ?? {};
    if (container === undefined) continue;
    const known = Object.entries(place).filter(([, value]) => value !== undefined);
    return { container, ...(year !== undefined && { year }), ...Object.fromEntries(known) };
  }
  return undefined;
}
