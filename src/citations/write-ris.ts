/**
 * RIS, which EndNote, Zotero, Mendeley and the rest read: one tag a line, nothing is escaped, so nothing but the line
 * itself must be kept whole. Source of the tags: the RIS Format Specifications of Research Information Systems.
 */
import type { CitedWork } from './cited-work.ts';
import type { PersonName } from './person-name.ts';

/** RIS has no word for a preprint; Zotero writes and reads them as unpublished work. */
const TYPES = { article: 'JOUR', inproceedings: 'CONF', misc: 'UNPB' } as const;

/** One record, which ends in a line feed. The id is the accession number, `AN`. */
export function risRecord(work: CitedWork, key: string): string {
  const { kind, arxivId, pages = '' } = work;
  const [firstPage, lastPage] = pages.split(/\s?[-–]+\s?/);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['TY', TYPES[kind]],
    ['ID', key],
    ['TI', work.title],
    ...work.authors.map((author) => ['AU', risName(author)] as const),
    ['PY', work.year],
    ['DA', risDate(work)],
    [kind === 'misc' ? 'PB' : 'T2', work.container ?? (kind === 'misc' && arxivId ? 'arXiv' : undefined)],
    ['VL', work.volume],
    ['IS', work.issue],
    ['SP', firstPage || undefined],
    ['EP', lastPage],
    ['DO', work.doi],
    ['UR', work.url],
    ['AN', work.id],
    ['M1', arxivId === undefined ? undefined : `arXiv:${arxivId}`],
    ['LA', work.language],
    ...work.keywords.map((word) => ['KW', word] as const),
    ['N1', work.note],
    ['AB', work.abstract],
    ['ER', ''],
  ];
  return lines.flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${value}\n`])).join('');
}

/** `Family, Given, Suffix`. A comma in a whole name cannot be told from these. */
function risName(name: PersonName): string {
  if ('whole' in name) return name.whole;
  const { family, given, particle, suffix } = name;
  const last = [particle, family].filter((part) => part !== '').join(' ');
  return [last, given, suffix].filter((part) => part !== '').join(', ');
}

/** `YYYY/MM/DD/other`; what is not known is empty. */
function risDate({ year, month, day }: CitedWork): string | undefined {
  if (year === undefined || month === undefined) return undefined;
  const twoDigits = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'));
  return `${year}/${twoDigits(month)}/${twoDigits(day)}`;
}
