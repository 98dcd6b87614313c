/** What becomes an index term, and where it stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze, terms } from '../../src/text/analyze.ts';
import { MAX_TERM_LENGTH } from '../../src/text/term-of.ts';

/** Each term with the text it stands for. */
function shown(text: string): string[] {
  return analyze(text).map(({ term, start, end }) => `${term} <- ${text.slice(start, end)}`);
}

describe('terms', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    ['stems English in any case', 'Neural NETWORKS learned', ['neural', 'network', 'learn']],
    ['drops accents', 'Poincaré naïve Ångström', ['poincar', 'naiv', 'angstrom']],
    ['unifies width and ligatures', 'ﬁne ＢＥＲＴ', ['fine', 'bert']],
    ['keeps numbers whole', '3.5 1706.03762 2019', ['3.5', '1706.03762', '2019']],
    ['drops the commas of thousands only', '100,000 1,2,3', ['100000', '1', '2', '3']],
    ['joins compounds with a digit', 'GPT-4', ['gpt', '4', 'gpt4']],
    ['parts letters and digits grown together', 'GPT4 LLaMA2', ['gpt', 'gpt4', 'llama', 'llama2']],
    ['joins up to three parts', 'SARS-CoV-2', ['sar', 'cov', '2', 'sarscov2']],
    ['joins what begins short', 'pre-training e-mail', ['pre', 'train', 'pretrain', 'e', 'mail', 'email']],
    ['leaves long compounds in parts', 'state-of-the-art', ['state', 'of', 'the', 'art']],
    ['joins no ranges of years', '2019-2020', ['2019', '2020']],
    ['keeps single letters of formulas quiet', 'H2O 3D', ['h2o', '3d']],
    ['reads digits below the line', 'CO₂ CO$_2$', ['co', 'co2', 'co', 'co2']],
    ['keeps names with symbols', 'C++, C# and F#.', ['c++', 'c#', 'and', 'f#']],
    ['knows no other symbols', 'C++11 a+b', ['c', '11', 'a', 'b']],
    ['drops possessives and contractions', 'Alzheimer’s don’t', ['alzheim', 'don']],
    ['keeps both sides of other apostrophes', "O'Brien", ['o', 'brien', 'obrien']],
    [
      'names Greek symbols',
      'α-synuclein TNFα κ',
      ['alpha', 'synuclein', 'alphasynuclein', 'tnf', 'alpha', 'tnfalpha', 'kappa'],
    ],
    ['leaves Greek words Greek', 'Ελληνικά', ['ελληνικα']],
    ['reads LaTeX letters', '$\\alpha$ \\varepsilon', ['alpha', 'epsilon']],
    ['drops LaTeX formatting', '\\emph{fast} $\\mathbb{R}^n$ {\\bf x}', ['fast', 'r', 'n', 'x']],
    ['drops what LaTeX only points at', 'see \\cite{foo:2019} \\begin{equation}', ['see']],
    ['reads LaTeX accents', 'Poincar\\\'e Schr\\"{o}dinger Erd\\H{o}s', ['poincar', 'schroding', 'erdo']],
    ['reads LaTeX letters of their own', 'S{\\o}rensen', ['sorensen']],
    ['pairs Chinese and Japanese characters', '深度学习 を使う', ['深度', '度学', '学习', 'を使', '使う']],
    ['keeps a character that stands alone', '猫', ['猫']],
    ['parts scripts that meet', '用BERT模型', ['用', 'bert', '模型']],
    ['pairs Hangul within words', '한국어 자연', ['한국', '국어', '자연']],
    [
      'takes other scripts by words',
      'искусственный интеллект हिन्दी',
      ['искусственныи', 'интеллект', 'हिन्दी'],
    ],
    ['tells voiced kana apart', 'ガス カス', ['ガス', 'カス']],
    ['finds nothing in punctuation', '— … “” !? \\ {} $', []],
    ['finds nothing in nothing', '', []],
  ];
  it.each(cases)('%s: %s', (_, text, wanted) => {
    expect(terms(text)).toEqual(wanted);
  });

  it.each([
    ['GPT4', 'GPT-4'],
    ['LLaMA2', 'LLaMA-2'],
    ['pretraining', 'pre-training'],
    ['tSNE', 't-SNE'],
    ['NF-kappaB', 'NF-κB'],
    ['alpha-divergence', '$\\alpha$-divergence'],
    ['Erdős', 'Erd\\H{o}s'],
    ['CO2', 'CO$_2$'],
    ['Müller', 'Mu\u0308ller'],
  ])('lets %s find %s', (asked, written) => {
    const stored = new Set(terms(written));
    expect(terms(asked).some((term) => stored.has(term) && term.length > 1)).toBe(true);
  });

  it('cuts long terms without halving a character', () => {
    for (const letter of ['x1', '𐐨', 'é']) {
      const [term = ''] = terms(letter.repeat(100));
      expect(term.length).toBeLessThanOrEqual(MAX_TERM_LENGTH);
      expect(term).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

describe('analyze', () => {
  it('says where each term stands in the text', () => {
    expect(shown('The GPT-4 of Gödel’s')).toEqual([
      'the <- The',
      'gpt <- GPT',
      '4 <- 4',
      'gpt4 <- GPT-4',
      'of <- of',
      'godel <- Gödel',
    ]);
    expect(shown('深度学习')).toEqual(['深度 <- 深度', '度学 <- 度学', '学习 <- 学习']);
    expect(shown('K\\"{a}hler $\\alpha$')).toEqual(['kahler <- K\\"{a}hler', 'alpha <- \\alpha']);
  });

  it('takes any string, in order, within its bounds, and the same twice', () => {
    fc.assert(
      fc.property(paperLikeText(), (text) => {
        const tokens = analyze(text);
        let before = 0;
        for (const { term, start, end } of tokens) {
          expect(term).not.toBe('');
          expect(term.length).toBeLessThanOrEqual(MAX_TERM_LENGTH);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThanOrEqual(before);
          before = end;
        }
        expect(analyze(text)).toEqual(tokens);
        expect(terms(text)).toEqual(tokens.map(({ term }) => term));
      }),
      { numRuns: 200 },
    );
  });

  it('finds words whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        expect(terms(`${before} whale ${after}`)).toContain('whale');
      }),
    );
  });
});

/** Text of the pieces that the patterns know, in any order, and anything at all. */
function paperLikeText(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ..."GPT - ' ’ . , $ _ ^ { } \\ \\alpha \\'e \\\"{o} \\H{o} \\cite{x} 4 3.5 100,000 α κB 深 学 한 ก ก็ é e\u0301 \ud83d ＡＢ 𐐨 C++ F# \u00ad".split(
      ' ',
    ),
    ' ',
    '\n',
  );
  return fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
}
