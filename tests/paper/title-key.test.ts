import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleKey } from '../../src/paper/title-key.ts';

describe('titleKey', () => {
  it.each([
    ['Attention Is All You Need', 'attention is all you need!'],
    ['Pre-training of Deep  Networks', 'Pretraining of deep\nnetworks'],
    ['The Poincaré conjecture', "The Poincar\\'{e} Conjecture"],
    ['Étale cohomology', "{\\'E}tale cohomology"],
    ['Gödel und Erdős', 'G{\\"o}del und Erd\\H{o}s'],
    ['Møller–Plesset', 'M\\o ller--Plesset'],
    ['The α-decay of ²³⁸U', 'The $\\alpha$-decay of $^{238}$U'],
    ['Γ-convergence', '$\\Gamma$-convergence'],
    ['On ℝ-trees', 'On $\\mathbb{R}$-trees'],
    ['pp → X at √s = 7 TeV', '$pp\\to X$ at $\\sqrt{s}=7$ TeV'],
    ['A log n bound', 'A $\\log n$ bound'],
    ['Ｆｕｌｌ width', 'Full width'],
    ['ﬁne-tuning', 'Fine-Tuning'],
    ['{\\bf Bold} \\emph{claims}', 'Bold claims'],
  ])('%s = %s', (one, other) => {
    expect(titleKey(one)).toBe(titleKey(other));
  });

  it.each([
    ['Paper I', 'Paper II'],
    ['α decay', 'β decay'],
    ['深度学习', '机器学习'],
    ['Глубокое обучение', 'Машинное обучение'],
  ])('%s is not %s', (one, other) => {
    expect(titleKey(one)).not.toBe(titleKey(other));
  });

  it('keeps the letters of other scripts', () => {
    expect(titleKey('《深度学习》 综述')).toBe('深度学习综述');
  });

  it('falls back to the title where there is no letter', () => {
    expect(titleKey(' ??? ')).toBe('???');
    expect(titleKey('$\\to$')).toBe('$\\to$');
  });

  it('is empty for nothing but white space, and its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
        const key = titleKey(title);
        expect(key === '').toBe(title.trim() === '');
        expect(titleKey(key)).toBe(key);
        expect(titleKey(`  ${title}\n`)).toBe(key);
      }),
      { numRuns: 300 },
    );
  });
});
