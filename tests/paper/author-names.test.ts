import { describe, expect, it } from 'vitest';
import { authorNames } from '../../src/paper/author-names.ts';
import { categoryList } from '../../src/paper/category-list.ts';

describe('authorNames', () => {
  it.each([
    [
      ['Ada Lovelace', ' Alan  Turing '],
      ['Ada Lovelace', 'Alan Turing'],
    ],
    [[{ name: 'Ada Lovelace' }, { name: 7 }, {}, null], ['Ada Lovelace']],
    [
      [
        ['Lovelace', 'Ada', ''],
        ['King', 'Martin', 'Jr.'],
        ['ATLAS Collaboration', '', ''],
      ],
      ['Ada Lovelace', 'Martin King Jr.', 'ATLAS Collaboration'],
    ],
    ['Lovelace, Ada; Turing, Alan', ['Lovelace, Ada', 'Turing, Alan']],
    ['Ada Lovelace | Alan Turing', ['Ada Lovelace', 'Alan Turing']],
    ['Lovelace, Ada and de la Cruz, Juan', ['Lovelace, Ada', 'de la Cruz, Juan']],
    ['A. Lovelace, A. Turing and K. Gödel', ['A. Lovelace', 'A. Turing', 'K. Gödel']],
    ['A. Lovelace, A. Turing, and K. Gödel', ['A. Lovelace', 'A. Turing', 'K. Gödel']],
    ['Martin Hellman & Whitfield Diffie', ['Martin Hellman', 'Whitfield Diffie']],
    ['Martin King, Jr., Ada Lovelace', ['Martin King Jr.', 'Ada Lovelace']],
    ['Turing, Alan', ['Turing, Alan']],
    ['Ada Lovelace, Alan Turing', ['Ada Lovelace', 'Alan Turing']],
    ['Alan Turing', ['Alan Turing']],
    ["C. Bal\\'azs", ['C. Balázs']],
    [undefined, []],
    [7, []],
    ['', []],
    [['x'.repeat(301), 'Ada Lovelace'], ['Ada Lovelace']],
  ])('%j -> %j', (value, names) => {
    expect(authorNames(value)).toEqual(names);
  });
});

describe('categoryList', () => {
  it.each([
    [
      ['cs.CL', 'cs.AI', 'cs.CL', '', 3],
      ['cs.CL', 'cs.AI'],
    ],
    ['cs.CL cs.AI math-ph', ['cs.CL', 'cs.AI', 'math-ph']],
    ['Computer Science; Physics', ['Computer Science', 'Physics']],
    ['machine learning', ['machine learning']],
    ['cs.CL, cs.AI', ['cs.CL', 'cs.AI']],
    ['cs.CL|hep-th', ['cs.CL', 'hep-th']],
    [{}, []],
  ])('%j -> %j', (value, categories) => {
    expect(categoryList(value)).toEqual(categories);
  });
});
