import fc from 'fast-check';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Typeset } from '../../src/web/typeset.tsx';

type Marks = readonly (readonly [number, number])[];

function typeset(text: string, marks: Marks = []): string {
  return renderToString(h(Typeset, { text, marks }));
}

/** What a reader sees, formulas left out. */
function seen(html: string): string {
  return html
    .replaceAll(/<math[\s\S]*?<\/math>/g, '')
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('Typeset', () => {
  it('sets a formula as MathML and says its source to who cannot see it', () => {
    const html = typeset('The limit $\\alpha^2 < 1$ holds.');
    expect(html).toMatch(/^The limit <math [^>]*alttext="\\alpha\^2 &lt; 1"[^>]*>/);
    expect(html).toContain('<msup><mi>α</mi><mn>2</mn></msup>');
    expect(html).toMatch(/<\/math> holds\.$/);
    expect(html).not.toContain('annotation');
  });

  it.each(['costs $5 to $10 a day', 'an odd $ sign', '$\\undefined{x}$', '$\\frac{1}{$', '$$'])(
    'leaves %j as it is',
    (text) => {
      expect(seen(typeset(text))).toBe(text);
    },
  );

  it('marks ranges, also around formulas', () => {
    expect(
      typeset('ab $x$ cd', [
        [0, 1],
        [1, 8],
      ]),
    ).toMatch(/^<mark>a<\/mark><mark>b <\/mark><math.*<\/math><mark> c<\/mark>d$/);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '&lt;script&gt; &#60;b&#62;',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\htmlData{a=b}{x}\\class{evil}{y}\\includegraphics{http://x}$',
    '$\\text{<script>alert(1)</script>}$',
    '$\\def\\a{\\a\\a}\\a$',
    `$${'\\frac{'.repeat(200)}$`,
    `$${'^'.repeat(499)}$`,
    '\u202eevil\u202c',
  ])('makes no markup of %j', (text) => {
    const html = typeset(text);
    const tags = [...html.matchAll(/<\/?([a-z]+)/gi)].map(([, name]) => name);
    expect(tags.filter((name) => !/^(?:m[a-z]+|none)$/.test(String(name)))).toEqual([]);
    expect(html).not.toMatch(/<[^>]*(?:href|onerror|style|class|src)=/);
  });

  it('takes a megabyte of formulas in its stride', () => {
    const html = typeset('$x_1$ '.repeat(170_000));
    expect(html.match(/<math/g)?.length).toBeLessThan(100);
  });

  it('loses and adds nothing, whatever the text and the marks', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(70), { maxLength: 8 }), (string, numbers) => {
        const plain = string.replaceAll(/[$\\]/g, '');
        const ends = [...new Set(numbers)].sort((a, b) => a - b);
        const marks = ends.flatMap((end, at): [number, number][] =>
          at % 2 === 1 ? [[ends[at - 1] ?? 0, end]] : [],
        );
        expect(seen(typeset(plain, marks))).toBe(plain);
      }),
    );
  });
});
