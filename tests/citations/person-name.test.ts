import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personName, spokenName } from '../../src/citations/person-name.ts';

describe('personName', () => {
  it.each([
    ['Ada Lovelace', 'Ada', '', 'Lovelace', ''],
    ['Geoffrey E. Hinton', 'Geoffrey E.', '', 'Hinton', ''],
    ['Ludwig van Beethoven', 'Ludwig', 'van', 'Beethoven', ''],
    ['Juan de la Cruz Garcia', 'Juan', 'de la', 'Cruz Garcia', ''],
    ['Luc Van Gool', 'Luc', '', 'Van Gool', ''],
    ['Hung Van Nguyen', 'Hung Van', '', 'Nguyen', ''],
    ['Quoc V. Le', 'Quoc V.', '', 'Le', ''],
    ['Martin Luther King Jr.', 'Martin Luther', '', 'King', 'Jr.'],
    ['Alfred O. Hero III', 'Alfred O.', '', 'Hero', 'III'],
    ['Eric H. Nyberg, 3rd', 'Eric H.', '', 'Nyberg', '3rd'],
    ['Lovelace, Ada', 'Ada', '', 'Lovelace', ''],
    ['de la Cruz, Juan', 'Juan', 'de la', 'Cruz', ''],
    ['King, Jr., Martin Luther', 'Martin Luther', '', 'King', 'Jr.'],
    ['King, Martin Luther, Jr.', 'Martin Luther', '', 'King', 'Jr.'],
    ['e. e. cummings', 'e. e.', '', 'cummings', ''],
    ['bell hooks', 'bell', '', 'hooks', ''],
    ['de Broglie', '', 'de', 'Broglie', ''],
    ['Plato', '', '', 'Plato', ''],
    ['C. -P. Yuan', 'C. -P.', '', 'Yuan', ''],
    ["M. O'Loughlin", 'M.', '', "O'Loughlin", ''],
    ["W. P. E. M. Op 't Root", 'W. P. E. M. Op', "'t", 'Root', ''],
    [
      'Pablo Diego José Francisco Paula Juan Nepomuceno Cipriano Ruiz Picasso',
      'Pablo Diego José Francisco Paula Juan Nepomuceno Cipriano Ruiz',
      '',
      'Picasso',
      '',
    ],
    ['  Ada \n King ', 'Ada', '', 'King', ''],
  ])('%s', (name, given, particle, family, suffix) => {
    expect(personName(name)).toEqual({ given, particle, family, suffix });
  });

  it.each([
    'ATLAS Collaboration',
    'The DZero Collaboration',
    'University of Somewhere',
    'Acme, Inc.',
    'John Smith (MIT)',
    'D. M. Asner et al',
    'and En-Hsu Yen',
    '王小明',
    '王 小明',
    '山田 太郎',
    '김 철수',
    ':',
    'a, b, c, d',
    'Smith,',
    '',
  ])('leaves %j whole', (name) => {
    expect(personName(name)).toEqual({ whole: name });
  });

  it('loses and changes nothing', () => {
    const word = fc.stringMatching(/^[A-Za-zÀ-ž'.-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        expect(spokenName(personName(words.join(' ')))).toBe(words.join(' ').normalize('NFC'));
      }),
    );
  });
});
