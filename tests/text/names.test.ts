/** When two names may be one person's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeSamePerson, nameTokens, personKey, personTokens } from '../../src/text/names.ts';

describe('personTokens', () => {
  it.each([
    ['Geoffrey E. Hinton', 'geoffrey e hinton'],
    ['Hinton, Geoffrey E.', 'geoffrey e hinton'],
    ['Müller, J.-P.', 'j p muller'],
    ['van der Berg, Jan', 'jan van der berg'],
    ['Robert Downey Jr.', 'robert downey'],
    ['Downey, Robert, Jr.', 'robert downey'],
    ['Plato', 'plato'],
  ])('reads %s as %s', (name, tokens) => {
    expect(personTokens(name).join(' ')).toBe(tokens);
  });
});

describe('mayBeSamePerson', () => {
  it.each([
    ['Geoffrey Hinton', 'Geoffrey E. Hinton'],
    ['Geoffrey Hinton', 'G. Hinton'],
    ['Hinton, Geoffrey', 'Geoffrey Hinton'],
    ['José Álvarez', 'JOSE ALVAREZ'],
    ['J. R. R. Tolkien', 'John Ronald Reuel Tolkien'],
    ['Søren Kierkegaard', 'Soren Kierkegaard'],
  ])('takes %s for %s', (one, other) => {
    expect(mayBeSamePerson(one, other)).toBe(true);
  });

  it.each([
    ['Geoffrey Hinton', 'George Hinton'],
    ['Geoffrey Hinton', 'Geoffrey Everest'],
    ['Wei Wang', 'Wang Wei'],
    ['John A. Smith', 'John B. Smith'],
    ['Hinton', 'Geoffrey Hinton'],
  ])('does not take %s for %s', (one, other) => {
    expect(mayBeSamePerson(one, other)).toBe(false);
  });

  it('goes both ways, holds for oneself, and implies the same key', () => {
    const token = fc.constantFrom('Ada', 'A.', 'B.', 'Bo', 'Marie', 'M.', 'Fox', 'Ruiz', 'Jr.', 'de');
    const name = fc.array(token, { minLength: 1, maxLength: 5 }).map((tokens) => tokens.join(' '));
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(mayBeSamePerson(one, other)).toBe(mayBeSamePerson(other, one));
        if (personKey(one) !== undefined) expect(mayBeSamePerson(one, one)).toBe(true);
        if (mayBeSamePerson(one, other)) expect(personKey(one)).toBe(personKey(other));
      }),
    );
  });

  it('leaves names of venues and queries alone', () => {
    expect(nameTokens('Smith Jr., John')).toEqual(['smith', 'jr', 'john']);
  });
});
