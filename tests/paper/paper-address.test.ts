import { expect, it } from 'vitest';
import { addressOfId, publicAddress } from '../../src/paper/paper-address.ts';

it.each([
  ['1706.03762', 'https://arxiv.org/abs/1706.03762'],
  ['hep-th/9711200', 'https://arxiv.org/abs/hep-th/9711200'],
  ['10.1000/a#b?c', 'https://doi.org/10.1000/a%23b%3Fc'],
  ['P19-1001', 'https://aclanthology.org/P19-1001/'],
  ['pmid:38000001', 'https://pubmed.ncbi.nlm.nih.gov/38000001/'],
  ['title:abc', undefined],
])('the address of %s is %s', (id, address) => {
  expect(addressOfId(id)).toBe(address);
});

it('is the one of the source, then that of the id, then that of the DOI', () => {
  const known = { url: 'https://example.org/x', id: '1706.03762', doi: '10.1000/1' };
  expect(publicAddress(known)).toBe('https://example.org/x');
  expect(publicAddress({ id: known.id, doi: known.doi })).toBe('https://arxiv.org/abs/1706.03762');
  expect(publicAddress({ id: 'title:abc', doi: known.doi })).toBe('https://doi.org/10.1000/1');
  expect(publicAddress({ id: 'title:abc' })).toBeUndefined();
});
