import { expect, it } from 'vitest';
import { journalPlace } from '../../src/citations/journal-place.ts';

it.each([
  ['Nature 521(7553), 436-444', { container: 'Nature', volume: '521', issue: '7553', pages: '436-444' }],
  ['Phys. Rev. D 47, 2517 (1993)', { container: 'Phys. Rev. D', volume: '47', pages: '2517', year: '1993' }],
  [
    'Astrophys.J. 611 (2004) L105-L108',
    { container: 'Astrophys.J.', volume: '611', pages: 'L105-L108', year: '2004' },
  ],
  [
    'Diff. Geom. Appl. 3 (1993), 323-329',
    { container: 'Diff. Geom. Appl.', volume: '3', pages: '323-329', year: '1993' },
  ],
  [
    'Phys.Rev.Lett.68:1172-1175,1992',
    { container: 'Phys.Rev.Lett.', volume: '68', pages: '1172-1175', year: '1992' },
  ],
])('takes %s apart', (reference, place) => {
  expect(journalPlace(reference)).toEqual(place);
});

it.each([
  'LNCS 4649, pp. 387-396, 2007',
  'The 2008 IEEE International Symposium on Information Theory (ISIT 2008), Toronto, July 2008',
  'Nature',
  'submitted',
  '',
  `Nature ${'1'.repeat(200)}`,
])('leaves %s as it is', (reference) => {
  expect(journalPlace(reference)).toBeUndefined();
});
