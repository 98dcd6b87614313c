/** Whatever a catalogue answers, a record of it is a paper or a fault, and never the end of a harvest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawPaper } from '../../src/paper/raw-paper.ts';
import { crossrefWork } from '../../src/sources/crossref-work.ts';
import { dblpHit } from '../../src/sources/dblp-hit.ts';
import { openalexWork } from '../../src/sources/openalex-work.ts';
import { s2Paper } from '../../src/sources/s2-paper.ts';
import { sourceRow } from '../../src/sources/source-row.ts';

const KINDS: readonly (readonly [string, (record: unknown) => RawPaper, readonly string[]])[] = [
  [
    's2',
    s2Paper,
    'paperId externalIds ArXiv DOI ACL PubMed title abstract authors name year publicationDate venue journal volume pages fieldsOfStudy url'.split(
      ' ',
    ),
  ],
  [
    'openalex',
    openalexWork,
    'id doi ids pmid title abstract_inverted_index authorships author display_name raw_author_name publication_date publication_year primary_location locations landing_page_url source primary_topic field keywords biblio first_page'.split(
      ' ',
    ),
  ],
  [
    'crossref',
    crossrefWork,
    'DOI title subtitle abstract author given family name published issued date-parts container-title publisher volume issue page license URL subject relation has-preprint id'.split(
      ' ',
    ),
  ],
  [
    'dblp',
    dblpHit,
    'info authors author text title venue volume number pages year type key doi ee url'.split(' '),
  ],
];

describe.each(KINDS)('a record of %s', (_, make, fields) => {
  const leaf = fc.oneof(
    fc.constantFrom(
      null,
      true,
      -1,
      0.5,
      2024,
      '',
      '2024-13-45',
      '10.5555/x',
      'arXiv:1706.03762',
      '&#x110000;',
      '<i>',
    ),
    fc.string({ unit: 'binary' }),
    fc.double(),
  );
  const { record } = fc.letrec((tie) => ({
    record: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('record'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(fc.constantFrom(...fields, '__proto__', 'constructor'), tie('record'), {
      maxKeys: fields.length,
    }),
  }));

  it('is a paper or a fault, whatever it holds', () => {
    fc.assert(
      fc.property(record, (value) => {
        const row = sourceRow({ file: 'x', line: 1 }, make(JSON.parse(JSON.stringify(value) ?? 'null')));
        expect('paper' in row || ('fault' in row && row.fault.code === 'ROW_INVALID')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
