import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wayBack } from '../../src/web/way-back.ts';

it.each(['/', '/search?q=a+b&category=cs.CL', '/papers/hep-th/9711200', '/papers/title%3Aabc?more=x'])(
  'leads back to %s',
  (path) => {
    expect(wayBack(path)).toBe(path);
  },
);

it.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  ' /search',
])('leads to no other site: %j', (text) => {
  expect(wayBack(text)).toBe('/');
});

it('is an address of this server whatever it is given, and stays so when it is read again', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '\t',
    '\r\n',
    '?',
    '#',
    '@',
    ':',
    '%2f',
    'evil.example',
    'é',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = wayBack(`/${parts.join('')}`);
      expect(path.split(/[?#]/)[0]).not.toMatch(/[\s\\]/);
      expect(path).not.toMatch(/\s/);
      expect(new URL(path, 'https://papers.example.org').origin).toBe('https://papers.example.org');
      expect(wayBack(path)).toBe(path);
    }),
  );
});
