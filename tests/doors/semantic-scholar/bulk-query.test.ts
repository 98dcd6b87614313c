import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBulkQuery } from '../../../src/doors/semantic-scholar/bulk-query.ts';
import { matchesFilter } from '../../../src/engine/filter.ts';
import { makePaper } from '../../engine/fixtures.ts';

const TEXTS: Readonly<Record<string, string>> = {
  fish: 'A fish alone',
  ladder: 'A ladder alone',
  both: 'The fish is on a ladder',
  phrase: 'The fish ladder of the river',
  outflow: 'An outflow',
  fist: 'A fist',
};

/** The texts that pass, by their names. */
function passing(query: string): string[] {
  const filter = readBulkQuery(query);
  if (filter === undefined) throw new Error('the query says nothing');
  return Object.keys(TEXTS).filter((id) =>
    matchesFilter(makePaper({ id, title: 'Untitled', abstract: TEXTS[id] ?? '' }), filter),
  );
}

describe('the query language of bulk searches', () => {
  it.each([
    ['fish ladder', ['both', 'phrase']],
    ['fish+ladder', ['both', 'phrase']],
    ['fishes ladders', ['both', 'phrase']],
    ['fish -ladder', ['fish']],
    ['-fish -ladder -outflow', ['fist']],
    ['fish | ladder', ['fish', 'ladder', 'both', 'phrase']],
    ['"fish ladder"', ['phrase']],
    ['(fish ladder) | outflow', ['both', 'phrase', 'outflow']],
    ['outflow | (fish ladder)', ['both', 'phrase', 'outflow']],
    ['fish (ladder | outflow)', ['both', 'phrase']],
    ['outflow | fish ladder', ['both', 'phrase']],
    ['fist | outflow | fish', ['fish', 'both', 'phrase', 'outflow', 'fist']],
    ['fist | outflow | fish alone', ['fish']],
    ['fish alone | outflow', ['fish', 'outflow']],
    ['fish -(ladder | river)', ['fish']],
    ['outflow | -fish', ['ladder', 'outflow', 'fist']],
    ['fis*', ['fish', 'both', 'phrase', 'fist']],
    ['outfl* | lad*', ['ladder', 'both', 'phrase', 'outflow']],
    ['fish~1', ['fish', 'both', 'phrase', 'fist']],
    ['fihs~', ['fish', 'both', 'phrase', 'fist']],
    ['fish~0', ['fish', 'both', 'phrase']],
    ['"fish ladder"~3', ['both', 'phrase']],
    ['"fish ladder"~2', ['phrase']],
    ['"fish ladder"~', ['phrase']],
    ['fish-ladder', ['phrase']],
  ])('reads %s', (query, texts) => {
    expect(passing(query)).toEqual(texts);
  });

  it.each([
    ['an open quotation mark', '"fish -ladder', 'fish -ladder'],
    ['an open bracket', '(fish | ladder', 'fish | ladder'],
    ['a closing bracket', 'fish) -ladder', 'fish -ladder'],
    ['empty brackets', 'fish () -ladder', 'fish -ladder'],
    ['an operator at either end', '| + fish |', 'fish'],
    ['operators in a row', 'fish | + ladder', 'fish ladder'],
    ['a lone hyphen', 'fish - ladder', 'fish ladder'],
    ['two signs', 'fish --ladder', 'fish ladder'],
    ['what has no word', 'fish & … -!! ladder', 'fish ladder'],
  ])('passes over %s', (_, odd, plain) => {
    expect(passing(odd)).toEqual(passing(plain));
  });

  it.each(['', '  ', '+|-', '()', '""', '—', '-"…"'])('finds nothing said in %j', (query) => {
    expect(readBulkQuery(query)).toBeUndefined();
  });

  it.each([
    ['fish ', 100],
    ['"fish ladder" ', 50],
    ['fis* ', 50],
    ['"fish ladder"~3 ', 25],
    ['f* ', 10],
    ['fihs~ ', 5],
    ['… fish ', 100],
    ['-(fish ', 50],
    ['(fish | ', 100],
  ])('reads %j no more than %d times', (part, most) => {
    expect(readBulkQuery(part.repeat(most))).toBeDefined();
    expect(() => readBulkQuery(part.repeat(most + 1))).toThrow('too much at once');
  });

  it('reads any string', () => {
    const pieces = fc.constantFrom('fish', '"', '(', ')', '|', '+', '-', '~', '~2', '*', ' ', 'é', '\u0000');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const filter = readBulkQuery(parts.join(''));
        if (filter) matchesFilter(makePaper({ id: 'a' }), filter);
      }),
    );
  });

  it('holds to the laws of and, or and not', () => {
    const part = fc.constantFrom('fish', 'ladder', '"fish ladder"', 'fis*', 'outflow', '(fish | river)');
    fc.assert(
      fc.property(part, part, (a, b) => {
        const of = (query: string) => new Set(passing(query));
        const all = Object.keys(TEXTS);
        expect(of(`${a} ${b}`)).toEqual(new Set(all.filter((id) => of(a).has(id) && of(b).has(id))));
        expect(of(`${a} | ${b}`)).toEqual(new Set(all.filter((id) => of(a).has(id) || of(b).has(id))));
        expect(of(`-${a}`)).toEqual(new Set(all.filter((id) => !of(a).has(id))));
        expect(of(`-(${a} | ${b})`)).toEqual(of(`-${a} -${b}`));
      }),
    );
  });
});
