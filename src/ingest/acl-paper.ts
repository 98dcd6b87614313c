/** One paper of the ACL Anthology as a record. */
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { journalReference } from './named-ids.ts';
import { elementAt, elementsIn, textAt, textWithin, type XmlElement } from './xml-element.ts';

/** What the papers of a volume share. */
export interface AclVolume {
  /** `2023.acl-long`. */
  readonly id: string;
  readonly title: string | undefined;
  readonly journal: string | undefined;
  readonly number: string | undefined;
  readonly issue: string | undefined;
  readonly year: string | undefined;
  readonly month: string | undefined;
}

const ADDRESS = 'https://aclanthology.org/';

export function aclVolume(id: string, meta: XmlElement): AclVolume {
  return {
    id,
    title: textAt(meta, 'booktitle'),
    journal: textAt(meta, 'journal-title'),
    number: textAt(meta, 'journal-volume'),
    issue: textAt(meta, 'journal-issue'),
    year: textAt(meta, 'year'),
    month: textAt(meta, 'month'),
  };
}

/** Known by its id in the Anthology, which all of them have, whereas every other one has a DOI. */
export function aclPaper(paper: XmlElement, volume: AclVolume | undefined): RawPaper {
  const id = idOf(paper, volume);
  const isRetracted = elementAt(paper, 'retracted') !== undefined;
  return {
    id,
    title: textAt(paper, 'title'),
    abstract: textAt(paper, 'abstract'),
    authors: elementsIn(paper, 'author').map(nameOf),
    published: looseDate({
      year: textAt(paper, 'year') ?? volume?.year,
      month: textAt(paper, 'month') ?? volume?.month,
    }),
    venue: textAt(paper, 'journal-title') ?? volume?.journal ?? volume?.title,
    url: id && ADDRESS + id,
    doi: textAt(paper, 'doi'),
    code: elementsIn(paper, 'pwccode').find(({ attributes }) => attributes.url)?.attributes.url,
    journalRef: journalReference({
      journal: volume?.journal,
      volume: volume?.number,
      issue: volume?.issue,
      pages: textAt(paper, 'pages'),
    }),
    language: textAt(paper, 'language'),
    comment: isRetracted ? `Retracted: ${textAt(paper, 'retracted') ?? 'no reason given'}` : undefined,
  };
}

/** Its address within the Anthology; the few without one have a number in their volume. */
function idOf(paper: XmlElement, volume: AclVolume | undefined): string | undefined {
  const address = textAt(paper, 'url');
  if (address !== undefined && !address.includes('/')) return address;
  const { id } = paper.attributes;
  // Before 2020 the number had a width that differed from series to series.
  return volume?.id.includes('.') && id !== undefined ? `${volume.id}.${id}` : undefined;
}

function nameOf(author: XmlElement): string {
  const parts = [textAt(author, 'first'), textAt(author, 'last')];
  return parts.filter(Boolean).join(' ') || (textWithin(author) ?? '');
}
