/**
 * arXiv identifiers of both schemes: `YYMM.number` since April 2007 (four digits to 1412, five from 1501) and
 * `archive/YYMMNNN` before. Source: https://info.arxiv.org/help/arxiv_identifier.html
 */

export interface ArxivId {
  /** Without version; an old id without its subject class, as arXiv itself writes it: `math/0309136`. */
  readonly id: string;
  readonly version?: number;
}

const NEW_SCHEME = /^(\d{2})(\d{2})\.(\d{4,5})(?:v([1-9]\d{0,3}))?$/i;
const OLD_SCHEME = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,10})?\/(\d{2})(\d{2})(\d{3})(?:v([1-9]\d{0,3}))?$/i;
const FIRST_NEW = 704;
const FIRST_FIVE_DIGITS = 1501;

// Closed since 2007, so a list is complete; without it any `word/1234567` would pass for a paper.
const OLD_ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs ' +
    'dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol ' +
    'physics plasm-ph q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);

/** The whole of `text` as an arXiv id, without prefix or address; case does not matter. */
export function parseArxivId(text: string): ArxivId | undefined {
  return parseNew(text) ?? parseOld(text);
}

function parseNew(text: string): ArxivId | undefined {
  const match = NEW_SCHEME.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', number = '', version] = match;
  const since = Number(year + month);
  if (!isMonth(month) || since < FIRST_NEW) return undefined;
  if (number.length !== (since < FIRST_FIVE_DIGITS ? 4 : 5)) return undefined;
  return withVersion(`${year}${month}.${number}`, version);
}

function parseOld(text: string): ArxivId | undefined {
  const match = OLD_SCHEME.exec(text);
  if (!match) return undefined;
  const [, archive = '', year = '', month = '', number = '', version] = match;
  const isInUse = Number(year) >= 91 || Number(year + month) < FIRST_NEW;
  if (!OLD_ARCHIVES.has(archive.toLowerCase()) || !isMonth(month) || !isInUse) return undefined;
  return withVersion(`${archive.toLowerCase()}/${year}${month}${number}`, version);
}

function isMonth(digits: string): boolean {
  return digits >= '01' && digits <= '12';
}

function withVersion(id: string, version: string | undefined): ArxivId {
  return version === undefined ? { id } : { id, version: Number(version) };
}
